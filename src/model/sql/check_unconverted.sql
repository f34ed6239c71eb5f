-- one row per release of {table}: cells that could not become a value, of those filled
SELECT p.release_name, sum(c.failed), sum(c.filled), TRUE
FROM sheet_column AS c
JOIN sheet_place AS p ON p.sheet_id = c.sheet_id
WHERE p.table_name = '{table}' AND c.field IS NOT NULL AND c.field <> ''
GROUP BY p.release_name
ORDER BY p.release_name;
