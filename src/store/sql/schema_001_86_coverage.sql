-- one row per table, release, unbroken span of days it covers and stretch of it that it serves
CREATE TABLE coverage (
    "table_name" VARCHAR NOT NULL,
    "release_name" VARCHAR NOT NULL,
    "scope" VARCHAR NOT NULL,
    "area" VARCHAR,
    "first_day" DATE,
    "last_day" DATE,
    "serves_first" DATE,
    "serves_last" DATE,
    "rows" BIGINT
);
COMMENT ON COLUMN coverage."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN coverage."release_name" IS 'as in file.release_name';
COMMENT ON COLUMN coverage."scope" IS 'national or regional';
COMMENT ON COLUMN coverage."area" IS 'of a regional release';
COMMENT ON COLUMN coverage."first_day" IS 'first day of the period its titles state, else of its rows without strays';
COMMENT ON COLUMN coverage."last_day" IS 'last day, likewise';
COMMENT ON COLUMN coverage."serves_first" IS 'first day for which this release is the one that is counted';
COMMENT ON COLUMN coverage."serves_last" IS 'last such day';
COMMENT ON COLUMN coverage."rows" IS 'rows of the release dated first_day to last_day';
