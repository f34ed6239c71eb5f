-- one row: how many sheets of a table have a column for a field
SELECT count(*)
FROM field_sheet AS f
JOIN sheet_place AS p ON p.sheet_id = f.sheet_id
WHERE p.table_name = $1 AND f.field = $2;
