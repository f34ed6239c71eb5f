-- One row: how many sheets of the study have a column for the field $1.
SELECT count(*) FROM sheet_column WHERE field = $1
