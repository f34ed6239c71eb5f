-- one row per released row of a sheet of arrests: one arrest as released, texts as
-- numbers of table term
CREATE TABLE arrest_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "apprehension_date" DATE,
    "apprehension_date_time" TIMESTAMP,
    "apprehension_type" INTEGER,
    "apprehension_state" INTEGER,
    "apprehension_county" INTEGER,
    "apprehension_city" INTEGER,
    "apprehension_aor" INTEGER,
    "responsible_aor" INTEGER,
    "duty_site" INTEGER,
    "docket_control_office" INTEGER,
    "arresting_agency" INTEGER,
    "apprehension_method" INTEGER,
    "apprehension_site_landmark" INTEGER,
    "operation" INTEGER,
    "final_program" INTEGER,
    "final_program_group" INTEGER,
    "event_program" INTEGER,
    "event_type" INTEGER,
    "lead_event_type" INTEGER,
    "lead_source" INTEGER,
    "processing_disposition" INTEGER,
    "processing_disposition_code" INTEGER,
    "apprehension_criminality" INTEGER,
    "case_criminality" INTEGER,
    "apprehension_threat_level" INTEGER,
    "case_threat_level" INTEGER,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "case_closed_date" DATE,
    "departed_date" DATE,
    "departure_country" INTEGER,
    "port_of_departure" INTEGER,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "birth_year" BIGINT,
    "birth_country" INTEGER,
    "citizenship_country" INTEGER,
    "gender" INTEGER,
    "race" INTEGER,
    "ethnicity" INTEGER,
    "entry_status" INTEGER,
    "entry_date" DATE,
    "most_serious_conviction" INTEGER,
    "msc_charge_code" INTEGER,
    "msc_conviction_date" DATE,
    "msc_sentence_days" BIGINT,
    "msc_sentence_months" BIGINT,
    "msc_sentence_years" BIGINT,
    "msc_crime_class" INTEGER,
    "detainer_prepare_date" DATE,
    "detainer_type" INTEGER,
    "detainer_lift_date" DATE,
    "detainer_lift_reason" INTEGER,
    "detention_facility" INTEGER,
    "detention_facility_code" INTEGER,
    "book_in_date_time" TIMESTAMP,
    "book_out_date_time" TIMESTAMP,
    "detention_release_reason" INTEGER,
    "unique_identifier" UUID,
    "unique_identifier_released" INTEGER
);
COMMENT ON COLUMN arrest_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN arrest_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN arrest_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN arrest_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN arrest_row."apprehension_date" IS 'day of the arrest';
COMMENT ON COLUMN arrest_row."apprehension_date_time" IS 'day and time of the arrest, where the release gives a time of day';
COMMENT ON COLUMN arrest_row."apprehension_type" IS 'kind of arrest as released (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_state" IS 'state of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_county" IS 'county of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_city" IS 'city of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_aor" IS 'area of responsibility of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."responsible_aor" IS 'area of responsibility that answers for the event (number in term)';
COMMENT ON COLUMN arrest_row."duty_site" IS 'current duty site of the arresting team (number in term)';
COMMENT ON COLUMN arrest_row."docket_control_office" IS 'docket control office of the case (number in term)';
COMMENT ON COLUMN arrest_row."arresting_agency" IS 'agency that made the arrest (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_method" IS 'how the arrest came about (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_site_landmark" IS 'named place of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."operation" IS 'operation name (number in term)';
COMMENT ON COLUMN arrest_row."final_program" IS 'program the arrest is credited to (number in term)';
COMMENT ON COLUMN arrest_row."final_program_group" IS 'group of that program (number in term)';
COMMENT ON COLUMN arrest_row."event_program" IS 'program of the event (number in term)';
COMMENT ON COLUMN arrest_row."event_type" IS 'type of the event (number in term)';
COMMENT ON COLUMN arrest_row."lead_event_type" IS 'type of the event that led to this one (number in term)';
COMMENT ON COLUMN arrest_row."lead_source" IS 'source of the lead (number in term)';
COMMENT ON COLUMN arrest_row."processing_disposition" IS 'what the agency did next (number in term)';
COMMENT ON COLUMN arrest_row."processing_disposition_code" IS 'its code (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_criminality" IS 'criminality at the time of the arrest (number in term)';
COMMENT ON COLUMN arrest_row."case_criminality" IS 'criminality in the case (number in term)';
COMMENT ON COLUMN arrest_row."apprehension_threat_level" IS 'threat level at the time of the arrest; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN arrest_row."case_threat_level" IS 'threat level of the case; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN arrest_row."case_status" IS 'status of the removal case (number in term)';
COMMENT ON COLUMN arrest_row."case_category" IS 'category of the removal case (number in term)';
COMMENT ON COLUMN arrest_row."case_closed_date" IS 'day the case was closed';
COMMENT ON COLUMN arrest_row."departed_date" IS 'day of departure from the country';
COMMENT ON COLUMN arrest_row."departure_country" IS 'country departed to (number in term)';
COMMENT ON COLUMN arrest_row."port_of_departure" IS 'port of departure (number in term)';
COMMENT ON COLUMN arrest_row."final_order_yes_no" IS 'whether there is a final order of removal (number in term)';
COMMENT ON COLUMN arrest_row."final_order_date" IS 'day of the final order';
COMMENT ON COLUMN arrest_row."birth_year" IS 'year of birth';
COMMENT ON COLUMN arrest_row."birth_country" IS 'country of birth (number in term)';
COMMENT ON COLUMN arrest_row."citizenship_country" IS 'country of citizenship (number in term)';
COMMENT ON COLUMN arrest_row."gender" IS 'gender as released (number in term)';
COMMENT ON COLUMN arrest_row."race" IS 'race as released (number in term)';
COMMENT ON COLUMN arrest_row."ethnicity" IS 'ethnicity as released (number in term)';
COMMENT ON COLUMN arrest_row."entry_status" IS 'status at the latest entry (number in term)';
COMMENT ON COLUMN arrest_row."entry_date" IS 'day of the latest entry';
COMMENT ON COLUMN arrest_row."most_serious_conviction" IS 'most serious conviction, its charge (number in term)';
COMMENT ON COLUMN arrest_row."msc_charge_code" IS 'its code (number in term)';
COMMENT ON COLUMN arrest_row."msc_conviction_date" IS 'day of that conviction';
COMMENT ON COLUMN arrest_row."msc_sentence_days" IS 'its sentence, days';
COMMENT ON COLUMN arrest_row."msc_sentence_months" IS 'its sentence, months';
COMMENT ON COLUMN arrest_row."msc_sentence_years" IS 'its sentence, years';
COMMENT ON COLUMN arrest_row."msc_crime_class" IS 'its crime class (number in term)';
COMMENT ON COLUMN arrest_row."detainer_prepare_date" IS 'day a detainer was prepared';
COMMENT ON COLUMN arrest_row."detainer_type" IS 'form of that detainer (number in term)';
COMMENT ON COLUMN arrest_row."detainer_lift_date" IS 'day that detainer was lifted';
COMMENT ON COLUMN arrest_row."detainer_lift_reason" IS 'why that detainer was lifted (number in term)';
COMMENT ON COLUMN arrest_row."detention_facility" IS 'place of detention (number in term)';
COMMENT ON COLUMN arrest_row."detention_facility_code" IS 'its code (number in term)';
COMMENT ON COLUMN arrest_row."book_in_date_time" IS 'latest book-in';
COMMENT ON COLUMN arrest_row."book_out_date_time" IS 'latest book-out';
COMMENT ON COLUMN arrest_row."detention_release_reason" IS 'reason of the latest release from detention (number in term)';
COMMENT ON COLUMN arrest_row."unique_identifier" IS 'keyed hash of the released pseudonym';
COMMENT ON COLUMN arrest_row."unique_identifier_released" IS 'the released pseudonym, only in a study that keeps ids (number in term)';
