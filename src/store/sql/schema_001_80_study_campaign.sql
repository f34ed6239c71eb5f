-- one row per enforcement campaign that the study file describes
CREATE TABLE study_campaign (
    "name" VARCHAR NOT NULL,
    "first_day" DATE,
    "last_day" DATE,
    "staffing" VARCHAR,
    "source" VARCHAR,
    "source_date" DATE
);
COMMENT ON COLUMN study_campaign."name" IS 'as the agency called it';
COMMENT ON COLUMN study_campaign."first_day" IS 'first announced day';
COMMENT ON COLUMN study_campaign."last_day" IS 'last announced day';
COMMENT ON COLUMN study_campaign."staffing" IS 'staffing as announced';
COMMENT ON COLUMN study_campaign."source" IS 'where that is said';
COMMENT ON COLUMN study_campaign."source_date" IS 'day of the source';
