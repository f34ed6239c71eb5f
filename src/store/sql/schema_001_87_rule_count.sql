-- one row per table and alternative duplicate rule: what it would count
CREATE TABLE rule_count (
    "table_name" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "rows" BIGINT,
    "kept" BIGINT,
    "dropped" BIGINT,
    "episodes" BIGINT
);
COMMENT ON COLUMN rule_count."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN rule_count."rule" IS 'whose rule, and its date';
COMMENT ON COLUMN rule_count."rows" IS 'rows it looks at';
COMMENT ON COLUMN rule_count."kept" IS 'rows it counts';
COMMENT ON COLUMN rule_count."dropped" IS 'rows it leaves out';
COMMENT ON COLUMN rule_count."episodes" IS 'events it sees';
