-- one row per cell of a banner, or of a sheet that is no table
CREATE TABLE note (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "column_index" INTEGER NOT NULL,
    "text" VARCHAR NOT NULL
);
COMMENT ON COLUMN note."sheet_id" IS 'the sheet';
COMMENT ON COLUMN note."row" IS 'row as a spreadsheet shows it';
COMMENT ON COLUMN note."column_index" IS 'from 0';
COMMENT ON COLUMN note."text" IS 'as released';
