-- one row per released row of a sheet of stints: one spell of detention in one facility
-- as released, texts as numbers of table term
CREATE TABLE stint_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "stay_book_in_date_time" TIMESTAMP,
    "book_in_date_time" TIMESTAMP,
    "book_out_date_time" TIMESTAMP,
    "stay_book_out_date_time" TIMESTAMP,
    "stay_book_out_date" DATE,
    "detention_facility" INTEGER,
    "detention_facility_code" INTEGER,
    "detention_facility_type" INTEGER,
    "area_of_responsibility" INTEGER,
    "docket_control_office" INTEGER,
    "detention_release_reason" INTEGER,
    "stay_release_reason" INTEGER,
    "booking_type" INTEGER,
    "apprehension_method" INTEGER,
    "religion" INTEGER,
    "gender" INTEGER,
    "marital_status" INTEGER,
    "birth_year" BIGINT,
    "race" INTEGER,
    "ethnicity" INTEGER,
    "birth_country" INTEGER,
    "citizenship_country" INTEGER,
    "entry_status" INTEGER,
    "entry_date" DATE,
    "felon" INTEGER,
    "bond_posted_date" DATE,
    "bond_posted_amount" DOUBLE,
    "initial_bond_set_date" DATE,
    "initial_bond_set_amount" DOUBLE,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "case_threat_level" INTEGER,
    "apprehension_threat_level" INTEGER,
    "book_in_criminality" INTEGER,
    "final_charge" INTEGER,
    "final_charge_code" INTEGER,
    "final_charge_section" INTEGER,
    "departed_date" DATE,
    "departure_country" INTEGER,
    "final_program" INTEGER,
    "most_serious_conviction" INTEGER,
    "msc_charge_category" INTEGER,
    "msc_charge_code" INTEGER,
    "msc_conviction_date" DATE,
    "msc_sentence_days" BIGINT,
    "msc_sentence_months" BIGINT,
    "msc_sentence_years" BIGINT,
    "msc_crime_class" INTEGER,
    "unique_identifier" UUID,
    "unique_identifier_released" INTEGER
);
COMMENT ON COLUMN stint_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN stint_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN stint_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN stint_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN stint_row."stay_book_in_date_time" IS 'begin of the stay in custody';
COMMENT ON COLUMN stint_row."book_in_date_time" IS 'begin of the spell in this facility';
COMMENT ON COLUMN stint_row."book_out_date_time" IS 'end of the spell in this facility';
COMMENT ON COLUMN stint_row."stay_book_out_date_time" IS 'end of the stay in custody';
COMMENT ON COLUMN stint_row."stay_book_out_date" IS 'day the stay ended, where it is released beside the time';
COMMENT ON COLUMN stint_row."detention_facility" IS 'place of detention (number in term)';
COMMENT ON COLUMN stint_row."detention_facility_code" IS 'its code (number in term)';
COMMENT ON COLUMN stint_row."detention_facility_type" IS 'type of the facility (number in term)';
COMMENT ON COLUMN stint_row."area_of_responsibility" IS 'area of responsibility of the docket (number in term)';
COMMENT ON COLUMN stint_row."docket_control_office" IS 'docket control office of the case (number in term)';
COMMENT ON COLUMN stint_row."detention_release_reason" IS 'why the spell ended (number in term)';
COMMENT ON COLUMN stint_row."stay_release_reason" IS 'why the stay ended (number in term)';
COMMENT ON COLUMN stint_row."booking_type" IS 'type of the booking (number in term)';
COMMENT ON COLUMN stint_row."apprehension_method" IS 'how the arrest came about (number in term)';
COMMENT ON COLUMN stint_row."religion" IS 'religion as released (number in term)';
COMMENT ON COLUMN stint_row."gender" IS 'gender as released (number in term)';
COMMENT ON COLUMN stint_row."marital_status" IS 'marital status as released (number in term)';
COMMENT ON COLUMN stint_row."birth_year" IS 'year of birth';
COMMENT ON COLUMN stint_row."race" IS 'race as released (number in term)';
COMMENT ON COLUMN stint_row."ethnicity" IS 'ethnicity as released (number in term)';
COMMENT ON COLUMN stint_row."birth_country" IS 'country of birth (number in term)';
COMMENT ON COLUMN stint_row."citizenship_country" IS 'country of citizenship (number in term)';
COMMENT ON COLUMN stint_row."entry_status" IS 'status at entry (number in term)';
COMMENT ON COLUMN stint_row."entry_date" IS 'day of entry';
COMMENT ON COLUMN stint_row."felon" IS 'felony conviction as released (number in term)';
COMMENT ON COLUMN stint_row."bond_posted_date" IS 'day bond was posted';
COMMENT ON COLUMN stint_row."bond_posted_amount" IS 'bond posted, US dollars';
COMMENT ON COLUMN stint_row."initial_bond_set_date" IS 'day bond was first set';
COMMENT ON COLUMN stint_row."initial_bond_set_amount" IS 'bond first set, US dollars';
COMMENT ON COLUMN stint_row."case_status" IS 'status of the removal case (number in term)';
COMMENT ON COLUMN stint_row."case_category" IS 'category of the removal case (number in term)';
COMMENT ON COLUMN stint_row."final_order_yes_no" IS 'whether there is a final order of removal (number in term)';
COMMENT ON COLUMN stint_row."final_order_date" IS 'day of the final order';
COMMENT ON COLUMN stint_row."case_threat_level" IS 'threat level of the case; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN stint_row."apprehension_threat_level" IS 'threat level at the time of the arrest; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN stint_row."book_in_criminality" IS 'criminality at book-in (number in term)';
COMMENT ON COLUMN stint_row."final_charge" IS 'charge of the final order (number in term)';
COMMENT ON COLUMN stint_row."final_charge_code" IS 'its code (number in term)';
COMMENT ON COLUMN stint_row."final_charge_section" IS 'its section of law (number in term)';
COMMENT ON COLUMN stint_row."departed_date" IS 'day of departure from the country';
COMMENT ON COLUMN stint_row."departure_country" IS 'country departed to (number in term)';
COMMENT ON COLUMN stint_row."final_program" IS 'program the detention is credited to (number in term)';
COMMENT ON COLUMN stint_row."most_serious_conviction" IS 'most serious conviction, its charge (number in term)';
COMMENT ON COLUMN stint_row."msc_charge_category" IS 'its category (number in term)';
COMMENT ON COLUMN stint_row."msc_charge_code" IS 'its code (number in term)';
COMMENT ON COLUMN stint_row."msc_conviction_date" IS 'day of the conviction';
COMMENT ON COLUMN stint_row."msc_sentence_days" IS 'its sentence, days';
COMMENT ON COLUMN stint_row."msc_sentence_months" IS 'its sentence, months';
COMMENT ON COLUMN stint_row."msc_sentence_years" IS 'its sentence, years';
COMMENT ON COLUMN stint_row."msc_crime_class" IS 'its crime class (number in term)';
COMMENT ON COLUMN stint_row."unique_identifier" IS 'keyed hash of the released pseudonym';
COMMENT ON COLUMN stint_row."unique_identifier_released" IS 'the released pseudonym, only in a study that keeps ids (number in term)';
