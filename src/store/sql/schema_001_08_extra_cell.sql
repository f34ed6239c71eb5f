-- one row per cell of a column that nobody knows
CREATE TABLE extra_cell (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "column_index" INTEGER NOT NULL,
    "text" VARCHAR NOT NULL
);
COMMENT ON COLUMN extra_cell."sheet_id" IS 'the sheet';
COMMENT ON COLUMN extra_cell."row" IS 'row as a spreadsheet shows it';
COMMENT ON COLUMN extra_cell."column_index" IS 'from 0';
COMMENT ON COLUMN extra_cell."text" IS 'as released';
