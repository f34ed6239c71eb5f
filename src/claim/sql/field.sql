-- one row: in how many sheets of a table a released field has a column
SELECT count(*)
FROM sheet_column AS c
JOIN sheet AS s ON s.sheet_id = c.sheet_id
WHERE s.table_name = $1 AND c.field = $2
