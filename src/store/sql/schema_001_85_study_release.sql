-- one row per table and release whose order the study file states
CREATE TABLE study_release (
    "table_name" VARCHAR NOT NULL,
    "release_name" VARCHAR NOT NULL,
    "priority" INTEGER NOT NULL
);
COMMENT ON COLUMN study_release."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN study_release."release_name" IS 'as in file.release_name';
COMMENT ON COLUMN study_release."priority" IS '1 serves first';
