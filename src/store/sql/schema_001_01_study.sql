-- one row per fact about the study itself
CREATE TABLE study (
    "key" VARCHAR NOT NULL,
    "value" VARCHAR
);
COMMENT ON COLUMN study."key" IS 'schema_version, study_key, keep_ids, and what the programs above add';
COMMENT ON COLUMN study."value" IS 'its value as text';
