-- one row per figure of the agency's own monthly statistics
CREATE TABLE custody_statistic_fact (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "column_index" INTEGER NOT NULL,
    "fiscal_year" INTEGER NOT NULL,
    "month" INTEGER NOT NULL,
    "statistic" VARCHAR NOT NULL,
    "agency" VARCHAR NOT NULL,
    "category" VARCHAR NOT NULL,
    "value" DOUBLE NOT NULL
);
COMMENT ON COLUMN custody_statistic_fact."sheet_id" IS 'the sheet';
COMMENT ON COLUMN custody_statistic_fact."row" IS 'row as a spreadsheet shows it';
COMMENT ON COLUMN custody_statistic_fact."column_index" IS 'from 0';
COMMENT ON COLUMN custody_statistic_fact."fiscal_year" IS 'the year it ends in';
COMMENT ON COLUMN custody_statistic_fact."month" IS '1 to 12 of the calendar; 0: the whole fiscal year';
COMMENT ON COLUMN custody_statistic_fact."statistic" IS 'book_ins, average_daily_population';
COMMENT ON COLUMN custody_statistic_fact."agency" IS 'ICE, CBP, total';
COMMENT ON COLUMN custody_statistic_fact."category" IS 'all, or the criminality row of the block';
COMMENT ON COLUMN custody_statistic_fact."value" IS 'as released';
