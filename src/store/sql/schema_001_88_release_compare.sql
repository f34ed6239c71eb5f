-- one row per table, pair of releases, month and area: rows of both in the days both cover
CREATE TABLE release_compare (
    "table_name" VARCHAR NOT NULL,
    "release_a" VARCHAR NOT NULL,
    "release_b" VARCHAR NOT NULL,
    "month" DATE NOT NULL,
    "area" VARCHAR NOT NULL,
    "count_a" BIGINT NOT NULL,
    "count_b" BIGINT NOT NULL
);
COMMENT ON COLUMN release_compare."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN release_compare."release_a" IS 'as in file.release_name';
COMMENT ON COLUMN release_compare."release_b" IS 'as in file.release_name';
COMMENT ON COLUMN release_compare."month" IS 'its first day';
COMMENT ON COLUMN release_compare."area" IS 'area of responsibility, or "not stated"';
COMMENT ON COLUMN release_compare."count_a" IS 'rows of release_a';
COMMENT ON COLUMN release_compare."count_b" IS 'rows of release_b';
