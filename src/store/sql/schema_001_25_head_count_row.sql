-- one row per released row: one group of staff and month, texts as numbers of table
-- term
CREATE TABLE head_count_row (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "redacted" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "date" DATE,
    "agency" INTEGER,
    "agency_name" INTEGER,
    "agency_sub" INTEGER,
    "agency_sub_name" INTEGER,
    "occupation" INTEGER,
    "occupation_name" INTEGER,
    "pay_plan" INTEGER,
    "grade" INTEGER,
    "employment" BIGINT,
    "average_salary" DOUBLE,
    "average_length_of_service" DOUBLE
);
COMMENT ON COLUMN head_count_row."sheet_id" IS 'the sheet it stands on';
COMMENT ON COLUMN head_count_row."row" IS 'its row as a spreadsheet shows it';
COMMENT ON COLUMN head_count_row."redacted" IS 'bit i: a redaction mark stands in the field i (from 0) of this table';
COMMENT ON COLUMN head_count_row."failed" IS 'bit i: the text in field i could not be read; it stands in cell_reject';
COMMENT ON COLUMN head_count_row."date" IS 'first day of the month the count stands for';
COMMENT ON COLUMN head_count_row."agency" IS 'agency code (number in term)';
COMMENT ON COLUMN head_count_row."agency_name" IS 'agency (number in term)';
COMMENT ON COLUMN head_count_row."agency_sub" IS 'sub-agency code (number in term)';
COMMENT ON COLUMN head_count_row."agency_sub_name" IS 'sub-agency (number in term)';
COMMENT ON COLUMN head_count_row."occupation" IS 'occupational series code (number in term)';
COMMENT ON COLUMN head_count_row."occupation_name" IS 'occupational series (number in term)';
COMMENT ON COLUMN head_count_row."pay_plan" IS 'pay plan (number in term)';
COMMENT ON COLUMN head_count_row."grade" IS 'grade (number in term)';
COMMENT ON COLUMN head_count_row."employment" IS 'people employed; a suppressed count has no value';
COMMENT ON COLUMN head_count_row."average_salary" IS 'average salary, US dollars a year';
COMMENT ON COLUMN head_count_row."average_length_of_service" IS 'average length of service, years';
