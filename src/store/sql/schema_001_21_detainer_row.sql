-- one row per released row of a sheet of detainers: one detainer as released, texts as
-- numbers of table term
CREATE TABLE detainer_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "detainer_prepare_date" DATE,
    "detainer_prepare_date_time" TIMESTAMP,
    "detainer_type" INTEGER,
    "detainer_lift_reason" INTEGER,
    "detainer_lift_reason_code" INTEGER,
    "active_yes_no" INTEGER,
    "facility_aor" INTEGER,
    "facility_state" INTEGER,
    "facility_city" INTEGER,
    "detention_facility" INTEGER,
    "detention_facility_code" INTEGER,
    "port_of_departure" INTEGER,
    "departure_country" INTEGER,
    "departed_date" DATE,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "detainer_prepared_criminality" INTEGER,
    "detainer_prep_threat_level" INTEGER,
    "gender" INTEGER,
    "citizenship_country" INTEGER,
    "birth_country" INTEGER,
    "birth_year" BIGINT,
    "entry_status" INTEGER,
    "entry_date" DATE,
    "most_serious_conviction" INTEGER,
    "msc_sentence_days" BIGINT,
    "msc_sentence_months" BIGINT,
    "msc_sentence_years" BIGINT,
    "msc_charge_code" INTEGER,
    "msc_charge_date" DATE,
    "msc_conviction_date" DATE,
    "felon" INTEGER,
    "processing_disposition" INTEGER,
    "final_program" INTEGER,
    "time_of_apprehension_case_category" INTEGER,
    "time_of_apprehension_current_program" INTEGER,
    "apprehension_method" INTEGER,
    "apprehension_date" DATE,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "prior_felony_yes_no" INTEGER,
    "multiple_prior_misd_yes_no" INTEGER,
    "violent_misdemeanor_yes_no" INTEGER,
    "illegal_entry_yes_no" INTEGER,
    "illegal_reentry_yes_no" INTEGER,
    "immigration_fraud_yes_no" INTEGER,
    "significant_risk_yes_no" INTEGER,
    "criminal_street_gang_yes_no" INTEGER,
    "aggravated_felony_yes_no" INTEGER,
    "deportation_ordered_yes_no" INTEGER,
    "order_to_show_cause_served_yes_no" INTEGER,
    "order_to_show_cause_served_date" DATE,
    "biometric_match_yes_no" INTEGER,
    "statements_made_yes_no" INTEGER,
    "federal_interest_yes_no" INTEGER,
    "resume_custody_yes_no" INTEGER,
    "notify_release_request_yes_no" INTEGER,
    "arrest_warrant_served_yes_no" INTEGER,
    "unique_identifier" UUID,
    "unique_identifier_released" INTEGER
);
COMMENT ON COLUMN detainer_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN detainer_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN detainer_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN detainer_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN detainer_row."detainer_prepare_date" IS 'day the detainer was prepared';
COMMENT ON COLUMN detainer_row."detainer_prepare_date_time" IS 'day and time, where the release gives a time of day';
COMMENT ON COLUMN detainer_row."detainer_type" IS 'form of the detainer (number in term)';
COMMENT ON COLUMN detainer_row."detainer_lift_reason" IS 'why the detainer was lifted; blank: not stated (number in term)';
COMMENT ON COLUMN detainer_row."detainer_lift_reason_code" IS 'its code (number in term)';
COMMENT ON COLUMN detainer_row."active_yes_no" IS 'whether the detainer is active (number in term)';
COMMENT ON COLUMN detainer_row."facility_aor" IS 'area of responsibility of the facility (number in term)';
COMMENT ON COLUMN detainer_row."facility_state" IS 'state of the facility (number in term)';
COMMENT ON COLUMN detainer_row."facility_city" IS 'city of the facility (number in term)';
COMMENT ON COLUMN detainer_row."detention_facility" IS 'facility the detainer was sent to (number in term)';
COMMENT ON COLUMN detainer_row."detention_facility_code" IS 'its code (number in term)';
COMMENT ON COLUMN detainer_row."port_of_departure" IS 'port of departure (number in term)';
COMMENT ON COLUMN detainer_row."departure_country" IS 'country departed to (number in term)';
COMMENT ON COLUMN detainer_row."departed_date" IS 'day of departure from the country';
COMMENT ON COLUMN detainer_row."case_status" IS 'status of the removal case (number in term)';
COMMENT ON COLUMN detainer_row."case_category" IS 'category of the removal case (number in term)';
COMMENT ON COLUMN detainer_row."detainer_prepared_criminality" IS 'criminality when the detainer was prepared (number in term)';
COMMENT ON COLUMN detainer_row."detainer_prep_threat_level" IS 'threat level when the detainer was prepared; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN detainer_row."gender" IS 'gender as released (number in term)';
COMMENT ON COLUMN detainer_row."citizenship_country" IS 'country of citizenship (number in term)';
COMMENT ON COLUMN detainer_row."birth_country" IS 'country of birth (number in term)';
COMMENT ON COLUMN detainer_row."birth_year" IS 'year of birth';
COMMENT ON COLUMN detainer_row."entry_status" IS 'status at entry (number in term)';
COMMENT ON COLUMN detainer_row."entry_date" IS 'day of entry';
COMMENT ON COLUMN detainer_row."most_serious_conviction" IS 'most serious conviction, its charge (number in term)';
COMMENT ON COLUMN detainer_row."msc_sentence_days" IS 'its sentence, days';
COMMENT ON COLUMN detainer_row."msc_sentence_months" IS 'its sentence, months';
COMMENT ON COLUMN detainer_row."msc_sentence_years" IS 'its sentence, years';
COMMENT ON COLUMN detainer_row."msc_charge_code" IS 'its code (number in term)';
COMMENT ON COLUMN detainer_row."msc_charge_date" IS 'day of the charge';
COMMENT ON COLUMN detainer_row."msc_conviction_date" IS 'day of the conviction';
COMMENT ON COLUMN detainer_row."felon" IS 'felony conviction as released (number in term)';
COMMENT ON COLUMN detainer_row."processing_disposition" IS 'what the agency did next (number in term)';
COMMENT ON COLUMN detainer_row."final_program" IS 'program the detainer is credited to (number in term)';
COMMENT ON COLUMN detainer_row."time_of_apprehension_case_category" IS 'case category at the time of the arrest (number in term)';
COMMENT ON COLUMN detainer_row."time_of_apprehension_current_program" IS 'program at the time of the arrest (number in term)';
COMMENT ON COLUMN detainer_row."apprehension_method" IS 'how the arrest came about (number in term)';
COMMENT ON COLUMN detainer_row."apprehension_date" IS 'day of the arrest';
COMMENT ON COLUMN detainer_row."final_order_yes_no" IS 'whether there is a final order of removal (number in term)';
COMMENT ON COLUMN detainer_row."final_order_date" IS 'day of the final order';
COMMENT ON COLUMN detainer_row."prior_felony_yes_no" IS 'ground: prior felony (number in term)';
COMMENT ON COLUMN detainer_row."multiple_prior_misd_yes_no" IS 'ground: several prior misdemeanours (number in term)';
COMMENT ON COLUMN detainer_row."violent_misdemeanor_yes_no" IS 'ground: violent misdemeanour (number in term)';
COMMENT ON COLUMN detainer_row."illegal_entry_yes_no" IS 'ground: illegal entry (number in term)';
COMMENT ON COLUMN detainer_row."illegal_reentry_yes_no" IS 'ground: illegal reentry (number in term)';
COMMENT ON COLUMN detainer_row."immigration_fraud_yes_no" IS 'ground: immigration fraud (number in term)';
COMMENT ON COLUMN detainer_row."significant_risk_yes_no" IS 'ground: significant risk (number in term)';
COMMENT ON COLUMN detainer_row."criminal_street_gang_yes_no" IS 'ground: street gang (number in term)';
COMMENT ON COLUMN detainer_row."aggravated_felony_yes_no" IS 'ground: aggravated felony (number in term)';
COMMENT ON COLUMN detainer_row."deportation_ordered_yes_no" IS 'deportation ordered (number in term)';
COMMENT ON COLUMN detainer_row."order_to_show_cause_served_yes_no" IS 'order to show cause served (number in term)';
COMMENT ON COLUMN detainer_row."order_to_show_cause_served_date" IS 'day it was served';
COMMENT ON COLUMN detainer_row."biometric_match_yes_no" IS 'probable cause: biometric match (number in term)';
COMMENT ON COLUMN detainer_row."statements_made_yes_no" IS 'probable cause: statements made (number in term)';
COMMENT ON COLUMN detainer_row."federal_interest_yes_no" IS 'ground: federal interest (number in term)';
COMMENT ON COLUMN detainer_row."resume_custody_yes_no" IS 'request to resume custody (number in term)';
COMMENT ON COLUMN detainer_row."notify_release_request_yes_no" IS 'request to be told of the release (number in term)';
COMMENT ON COLUMN detainer_row."arrest_warrant_served_yes_no" IS 'arrest warrant served (number in term)';
COMMENT ON COLUMN detainer_row."unique_identifier" IS 'keyed hash of the released pseudonym';
COMMENT ON COLUMN detainer_row."unique_identifier_released" IS 'the released pseudonym, only in a study that keeps ids (number in term)';
