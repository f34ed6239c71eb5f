-- one row per release of {table}: columns that nobody knows, of all its columns
SELECT p.release_name, sum(CASE WHEN c.is_known THEN 0 ELSE 1 END), count(*), TRUE
FROM sheet_column AS c
JOIN sheet_place AS p ON p.sheet_id = c.sheet_id
WHERE p.table_name = '{table}'
GROUP BY p.release_name
ORDER BY p.release_name;
