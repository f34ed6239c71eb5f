-- one row per cell that could not become a value
CREATE TABLE cell_reject (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "column_index" INTEGER NOT NULL,
    "raw" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL
);
COMMENT ON COLUMN cell_reject."sheet_id" IS 'the sheet';
COMMENT ON COLUMN cell_reject."row" IS 'row as a spreadsheet shows it';
COMMENT ON COLUMN cell_reject."column_index" IS 'from 0';
COMMENT ON COLUMN cell_reject."raw" IS 'as it was written; empty where the column is sensitive';
COMMENT ON COLUMN cell_reject."rule" IS 'name of the rule that it breaks';
COMMENT ON COLUMN cell_reject."reason" IS 'why, in words';
