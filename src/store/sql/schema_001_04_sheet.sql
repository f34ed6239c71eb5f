-- one row per sheet of a file, with the account of its rows
CREATE TABLE sheet (
    "sheet_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    "sheet" VARCHAR NOT NULL,
    "member" VARCHAR NOT NULL,
    "table_name" VARCHAR NOT NULL,
    "form" VARCHAR NOT NULL,
    "encoding" VARCHAR NOT NULL,
    "delimiter" VARCHAR NOT NULL,
    "header_row" BIGINT,
    "period_first" DATE,
    "period_last" DATE,
    "title" VARCHAR,
    "release_found" VARCHAR,
    "rows_above" BIGINT,
    "rows_read" BIGINT,
    "rows_stored" BIGINT,
    "rows_rejected" BIGINT,
    "rows_blank" BIGINT,
    "recorded" BIGINT,
    "part" INTEGER
);
COMMENT ON COLUMN sheet."sheet_id" IS 'from 1, in order of import';
COMMENT ON COLUMN sheet."file_id" IS 'the file it is in';
COMMENT ON COLUMN sheet."sheet" IS 'its name; of a csv the file name without extensions';
COMMENT ON COLUMN sheet."member" IS 'path inside the archive, empty outside one';
COMMENT ON COLUMN sheet."table_name" IS 'what it was taken for: arrest, detainer, ..., note';
COMMENT ON COLUMN sheet."form" IS 'xlsx, csv or parquet';
COMMENT ON COLUMN sheet."encoding" IS 'of a csv, as found';
COMMENT ON COLUMN sheet."delimiter" IS 'of a csv, as found';
COMMENT ON COLUMN sheet."header_row" IS 'row of the column names as a spreadsheet shows it, 0: none found';
COMMENT ON COLUMN sheet."period_first" IS 'first day that its title names';
COMMENT ON COLUMN sheet."period_last" IS 'last day that its title names';
COMMENT ON COLUMN sheet."title" IS 'title in its banner';
COMMENT ON COLUMN sheet."release_found" IS 'release number in its banner';
COMMENT ON COLUMN sheet."rows_above" IS 'rows of banner and header';
COMMENT ON COLUMN sheet."rows_read" IS 'rows below the header = stored + rejected + blank';
COMMENT ON COLUMN sheet."rows_stored" IS 'rows in the study';
COMMENT ON COLUMN sheet."rows_rejected" IS 'rows in row_reject';
COMMENT ON COLUMN sheet."rows_blank" IS 'rows without a filled cell';
COMMENT ON COLUMN sheet."recorded" IS 'bit i: the sheet has a column for field i (from 0) of its table';
COMMENT ON COLUMN sheet."part" IS 'the part of its table that holds its rows; 0: the wide table, or no rows';
