-- one row per stay in custody: the spells of one person that belong together
CREATE TABLE stay_row (
    "stay_number" INTEGER NOT NULL,
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "unique_identifier" UUID,
    "stay_book_in_date_time" TIMESTAMP,
    "stay_book_out_date_time" TIMESTAMP,
    "stay_dates_differ" BOOLEAN,
    "is_open" BOOLEAN,
    "cut_off" DATE,
    "end_date_time" TIMESTAMP,
    "stay_length_days" DOUBLE,
    "n_stints" INTEGER NOT NULL,
    "n_stays" INTEGER,
    "detention_facility_first" INTEGER,
    "detention_facility_code_first" INTEGER,
    "book_in_date_time_first" TIMESTAMP,
    "book_out_date_time_first" TIMESTAMP,
    "detention_facility_longest" INTEGER,
    "detention_facility_code_longest" INTEGER,
    "book_in_date_time_longest" TIMESTAMP,
    "book_out_date_time_longest" TIMESTAMP,
    "detention_facility_last" INTEGER,
    "detention_facility_code_last" INTEGER,
    "book_in_date_time_last" TIMESTAMP,
    "book_out_date_time_last" TIMESTAMP,
    "detention_facility_codes_all" VARCHAR,
    "area_of_responsibility" INTEGER,
    "detention_release_reason" INTEGER,
    "stay_release_reason" INTEGER,
    "apprehension_method" INTEGER,
    "gender" INTEGER,
    "birth_year" BIGINT,
    "citizenship_country" INTEGER,
    "book_in_criminality" INTEGER,
    "case_threat_level" INTEGER,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "final_program" INTEGER,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "departed_date" DATE,
    "departure_country" INTEGER,
    "most_serious_conviction" INTEGER,
    "msc_charge_code" INTEGER,
    "initial_bond_set_amount" DOUBLE,
    "bond_posted_amount" DOUBLE,
    "bond_posted_date" DATE,
    "rule_version" VARCHAR
);
COMMENT ON COLUMN stay_row."stay_number" IS 'from 1, by book-in and provenance';
COMMENT ON COLUMN stay_row."sheet_id" IS 'with row: its first spell in stint_row';
COMMENT ON COLUMN stay_row."row" IS 'with sheet_id: its first spell in stint_row';
COMMENT ON COLUMN stay_row."unique_identifier" IS 'keyed hash of the released pseudonym; NULL: a stay of one spell without an id';
COMMENT ON COLUMN stay_row."stay_book_in_date_time" IS 'book-in of the stay; of its first spell where the release names none';
COMMENT ON COLUMN stay_row."stay_book_out_date_time" IS 'book-out of the stay as its last spell names it';
COMMENT ON COLUMN stay_row."stay_dates_differ" IS 'book-in or book-out is not that of the first or last spell; NULL: no id, or the release does not name the stay';
COMMENT ON COLUMN stay_row."is_open" IS 'no end is known; NULL: the release does not record ends';
COMMENT ON COLUMN stay_row."cut_off" IS 'last day that the release covers';
COMMENT ON COLUMN stay_row."end_date_time" IS 'book-out of the stay, else of its last spell; NULL: none';
COMMENT ON COLUMN stay_row."stay_length_days" IS 'days of 24 hours from book-in to end, of an open stay to the end of cut_off; of a stay of one spell without an id, of that spell; NULL: not recorded';
COMMENT ON COLUMN stay_row."n_stints" IS 'kept spells in the stay';
COMMENT ON COLUMN stay_row."n_stays" IS 'stays of the same id in the release; NULL: no id';
COMMENT ON COLUMN stay_row."detention_facility_first" IS 'place of detention: first spell';
COMMENT ON COLUMN stay_row."detention_facility_code_first" IS 'its code: first spell';
COMMENT ON COLUMN stay_row."book_in_date_time_first" IS 'begin of the spell in this facility: first spell';
COMMENT ON COLUMN stay_row."book_out_date_time_first" IS 'end of the spell in this facility: first spell';
COMMENT ON COLUMN stay_row."detention_facility_longest" IS 'place of detention: longest spell, ties to the later';
COMMENT ON COLUMN stay_row."detention_facility_code_longest" IS 'its code: longest spell, ties to the later';
COMMENT ON COLUMN stay_row."book_in_date_time_longest" IS 'begin of the spell in this facility: longest spell, ties to the later';
COMMENT ON COLUMN stay_row."book_out_date_time_longest" IS 'end of the spell in this facility: longest spell, ties to the later';
COMMENT ON COLUMN stay_row."detention_facility_last" IS 'place of detention: last spell';
COMMENT ON COLUMN stay_row."detention_facility_code_last" IS 'its code: last spell';
COMMENT ON COLUMN stay_row."book_in_date_time_last" IS 'begin of the spell in this facility: last spell';
COMMENT ON COLUMN stay_row."book_out_date_time_last" IS 'end of the spell in this facility: last spell';
COMMENT ON COLUMN stay_row."detention_facility_codes_all" IS 'codes of its spells in order, parted by "; "';
COMMENT ON COLUMN stay_row."area_of_responsibility" IS 'area of responsibility of the docket, on the last spell';
COMMENT ON COLUMN stay_row."detention_release_reason" IS 'why the spell ended, on the last spell';
COMMENT ON COLUMN stay_row."stay_release_reason" IS 'why the stay ended, on the last spell';
COMMENT ON COLUMN stay_row."apprehension_method" IS 'how the arrest came about, on the last spell';
COMMENT ON COLUMN stay_row."gender" IS 'gender as released, on the last spell';
COMMENT ON COLUMN stay_row."birth_year" IS 'year of birth, on the last spell';
COMMENT ON COLUMN stay_row."citizenship_country" IS 'country of citizenship, on the last spell';
COMMENT ON COLUMN stay_row."book_in_criminality" IS 'criminality at book-in, on the last spell';
COMMENT ON COLUMN stay_row."case_threat_level" IS 'threat level of the case; NA is the agency''s own value, on the last spell';
COMMENT ON COLUMN stay_row."case_status" IS 'status of the removal case, on the last spell';
COMMENT ON COLUMN stay_row."case_category" IS 'category of the removal case, on the last spell';
COMMENT ON COLUMN stay_row."final_program" IS 'program the detention is credited to, on the last spell';
COMMENT ON COLUMN stay_row."final_order_yes_no" IS 'whether there is a final order of removal, on the last spell';
COMMENT ON COLUMN stay_row."final_order_date" IS 'day of the final order, on the last spell';
COMMENT ON COLUMN stay_row."departed_date" IS 'day of departure from the country, on the last spell';
COMMENT ON COLUMN stay_row."departure_country" IS 'country departed to, on the last spell';
COMMENT ON COLUMN stay_row."most_serious_conviction" IS 'most serious conviction, its charge, on the last spell';
COMMENT ON COLUMN stay_row."msc_charge_code" IS 'its code, on the last spell';
COMMENT ON COLUMN stay_row."initial_bond_set_amount" IS 'lowest of its spells, US dollars';
COMMENT ON COLUMN stay_row."bond_posted_amount" IS 'lowest of its spells, US dollars';
COMMENT ON COLUMN stay_row."bond_posted_date" IS 'earliest of its spells';
COMMENT ON COLUMN stay_row."rule_version" IS 'version of the rule that decided';
