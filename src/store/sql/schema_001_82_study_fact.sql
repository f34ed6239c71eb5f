-- one row per stated fact of the study file
CREATE TABLE study_fact (
    "name" VARCHAR NOT NULL,
    "value" VARCHAR,
    "unit" VARCHAR,
    "source" VARCHAR,
    "source_date" DATE
);
COMMENT ON COLUMN study_fact."name" IS 'what it is';
COMMENT ON COLUMN study_fact."value" IS 'as stated';
COMMENT ON COLUMN study_fact."unit" IS 'of the value';
COMMENT ON COLUMN study_fact."source" IS 'where that is said';
COMMENT ON COLUMN study_fact."source_date" IS 'day of the source';
