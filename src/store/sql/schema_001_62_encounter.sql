-- one row per row of encounter_record, readable: texts instead of numbers, and for each other field
-- whether it has a value, is missing, redacted, unconverted, or not recorded on that sheet.
-- The texts come as one list, so that a query pays only for the columns it names: a join
-- with term for each of them took 20 times as long and more memory than a study may use.
-- It is joined to the left, so that no plan carries the list through another join.
CREATE VIEW encounter AS
SELECT
    s.file_id,
    s.sheet,
    r."row",
    r.sheet_id,
    f.release_name,
    r."event_date",
    CASE WHEN (r.redacted & 1) <> 0 THEN 'redacted' WHEN (r.failed & 1) <> 0 THEN 'unconverted'
        WHEN r."event_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 1) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "event_date_status",
    r."event_date_time",
    CASE WHEN (r.redacted & 2) <> 0 THEN 'redacted' WHEN (r.failed & 2) <> 0 THEN 'unconverted'
        WHEN r."event_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 2) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "event_date_time_status",
    CASE WHEN (r.redacted & 4) <> 0 THEN 'redacted' ELSE terms.texts[r."responsible_aor" + 1] END AS "responsible_aor",
    CASE WHEN (r.redacted & 8) <> 0 THEN 'redacted' ELSE terms.texts[r."responsible_site" + 1] END AS "responsible_site",
    CASE WHEN (r.redacted & 16) <> 0 THEN 'redacted' ELSE terms.texts[r."event_landmark" + 1] END AS "event_landmark",
    CASE WHEN (r.redacted & 32) <> 0 THEN 'redacted' ELSE terms.texts[r."operation" + 1] END AS "operation",
    CASE WHEN (r.redacted & 64) <> 0 THEN 'redacted' ELSE terms.texts[r."lead_event_type" + 1] END AS "lead_event_type",
    CASE WHEN (r.redacted & 128) <> 0 THEN 'redacted' ELSE terms.texts[r."lead_source" + 1] END AS "lead_source",
    CASE WHEN (r.redacted & 256) <> 0 THEN 'redacted' ELSE terms.texts[r."event_type" + 1] END AS "event_type",
    CASE WHEN (r.redacted & 512) <> 0 THEN 'redacted' ELSE terms.texts[r."final_program" + 1] END AS "final_program",
    CASE WHEN (r.redacted & 1024) <> 0 THEN 'redacted' ELSE terms.texts[r."final_program_group" + 1] END AS "final_program_group",
    CASE WHEN (r.redacted & 2048) <> 0 THEN 'redacted' ELSE terms.texts[r."encounter_criminality" + 1] END AS "encounter_criminality",
    CASE WHEN (r.redacted & 4096) <> 0 THEN 'redacted' ELSE terms.texts[r."encounter_threat_level" + 1] END AS "encounter_threat_level",
    CASE WHEN (r.redacted & 8192) <> 0 THEN 'redacted' ELSE terms.texts[r."processing_disposition" + 1] END AS "processing_disposition",
    CASE WHEN (r.redacted & 16384) <> 0 THEN 'redacted' ELSE terms.texts[r."case_status" + 1] END AS "case_status",
    CASE WHEN (r.redacted & 32768) <> 0 THEN 'redacted' ELSE terms.texts[r."case_category" + 1] END AS "case_category",
    r."departed_date",
    CASE WHEN (r.redacted & 65536) <> 0 THEN 'redacted' WHEN (r.failed & 65536) <> 0 THEN 'unconverted'
        WHEN r."departed_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 65536) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "departed_date_status",
    CASE WHEN (r.redacted & 131072) <> 0 THEN 'redacted' ELSE terms.texts[r."departure_country" + 1] END AS "departure_country",
    CASE WHEN (r.redacted & 262144) <> 0 THEN 'redacted' ELSE terms.texts[r."final_order_yes_no" + 1] END AS "final_order_yes_no",
    r."final_order_date",
    CASE WHEN (r.redacted & 524288) <> 0 THEN 'redacted' WHEN (r.failed & 524288) <> 0 THEN 'unconverted'
        WHEN r."final_order_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 524288) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "final_order_date_status",
    r."birth_year",
    CASE WHEN (r.redacted & 1048576) <> 0 THEN 'redacted' WHEN (r.failed & 1048576) <> 0 THEN 'unconverted'
        WHEN r."birth_year" IS NOT NULL THEN 'value' WHEN (s.recorded & 1048576) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "birth_year_status",
    CASE WHEN (r.redacted & 2097152) <> 0 THEN 'redacted' ELSE terms.texts[r."citizenship_country" + 1] END AS "citizenship_country",
    CASE WHEN (r.redacted & 4194304) <> 0 THEN 'redacted' ELSE terms.texts[r."gender" + 1] END AS "gender",
    r."unique_identifier",
    CASE WHEN (r.redacted & 8388608) <> 0 THEN 'redacted' WHEN (r.failed & 8388608) <> 0 THEN 'unconverted'
        WHEN r."unique_identifier" IS NOT NULL THEN 'value' WHEN (s.recorded & 8388608) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "unique_identifier_status",
    CASE WHEN (r.redacted & 16777216) <> 0 THEN 'redacted' ELSE terms.texts[r."unique_identifier_released" + 1] END AS "unique_identifier_released",
    g.episode,
    g.duplicate_likely,
    g.duplicate_episode_first,
    g.duplicate_drop_row,
    g.reason AS duplicate_reason,
    g.rule_version AS duplicate_rule_version
FROM encounter_record AS r
JOIN sheet AS s ON s.sheet_id = r.sheet_id
JOIN file AS f ON f.file_id = s.file_id
LEFT JOIN encounter_flag AS g ON g.sheet_id = r.sheet_id AND g."row" = r."row"
LEFT JOIN (SELECT list(text ORDER BY term_id) AS texts FROM term) AS terms ON TRUE;
COMMENT ON VIEW encounter IS 'one row per released row: one encounter';
