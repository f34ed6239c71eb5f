-- one row per sheet and field that the sheet has a column for
CREATE OR REPLACE TEMP VIEW field_sheet AS
SELECT DISTINCT sheet_id, field
FROM sheet_column
WHERE field IS NOT NULL AND field <> '';
