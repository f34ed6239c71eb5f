-- one row per released row of a sheet of encounters: one encounter as released, texts
-- as numbers of table term
CREATE TABLE encounter_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "event_date" DATE,
    "event_date_time" TIMESTAMP,
    "responsible_aor" INTEGER,
    "responsible_site" INTEGER,
    "event_landmark" INTEGER,
    "operation" INTEGER,
    "lead_event_type" INTEGER,
    "lead_source" INTEGER,
    "event_type" INTEGER,
    "final_program" INTEGER,
    "final_program_group" INTEGER,
    "encounter_criminality" INTEGER,
    "encounter_threat_level" INTEGER,
    "processing_disposition" INTEGER,
    "case_status" INTEGER,
    "case_category" INTEGER,
    "departed_date" DATE,
    "departure_country" INTEGER,
    "final_order_yes_no" INTEGER,
    "final_order_date" DATE,
    "birth_year" BIGINT,
    "citizenship_country" INTEGER,
    "gender" INTEGER,
    "unique_identifier" UUID,
    "unique_identifier_released" INTEGER
);
COMMENT ON COLUMN encounter_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN encounter_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN encounter_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN encounter_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN encounter_row."event_date" IS 'day of the encounter';
COMMENT ON COLUMN encounter_row."event_date_time" IS 'day and time, where the release gives a time of day';
COMMENT ON COLUMN encounter_row."responsible_aor" IS 'area of responsibility that answers for the event (number in term)';
COMMENT ON COLUMN encounter_row."responsible_site" IS 'site that answers for the event (number in term)';
COMMENT ON COLUMN encounter_row."event_landmark" IS 'named place of the encounter (number in term)';
COMMENT ON COLUMN encounter_row."operation" IS 'operation name (number in term)';
COMMENT ON COLUMN encounter_row."lead_event_type" IS 'type of the event that led to this one (number in term)';
COMMENT ON COLUMN encounter_row."lead_source" IS 'source of the lead (number in term)';
COMMENT ON COLUMN encounter_row."event_type" IS 'type of the event (number in term)';
COMMENT ON COLUMN encounter_row."final_program" IS 'program the encounter is credited to (number in term)';
COMMENT ON COLUMN encounter_row."final_program_group" IS 'group of that program (number in term)';
COMMENT ON COLUMN encounter_row."encounter_criminality" IS 'criminality at the time of the encounter (number in term)';
COMMENT ON COLUMN encounter_row."encounter_threat_level" IS 'threat level at the time of the encounter; NA is the agency''s own value (number in term)';
COMMENT ON COLUMN encounter_row."processing_disposition" IS 'what the agency did next (number in term)';
COMMENT ON COLUMN encounter_row."case_status" IS 'status of the removal case (number in term)';
COMMENT ON COLUMN encounter_row."case_category" IS 'category of the removal case (number in term)';
COMMENT ON COLUMN encounter_row."departed_date" IS 'day of departure from the country';
COMMENT ON COLUMN encounter_row."departure_country" IS 'country departed to (number in term)';
COMMENT ON COLUMN encounter_row."final_order_yes_no" IS 'whether there is a final order of removal (number in term)';
COMMENT ON COLUMN encounter_row."final_order_date" IS 'day of the final order';
COMMENT ON COLUMN encounter_row."birth_year" IS 'year of birth';
COMMENT ON COLUMN encounter_row."citizenship_country" IS 'country of citizenship (number in term)';
COMMENT ON COLUMN encounter_row."gender" IS 'gender as released (number in term)';
COMMENT ON COLUMN encounter_row."unique_identifier" IS 'keyed hash of the released pseudonym';
COMMENT ON COLUMN encounter_row."unique_identifier_released" IS 'the released pseudonym, only in a study that keeps ids (number in term)';
