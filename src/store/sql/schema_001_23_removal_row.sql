-- one row per released row of a sheet of removals: one removal as released, texts as
-- numbers of table term
CREATE TABLE removal_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "departed_date" DATE,
    "removal_date" DATE,
    "docket_aor" INTEGER,
    "apprehension_date" DATE,
    "apprehension_date_time" TIMESTAMP,
    "apprehension_state" INTEGER,
    "apprehension_county" INTEGER,
    "apprehension_method" INTEGER,
    "apprehension_method_code" INTEGER,
    "port_of_departure" INTEGER,
    "departure_country" INTEGER,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "case_category_time_of_arrest" INTEGER,
    "case_closed_date" DATE,
    "case_threat_level" INTEGER,
    "case_criminality" INTEGER,
    "gender" INTEGER,
    "birth_year" BIGINT,
    "birth_country" INTEGER,
    "citizenship_country" INTEGER,
    "entry_status" INTEGER,
    "entry_date" DATE,
    "most_serious_conviction" INTEGER,
    "msc_charge_code" INTEGER,
    "msc_charge_date" DATE,
    "msc_criminal_charge_status" INTEGER,
    "msc_criminal_charge_status_code" INTEGER,
    "msc_conviction_date" DATE,
    "felon" INTEGER,
    "processing_disposition" INTEGER,
    "processing_disposition_code" INTEGER,
    "final_program" INTEGER,
    "final_program_code" INTEGER,
    "latest_arrest_program_current" INTEGER,
    "latest_arrest_program_current_code" INTEGER,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "final_charge_code" INTEGER,
    "final_charge_section" INTEGER,
    "prior_deport_yes_no" INTEGER,
    "latest_person_departed_date" DATE,
    "unique_identifier" UUID,
    "unique_identifier_released" INTEGER
);
COMMENT ON COLUMN removal_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN removal_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN removal_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN removal_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN removal_row."departed_date" IS 'day of departure from the country';
COMMENT ON COLUMN removal_row."removal_date" IS 'day the removal was counted; a departure can be counted up to a year later';
COMMENT ON COLUMN removal_row."docket_aor" IS 'area of responsibility of the docket (number in term)';
COMMENT ON COLUMN removal_row."apprehension_date" IS 'day of the arrest before the removal';
COMMENT ON COLUMN removal_row."apprehension_date_time" IS 'day and time of that arrest, where the release gives a time of day';
COMMENT ON COLUMN removal_row."apprehension_state" IS 'state of the arrest (number in term)';
COMMENT ON COLUMN removal_row."apprehension_county" IS 'county of the arrest (number in term)';
COMMENT ON COLUMN removal_row."apprehension_method" IS 'how the arrest came about (number in term)';
COMMENT ON COLUMN removal_row."apprehension_method_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."port_of_departure" IS 'port of departure (number in term)';
COMMENT ON COLUMN removal_row."departure_country" IS 'country departed to (number in term)';
COMMENT ON COLUMN removal_row."case_status" IS 'status of the removal case (number in term)';
COMMENT ON COLUMN removal_row."case_category" IS 'category of the removal case (number in term)';
COMMENT ON COLUMN removal_row."case_category_time_of_arrest" IS 'case category at the time of the arrest (number in term)';
COMMENT ON COLUMN removal_row."case_closed_date" IS 'day the case was closed';
COMMENT ON COLUMN removal_row."case_threat_level" IS 'threat level of the case; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN removal_row."case_criminality" IS 'criminality in the case (number in term)';
COMMENT ON COLUMN removal_row."gender" IS 'gender as released (number in term)';
COMMENT ON COLUMN removal_row."birth_year" IS 'year of birth';
COMMENT ON COLUMN removal_row."birth_country" IS 'country of birth (number in term)';
COMMENT ON COLUMN removal_row."citizenship_country" IS 'country of citizenship (number in term)';
COMMENT ON COLUMN removal_row."entry_status" IS 'status at entry (number in term)';
COMMENT ON COLUMN removal_row."entry_date" IS 'day of entry';
COMMENT ON COLUMN removal_row."most_serious_conviction" IS 'most serious conviction, its charge (number in term)';
COMMENT ON COLUMN removal_row."msc_charge_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."msc_charge_date" IS 'day of the charge';
COMMENT ON COLUMN removal_row."msc_criminal_charge_status" IS 'status of the charge (number in term)';
COMMENT ON COLUMN removal_row."msc_criminal_charge_status_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."msc_conviction_date" IS 'day of the conviction';
COMMENT ON COLUMN removal_row."felon" IS 'felony conviction as released (number in term)';
COMMENT ON COLUMN removal_row."processing_disposition" IS 'what the agency did next (number in term)';
COMMENT ON COLUMN removal_row."processing_disposition_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."final_program" IS 'program the removal is credited to (number in term)';
COMMENT ON COLUMN removal_row."final_program_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."latest_arrest_program_current" IS 'program of the latest arrest (number in term)';
COMMENT ON COLUMN removal_row."latest_arrest_program_current_code" IS 'its code (number in term)';
COMMENT ON COLUMN removal_row."final_order_yes_no" IS 'whether there is a final order of removal (number in term)';
COMMENT ON COLUMN removal_row."final_order_date" IS 'day of the final order';
COMMENT ON COLUMN removal_row."final_charge_code" IS 'charge of the final order, its code (number in term)';
COMMENT ON COLUMN removal_row."final_charge_section" IS 'charge of the final order, its section of law (number in term)';
COMMENT ON COLUMN removal_row."prior_deport_yes_no" IS 'whether there was an earlier deportation (number in term)';
COMMENT ON COLUMN removal_row."latest_person_departed_date" IS 'day of the person''s latest departure';
COMMENT ON COLUMN removal_row."unique_identifier" IS 'keyed hash of the released pseudonym';
COMMENT ON COLUMN removal_row."unique_identifier_released" IS 'the released pseudonym, only in a study that keeps ids (number in term)';
