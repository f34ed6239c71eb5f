-- one row per claim and thing it counts: what is claimed, what it is compared with, each context
CREATE TABLE study_claim_part (
    "position" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "measure" VARCHAR,
    "first_day" DATE,
    "last_day" DATE,
    "release_name" VARCHAR,
    "note" VARCHAR,
    "law" VARCHAR,
    "document" VARCHAR,
    "actor" VARCHAR
);
COMMENT ON COLUMN study_claim_part."position" IS 'its claim';
COMMENT ON COLUMN study_claim_part."part" IS '0 what is claimed, 1 against, 2 and on the contexts';
COMMENT ON COLUMN study_claim_part."measure" IS 'a registered measure';
COMMENT ON COLUMN study_claim_part."first_day" IS 'first day that counts';
COMMENT ON COLUMN study_claim_part."last_day" IS 'last day that counts';
COMMENT ON COLUMN study_claim_part."release_name" IS 'the one release that counts';
COMMENT ON COLUMN study_claim_part."note" IS 'of a context: what it is and why it is no test';
COMMENT ON COLUMN study_claim_part."law" IS 'of a context: a place of the law table instead of a measure';
COMMENT ON COLUMN study_claim_part."document" IS 'of the law table';
COMMENT ON COLUMN study_claim_part."actor" IS 'of the law table';
