-- one row per column of a sheet, with the account of its cells
CREATE TABLE sheet_column (
    "sheet_id" INTEGER NOT NULL,
    "column_index" INTEGER NOT NULL,
    "header" VARCHAR NOT NULL,
    "field" VARCHAR,
    "sensitivity" VARCHAR NOT NULL,
    "is_known" BOOLEAN NOT NULL,
    "filled" BIGINT NOT NULL,
    "missing" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "withheld" BIGINT NOT NULL
);
COMMENT ON COLUMN sheet_column."sheet_id" IS 'the sheet';
COMMENT ON COLUMN sheet_column."column_index" IS 'from 0';
COMMENT ON COLUMN sheet_column."header" IS 'its name as released, trimmed';
COMMENT ON COLUMN sheet_column."field" IS 'the field it was taken for; NULL: unknown, or withheld';
COMMENT ON COLUMN sheet_column."sensitivity" IS 'public, private, or direct (never stored)';
COMMENT ON COLUMN sheet_column."is_known" IS 'false: kept as text in extra_cell';
COMMENT ON COLUMN sheet_column."filled" IS 'cells with a value';
COMMENT ON COLUMN sheet_column."missing" IS 'cells without one';
COMMENT ON COLUMN sheet_column."redacted" IS 'cells with a redaction mark';
COMMENT ON COLUMN sheet_column."failed" IS 'cells that could not be read, in cell_reject';
COMMENT ON COLUMN sheet_column."withheld" IS 'cells of a direct identifier, not stored';
