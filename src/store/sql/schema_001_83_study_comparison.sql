-- one row per area that the places are compared with
CREATE TABLE study_comparison (
    "area" VARCHAR NOT NULL
);
COMMENT ON COLUMN study_comparison."area" IS 'area of responsibility';
