-- one row per table, release and duplicate rule: what it would keep and drop
CREATE TABLE rule_count (
    "table_name" VARCHAR NOT NULL,
    "release_name" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "rows" BIGINT,
    "rows_without_id" BIGINT,
    "episodes" BIGINT,
    "likely" BIGINT,
    "dropped" BIGINT,
    "kept" BIGINT
);
COMMENT ON COLUMN rule_count."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN rule_count."release_name" IS 'as in file.release_name';
COMMENT ON COLUMN rule_count."rule" IS 'whose rule, and its date';
COMMENT ON COLUMN rule_count."rows" IS 'rows of the release';
COMMENT ON COLUMN rule_count."rows_without_id" IS 'rows that no rule by id can judge';
COMMENT ON COLUMN rule_count."episodes" IS 'events it sees; NULL: it needs ids and the release has none, or it has no notion of them';
COMMENT ON COLUMN rule_count."likely" IS 'rows it flags as likely duplicates; NULL: it needs ids and the release has none';
COMMENT ON COLUMN rule_count."dropped" IS 'rows it leaves out; NULL: it only flags, or needs ids and the release has none';
COMMENT ON COLUMN rule_count."kept" IS 'rows it counts';
