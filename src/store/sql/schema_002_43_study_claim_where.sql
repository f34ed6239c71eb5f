-- one row per claim, thing it counts and condition
CREATE TABLE study_claim_where (
    "position" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "condition" INTEGER NOT NULL,
    "dimension" VARCHAR NOT NULL,
    "value" VARCHAR NOT NULL
);
COMMENT ON COLUMN study_claim_where."position" IS 'its claim';
COMMENT ON COLUMN study_claim_where."part" IS 'as in study_claim_part';
COMMENT ON COLUMN study_claim_where."condition" IS 'from 1, in the order of the file';
COMMENT ON COLUMN study_claim_where."dimension" IS 'of the measure, or place';
COMMENT ON COLUMN study_claim_where."value" IS 'its value';
