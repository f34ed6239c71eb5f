-- one row per release of {table}: rows that could not be stored, of those read
SELECT p.release_name, sum(s.rows_rejected), sum(s.rows_read), TRUE
FROM sheet AS s
JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
WHERE s.table_name = '{table}'
GROUP BY p.release_name
ORDER BY p.release_name;
