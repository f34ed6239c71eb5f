-- one row once duplicates were looked for, else none
CREATE TABLE duplicate_rule (
    "rule_version" VARCHAR NOT NULL
);
COMMENT ON COLUMN duplicate_rule."rule_version" IS 'version of the rules that made the flags';
