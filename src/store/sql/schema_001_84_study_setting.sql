-- one row per setting of the study file
CREATE TABLE study_setting (
    "key" VARCHAR NOT NULL,
    "value" VARCHAR
);
COMMENT ON COLUMN study_setting."key" IS 'name of the setting, such as baseline_first';
COMMENT ON COLUMN study_setting."value" IS 'its value as text';
