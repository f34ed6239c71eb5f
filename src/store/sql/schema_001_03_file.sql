-- one row per imported file
CREATE TABLE file (
    "file_id" INTEGER NOT NULL,
    "file" VARCHAR NOT NULL,
    "path" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "size" BIGINT NOT NULL,
    "release_name" VARCHAR NOT NULL,
    "form" VARCHAR NOT NULL
);
COMMENT ON COLUMN file."file_id" IS 'from 1, in order of import';
COMMENT ON COLUMN file."file" IS 'its name without folders';
COMMENT ON COLUMN file."path" IS 'as it was given';
COMMENT ON COLUMN file."sha256" IS 'SHA-256 of its bytes, hexadecimal; no two files have the same';
COMMENT ON COLUMN file."size" IS 'bytes';
COMMENT ON COLUMN file."release_name" IS 'the release that its ids belong to; empty: not told';
COMMENT ON COLUMN file."form" IS 'xlsx, csv or parquet';
