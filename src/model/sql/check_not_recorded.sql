-- one row per release of {table}: no sheet of the table has a column for the rule's field
SELECT DISTINCT release_name, 0, 0, FALSE
FROM sheet_place
WHERE table_name = '{table}'
ORDER BY release_name;
