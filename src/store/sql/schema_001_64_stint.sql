-- one row per row of stint_record, readable: texts instead of numbers, and for each other field
-- whether it has a value, is missing, redacted, unconverted, or not recorded on that sheet.
-- The texts come as one list, so that a query pays only for the columns it names: a join
-- with term for each of them took 20 times as long and more memory than a study may use.
-- It is joined to the left, so that no plan carries the list through another join.
CREATE VIEW stint AS
SELECT
    s.file_id,
    s.sheet,
    r."row",
    r.sheet_id,
    f.release_name,
    r."stay_book_in_date_time",
    CASE WHEN (r.redacted & 1) <> 0 THEN 'redacted' WHEN (r.failed & 1) <> 0 THEN 'unconverted'
        WHEN r."stay_book_in_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 1) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "stay_book_in_date_time_status",
    CAST(r."stay_book_in_date_time" AS DATE) AS "stay_book_in_date",
    CASE WHEN (r.redacted & 1) <> 0 THEN 'redacted' WHEN (r.failed & 1) <> 0 THEN 'unconverted'
        WHEN r."stay_book_in_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 1) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "stay_book_in_date_status",
    r."book_in_date_time",
    CASE WHEN (r.redacted & 2) <> 0 THEN 'redacted' WHEN (r.failed & 2) <> 0 THEN 'unconverted'
        WHEN r."book_in_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 2) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "book_in_date_time_status",
    CAST(r."book_in_date_time" AS DATE) AS "book_in_date",
    CASE WHEN (r.redacted & 2) <> 0 THEN 'redacted' WHEN (r.failed & 2) <> 0 THEN 'unconverted'
        WHEN r."book_in_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 2) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "book_in_date_status",
    r."book_out_date_time",
    CASE WHEN (r.redacted & 4) <> 0 THEN 'redacted' WHEN (r.failed & 4) <> 0 THEN 'unconverted'
        WHEN r."book_out_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 4) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "book_out_date_time_status",
    CAST(r."book_out_date_time" AS DATE) AS "book_out_date",
    CASE WHEN (r.redacted & 4) <> 0 THEN 'redacted' WHEN (r.failed & 4) <> 0 THEN 'unconverted'
        WHEN r."book_out_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 4) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "book_out_date_status",
    r."stay_book_out_date_time",
    CASE WHEN (r.redacted & 8) <> 0 THEN 'redacted' WHEN (r.failed & 8) <> 0 THEN 'unconverted'
        WHEN r."stay_book_out_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 8) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "stay_book_out_date_time_status",
    CAST(r."stay_book_out_date_time" AS DATE) AS "stay_book_out_day",
    CASE WHEN (r.redacted & 8) <> 0 THEN 'redacted' WHEN (r.failed & 8) <> 0 THEN 'unconverted'
        WHEN r."stay_book_out_date_time" IS NOT NULL THEN 'value' WHEN (s.recorded & 8) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "stay_book_out_day_status",
    r."stay_book_out_date",
    CASE WHEN (r.redacted & 16) <> 0 THEN 'redacted' WHEN (r.failed & 16) <> 0 THEN 'unconverted'
        WHEN r."stay_book_out_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 16) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "stay_book_out_date_status",
    CASE WHEN (r.redacted & 32) <> 0 THEN 'redacted' ELSE terms.texts[r."detention_facility" + 1] END AS "detention_facility",
    CASE WHEN (r.redacted & 64) <> 0 THEN 'redacted' ELSE terms.texts[r."detention_facility_code" + 1] END AS "detention_facility_code",
    CASE WHEN (r.redacted & 128) <> 0 THEN 'redacted' ELSE terms.texts[r."detention_facility_type" + 1] END AS "detention_facility_type",
    CASE WHEN (r.redacted & 256) <> 0 THEN 'redacted' ELSE terms.texts[r."area_of_responsibility" + 1] END AS "area_of_responsibility",
    CASE WHEN (r.redacted & 512) <> 0 THEN 'redacted' ELSE terms.texts[r."docket_control_office" + 1] END AS "docket_control_office",
    CASE WHEN (r.redacted & 1024) <> 0 THEN 'redacted' ELSE terms.texts[r."detention_release_reason" + 1] END AS "detention_release_reason",
    CASE WHEN (r.redacted & 2048) <> 0 THEN 'redacted' ELSE terms.texts[r."stay_release_reason" + 1] END AS "stay_release_reason",
    CASE WHEN (r.redacted & 4096) <> 0 THEN 'redacted' ELSE terms.texts[r."booking_type" + 1] END AS "booking_type",
    CASE WHEN (r.redacted & 8192) <> 0 THEN 'redacted' ELSE terms.texts[r."apprehension_method" + 1] END AS "apprehension_method",
    CASE WHEN (r.redacted & 16384) <> 0 THEN 'redacted' ELSE terms.texts[r."religion" + 1] END AS "religion",
    CASE WHEN (r.redacted & 32768) <> 0 THEN 'redacted' ELSE terms.texts[r."gender" + 1] END AS "gender",
    CASE WHEN (r.redacted & 65536) <> 0 THEN 'redacted' ELSE terms.texts[r."marital_status" + 1] END AS "marital_status",
    r."birth_year",
    CASE WHEN (r.redacted & 131072) <> 0 THEN 'redacted' WHEN (r.failed & 131072) <> 0 THEN 'unconverted'
        WHEN r."birth_year" IS NOT NULL THEN 'value' WHEN (s.recorded & 131072) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "birth_year_status",
    CASE WHEN (r.redacted & 262144) <> 0 THEN 'redacted' ELSE terms.texts[r."race" + 1] END AS "race",
    CASE WHEN (r.redacted & 524288) <> 0 THEN 'redacted' ELSE terms.texts[r."ethnicity" + 1] END AS "ethnicity",
    CASE WHEN (r.redacted & 1048576) <> 0 THEN 'redacted' ELSE terms.texts[r."birth_country" + 1] END AS "birth_country",
    CASE WHEN (r.redacted & 2097152) <> 0 THEN 'redacted' ELSE terms.texts[r."citizenship_country" + 1] END AS "citizenship_country",
    CASE WHEN (r.redacted & 4194304) <> 0 THEN 'redacted' ELSE terms.texts[r."entry_status" + 1] END AS "entry_status",
    r."entry_date",
    CASE WHEN (r.redacted & 8388608) <> 0 THEN 'redacted' WHEN (r.failed & 8388608) <> 0 THEN 'unconverted'
        WHEN r."entry_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 8388608) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "entry_date_status",
    CASE WHEN (r.redacted & 16777216) <> 0 THEN 'redacted' ELSE terms.texts[r."felon" + 1] END AS "felon",
    r."bond_posted_date",
    CASE WHEN (r.redacted & 33554432) <> 0 THEN 'redacted' WHEN (r.failed & 33554432) <> 0 THEN 'unconverted'
        WHEN r."bond_posted_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 33554432) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "bond_posted_date_status",
    r."bond_posted_amount",
    CASE WHEN (r.redacted & 67108864) <> 0 THEN 'redacted' WHEN (r.failed & 67108864) <> 0 THEN 'unconverted'
        WHEN r."bond_posted_amount" IS NOT NULL THEN 'value' WHEN (s.recorded & 67108864) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "bond_posted_amount_status",
    r."initial_bond_set_date",
    CASE WHEN (r.redacted & 134217728) <> 0 THEN 'redacted' WHEN (r.failed & 134217728) <> 0 THEN 'unconverted'
        WHEN r."initial_bond_set_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 134217728) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "initial_bond_set_date_status",
    r."initial_bond_set_amount",
    CASE WHEN (r.redacted & 268435456) <> 0 THEN 'redacted' WHEN (r.failed & 268435456) <> 0 THEN 'unconverted'
        WHEN r."initial_bond_set_amount" IS NOT NULL THEN 'value' WHEN (s.recorded & 268435456) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "initial_bond_set_amount_status",
    CASE WHEN (r.redacted & 536870912) <> 0 THEN 'redacted' ELSE terms.texts[r."case_status" + 1] END AS "case_status",
    CASE WHEN (r.redacted & 1073741824) <> 0 THEN 'redacted' ELSE terms.texts[r."case_category" + 1] END AS "case_category",
    CASE WHEN (r.redacted & 2147483648) <> 0 THEN 'redacted' ELSE terms.texts[r."final_order_yes_no" + 1] END AS "final_order_yes_no",
    r."final_order_date",
    CASE WHEN (r.redacted & 4294967296) <> 0 THEN 'redacted' WHEN (r.failed & 4294967296) <> 0 THEN 'unconverted'
        WHEN r."final_order_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 4294967296) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "final_order_date_status",
    CASE WHEN (r.redacted & 8589934592) <> 0 THEN 'redacted' ELSE terms.texts[r."case_threat_level" + 1] END AS "case_threat_level",
    CASE WHEN (r.redacted & 17179869184) <> 0 THEN 'redacted' ELSE terms.texts[r."apprehension_threat_level" + 1] END AS "apprehension_threat_level",
    CASE WHEN (r.redacted & 34359738368) <> 0 THEN 'redacted' ELSE terms.texts[r."book_in_criminality" + 1] END AS "book_in_criminality",
    CASE WHEN (r.redacted & 68719476736) <> 0 THEN 'redacted' ELSE terms.texts[r."final_charge" + 1] END AS "final_charge",
    CASE WHEN (r.redacted & 137438953472) <> 0 THEN 'redacted' ELSE terms.texts[r."final_charge_code" + 1] END AS "final_charge_code",
    CASE WHEN (r.redacted & 274877906944) <> 0 THEN 'redacted' ELSE terms.texts[r."final_charge_section" + 1] END AS "final_charge_section",
    r."departed_date",
    CASE WHEN (r.redacted & 549755813888) <> 0 THEN 'redacted' WHEN (r.failed & 549755813888) <> 0 THEN 'unconverted'
        WHEN r."departed_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 549755813888) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "departed_date_status",
    CASE WHEN (r.redacted & 1099511627776) <> 0 THEN 'redacted' ELSE terms.texts[r."departure_country" + 1] END AS "departure_country",
    CASE WHEN (r.redacted & 2199023255552) <> 0 THEN 'redacted' ELSE terms.texts[r."final_program" + 1] END AS "final_program",
    CASE WHEN (r.redacted & 4398046511104) <> 0 THEN 'redacted' ELSE terms.texts[r."most_serious_conviction" + 1] END AS "most_serious_conviction",
    CASE WHEN (r.redacted & 8796093022208) <> 0 THEN 'redacted' ELSE terms.texts[r."msc_charge_category" + 1] END AS "msc_charge_category",
    CASE WHEN (r.redacted & 17592186044416) <> 0 THEN 'redacted' ELSE terms.texts[r."msc_charge_code" + 1] END AS "msc_charge_code",
    r."msc_conviction_date",
    CASE WHEN (r.redacted & 35184372088832) <> 0 THEN 'redacted' WHEN (r.failed & 35184372088832) <> 0 THEN 'unconverted'
        WHEN r."msc_conviction_date" IS NOT NULL THEN 'value' WHEN (s.recorded & 35184372088832) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "msc_conviction_date_status",
    r."msc_sentence_days",
    CASE WHEN (r.redacted & 70368744177664) <> 0 THEN 'redacted' WHEN (r.failed & 70368744177664) <> 0 THEN 'unconverted'
        WHEN r."msc_sentence_days" IS NOT NULL THEN 'value' WHEN (s.recorded & 70368744177664) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "msc_sentence_days_status",
    r."msc_sentence_months",
    CASE WHEN (r.redacted & 140737488355328) <> 0 THEN 'redacted' WHEN (r.failed & 140737488355328) <> 0 THEN 'unconverted'
        WHEN r."msc_sentence_months" IS NOT NULL THEN 'value' WHEN (s.recorded & 140737488355328) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "msc_sentence_months_status",
    r."msc_sentence_years",
    CASE WHEN (r.redacted & 281474976710656) <> 0 THEN 'redacted' WHEN (r.failed & 281474976710656) <> 0 THEN 'unconverted'
        WHEN r."msc_sentence_years" IS NOT NULL THEN 'value' WHEN (s.recorded & 281474976710656) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "msc_sentence_years_status",
    CASE WHEN (r.redacted & 562949953421312) <> 0 THEN 'redacted' ELSE terms.texts[r."msc_crime_class" + 1] END AS "msc_crime_class",
    r."unique_identifier",
    CASE WHEN (r.redacted & 1125899906842624) <> 0 THEN 'redacted' WHEN (r.failed & 1125899906842624) <> 0 THEN 'unconverted'
        WHEN r."unique_identifier" IS NOT NULL THEN 'value' WHEN (s.recorded & 1125899906842624) = 0 THEN 'not recorded'
        ELSE 'missing' END AS "unique_identifier_status",
    CASE WHEN (r.redacted & 2251799813685248) <> 0 THEN 'redacted' ELSE terms.texts[r."unique_identifier_released" + 1] END AS "unique_identifier_released",
    g.episode,
    g.duplicate_likely,
    g.duplicate_episode_first,
    g.duplicate_drop_row,
    g.reason AS duplicate_reason,
    g.rule_version AS duplicate_rule_version
