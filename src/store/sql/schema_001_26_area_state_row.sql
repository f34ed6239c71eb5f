-- one row per released row: one state, or part of one, of an area of responsibility,
-- texts as numbers of table term
CREATE TABLE area_state_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "office_name" INTEGER,
    "state_name" INTEGER,
    "county_name" INTEGER,
    "notes" INTEGER
);
COMMENT ON COLUMN area_state_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN area_state_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN area_state_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN area_state_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN area_state_row."office_name" IS 'field office, the name of its area of responsibility (number in term)';
COMMENT ON COLUMN area_state_row."state_name" IS 'state that lies in the area, whole or in part (number in term)';
COMMENT ON COLUMN area_state_row."county_name" IS 'county, where only a part of the state lies in the area; blank: the whole state (number in term)';
COMMENT ON COLUMN area_state_row."notes" IS 'remark as released (number in term)';
