-- one row per validation rule, table and release: what it found when the model was built
CREATE TABLE check_result (
    "position" INTEGER NOT NULL,
    "rule" VARCHAR NOT NULL,
    "level" VARCHAR NOT NULL,
    "table_name" VARCHAR NOT NULL,
    "release_name" VARCHAR NOT NULL,
    "share" DOUBLE,
    "n" BIGINT NOT NULL,
    "total" BIGINT NOT NULL,
    "threshold" DOUBLE,
    "text" VARCHAR NOT NULL
);
COMMENT ON COLUMN check_result."position" IS 'order of the rules';
COMMENT ON COLUMN check_result."rule" IS 'as in data/checks.csv';
COMMENT ON COLUMN check_result."level" IS 'ok, not recorded, warn or stop';
COMMENT ON COLUMN check_result."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN check_result."release_name" IS 'as in file.release_name';
COMMENT ON COLUMN check_result."share" IS 'n of total, 0 to 1; NULL: total is 0';
COMMENT ON COLUMN check_result."n" IS 'rows that break the rule';
COMMENT ON COLUMN check_result."total" IS 'rows it looks at';
COMMENT ON COLUMN check_result."threshold" IS 'share above which it warns or stops, whichever it passed; the lower one when it passed none; NULL: never';
COMMENT ON COLUMN check_result."text" IS 'what n counts';