FROM stint_record AS r
JOIN sheet AS s ON s.sheet_id = r.sheet_id
JOIN file AS f ON f.file_id = s.file_id
LEFT JOIN stint_flag AS g ON g.sheet_id = r.sheet_id AND g."row" = r."row"
LEFT JOIN (SELECT list(text ORDER BY term_id) AS texts FROM term) AS terms ON TRUE;
COMMENT ON VIEW stint IS 'one row per released row: one spell of detention in one facility';
COMMENT ON COLUMN stint."stay_book_in_date" IS 'day on which the stay in custody begins';
COMMENT ON COLUMN stint."stay_book_in_date_status" IS 'whether there is a value; else missing, redacted, unconverted or not recorded on that sheet';
COMMENT ON COLUMN stint."book_in_date" IS 'day on which the spell in this facility begins';
COMMENT ON COLUMN stint."book_in_date_status" IS 'whether there is a value; else missing, redacted, unconverted or not recorded on that sheet';
COMMENT ON COLUMN stint."book_out_date" IS 'day on which the spell in this facility ends';
COMMENT ON COLUMN stint."book_out_date_status" IS 'whether there is a value; else missing, redacted, unconverted or not recorded on that sheet';
COMMENT ON COLUMN stint."stay_book_out_day" IS 'day on which the stay in custody ends, from its time; stay_book_out_date is a column of its own in some releases';
COMMENT ON COLUMN stint."stay_book_out_day_status" IS 'whether there is a value; else missing, redacted, unconverted or not recorded on that sheet';
