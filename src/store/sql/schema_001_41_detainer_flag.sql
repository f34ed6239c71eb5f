-- one row per row of detainer_record: which real event it stands for, as the duplicate rules see it
CREATE TABLE detainer_flag (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "episode" INTEGER,
    "duplicate_likely" BOOLEAN,
    "duplicate_episode_first" BOOLEAN,
    "duplicate_drop_row" BOOLEAN,
    "reason" VARCHAR,
    "rule_version" VARCHAR
);
COMMENT ON COLUMN detainer_flag."sheet_id" IS 'with row: the flagged row';
COMMENT ON COLUMN detainer_flag."row" IS 'with sheet_id: the flagged row';
COMMENT ON COLUMN detainer_flag."episode" IS 'number of the event; rows with the same number are one event';
COMMENT ON COLUMN detainer_flag."duplicate_likely" IS 'another row of the same person lies within the span of the rule';
COMMENT ON COLUMN detainer_flag."duplicate_episode_first" IS 'the row that stands for its event';
COMMENT ON COLUMN detainer_flag."duplicate_drop_row" IS 'left out where events are counted';
COMMENT ON COLUMN detainer_flag."reason" IS 'why, in words';
COMMENT ON COLUMN detainer_flag."rule_version" IS 'version of the rule that decided';
