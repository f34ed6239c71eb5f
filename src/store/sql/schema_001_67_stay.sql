-- one row per stay in custody, readable; file, sheet and row are those of its first spell
CREATE VIEW stay AS
SELECT
    s.file_id,
    s.sheet,
    r."row",
    r.sheet_id,
    f.release_name,
    r."stay_number",
    r."unique_identifier",
    r."stay_book_in_date_time",
    CAST(r."stay_book_in_date_time" AS DATE) AS "stay_book_in_date",
    r."stay_book_out_date_time",
    CAST(r."stay_book_out_date_time" AS DATE) AS "stay_book_out_date",
    r."stay_dates_differ",
    r."is_open",
    r."cut_off",
    r."end_date_time",
    CAST(r."end_date_time" AS DATE) AS "end_date",
    r."stay_length_days",
    r."n_stints",
    r."n_stays",
    terms.texts[r."detention_facility_first" + 1] AS "detention_facility_first",
    terms.texts[r."detention_facility_code_first" + 1] AS "detention_facility_code_first",
    r."book_in_date_time_first",
    CAST(r."book_in_date_time_first" AS DATE) AS "book_in_date_first",
    r."book_out_date_time_first",
    CAST(r."book_out_date_time_first" AS DATE) AS "book_out_date_first",
    terms.texts[r."detention_facility_longest" + 1] AS "detention_facility_longest",
    terms.texts[r."detention_facility_code_longest" + 1] AS "detention_facility_code_longest",
    r."book_in_date_time_longest",
    CAST(r."book_in_date_time_longest" AS DATE) AS "book_in_date_longest",
    r."book_out_date_time_longest",
    CAST(r."book_out_date_time_longest" AS DATE) AS "book_out_date_longest",
    terms.texts[r."detention_facility_last" + 1] AS "detention_facility_last",
    terms.texts[r."detention_facility_code_last" + 1] AS "detention_facility_code_last",
    r."book_in_date_time_last",
    CAST(r."book_in_date_time_last" AS DATE) AS "book_in_date_last",
    r."book_out_date_time_last",
    CAST(r."book_out_date_time_last" AS DATE) AS "book_out_date_last",
    r."detention_facility_codes_all",
    terms.texts[r."area_of_responsibility" + 1] AS "area_of_responsibility",
    terms.texts[r."detention_release_reason" + 1] AS "detention_release_reason",
    terms.texts[r."stay_release_reason" + 1] AS "stay_release_reason",
    terms.texts[r."apprehension_method" + 1] AS "apprehension_method",
    terms.texts[r."gender" + 1] AS "gender",
    r."birth_year",
    terms.texts[r."citizenship_country" + 1] AS "citizenship_country",
    terms.texts[r."book_in_criminality" + 1] AS "book_in_criminality",
    terms.texts[r."case_threat_level" + 1] AS "case_threat_level",
    terms.texts[r."case_status" + 1] AS "case_status",
    terms.texts[r."case_category" + 1] AS "case_category",
    terms.texts[r."final_program" + 1] AS "final_program",
    terms.texts[r."final_order_yes_no" + 1] AS "final_order_yes_no",
    r."final_order_date",
    r."departed_date",
    terms.texts[r."departure_country" + 1] AS "departure_country",
    terms.texts[r."most_serious_conviction" + 1] AS "most_serious_conviction",
    terms.texts[r."msc_charge_code" + 1] AS "msc_charge_code",
    r."initial_bond_set_amount",
    r."bond_posted_amount",
    r."bond_posted_date",
    r."rule_version",
    l.stay_number IS NOT NULL AS has_arrest
FROM stay_row AS r
JOIN sheet AS s ON s.sheet_id = r.sheet_id
JOIN file AS f ON f.file_id = s.file_id
LEFT JOIN arrest_stay AS l ON l.stay_number = r.stay_number
LEFT JOIN (SELECT list(text ORDER BY term_id) AS texts FROM term) AS terms ON TRUE;
COMMENT ON VIEW stay IS 'one row per stay in custody';
COMMENT ON COLUMN stay."stay_book_in_date" IS 'day of the book-in of the stay; of its first spell where the release names none';
COMMENT ON COLUMN stay."stay_book_out_date" IS 'day of the book-out of the stay as its last spell names it';
COMMENT ON COLUMN stay."end_date" IS 'day of the book-out of the stay, else of its last spell; NULL: none';
COMMENT ON COLUMN stay."book_in_date_first" IS 'day on which the spell in this facility begins: first spell';
COMMENT ON COLUMN stay."book_out_date_first" IS 'day on which the spell in this facility ends: first spell';
COMMENT ON COLUMN stay."book_in_date_longest" IS 'day on which the spell in this facility begins: longest spell, ties to the later';
COMMENT ON COLUMN stay."book_out_date_longest" IS 'day on which the spell in this facility ends: longest spell, ties to the later';
COMMENT ON COLUMN stay."book_in_date_last" IS 'day on which the spell in this facility begins: last spell';
COMMENT ON COLUMN stay."book_out_date_last" IS 'day on which the spell in this facility ends: last spell';
