-- one row per released row that could not be stored
CREATE TABLE row_reject (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "raw" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL
);
COMMENT ON COLUMN row_reject."sheet_id" IS 'the sheet';
COMMENT ON COLUMN row_reject."row" IS 'row as a spreadsheet shows it';
COMMENT ON COLUMN row_reject."raw" IS 'its cells parted by tabs, without sensitive columns';
COMMENT ON COLUMN row_reject."rule" IS 'name of the rule that it breaks';
COMMENT ON COLUMN row_reject."reason" IS 'why, in words';
