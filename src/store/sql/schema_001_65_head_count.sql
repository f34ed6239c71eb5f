-- one row per row of head_count_record, readable: texts instead of numbers, and for each other field
-- whether it has a value, is missing, redacted, unconverted, or not recorded on that sheet.
-- The texts come as one list, so that a query pays only for the columns it names: a join
-- with term for each of them took 20 times as long and more memory than a study may use.
-- It is joined to the left, so that no plan carries the list through another join.
CREATE VIEW head_count AS
SELECT
    s.file_id,
    s.sheet,
    r."row",
    r.sheet_id,
    f.release_name,
    r."date",
    CASE WHEN (r.redacted & 1) <> 0 THEN 'redacted' WHEN (r.failed & 1) <> 0 THEN 'unconverted'
        WHEN r."date" IS NOT NULL THEN 'value' WHEN (s.recorded & 1) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "date_status",
    CASE WHEN (r.redacted & 2) <> 0 THEN 'redacted' ELSE terms.texts[r."agency" + 1] END AS "agency",
    CASE WHEN (r.redacted & 4) <> 0 THEN 'redacted' ELSE terms.texts[r."agency_name" + 1] END AS "agency_name",
    CASE WHEN (r.redacted & 8) <> 0 THEN 'redacted' ELSE terms.texts[r."agency_sub" + 1] END AS "agency_sub",
    CASE WHEN (r.redacted & 16) <> 0 THEN 'redacted' ELSE terms.texts[r."agency_sub_name" + 1] END AS "agency_sub_name",
    CASE WHEN (r.redacted & 32) <> 0 THEN 'redacted' ELSE terms.texts[r."occupation" + 1] END AS "occupation",
    CASE WHEN (r.redacted & 64) <> 0 THEN 'redacted' ELSE terms.texts[r."occupation_name" + 1] END AS "occupation_name",
    CASE WHEN (r.redacted & 128) <> 0 THEN 'redacted' ELSE terms.texts[r."pay_plan" + 1] END AS "pay_plan",
    CASE WHEN (r.redacted & 256) <> 0 THEN 'redacted' ELSE terms.texts[r."grade" + 1] END AS "grade",
    r."employment",
    CASE WHEN (r.redacted & 512) <> 0 THEN 'redacted' WHEN (r.failed & 512) <> 0 THEN 'unconverted'
        WHEN r."employment" IS NOT NULL THEN 'value' WHEN (s.recorded & 512) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "employment_status",
    r."average_salary",
    CASE WHEN (r.redacted & 1024) <> 0 THEN 'redacted' WHEN (r.failed & 1024) <> 0 THEN 'unconverted'
        WHEN r."average_salary" IS NOT NULL THEN 'value' WHEN (s.recorded & 1024) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "average_salary_status",
    r."average_length_of_service",
    CASE WHEN (r.redacted & 2048) <> 0 THEN 'redacted' WHEN (r.failed & 2048) <> 0 THEN 'unconverted'
        WHEN r."average_length_of_service" IS NOT NULL THEN 'value' WHEN (s.recorded & 2048) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "average_length_of_service_status"
FROM head_count_record AS r
JOIN sheet AS s ON s.sheet_id = r.sheet_id
JOIN file AS f ON f.file_id = s.file_id
LEFT JOIN (SELECT list(text ORDER BY term_id) AS texts FROM term) AS terms ON TRUE;
COMMENT ON VIEW head_count IS 'one row per released row: one group of staff and month';
