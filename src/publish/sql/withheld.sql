-- one row per table, release and column that was withheld: how many cells were not stored
SELECT s.table_name, f.release_name, c.header, CAST(sum(c.withheld) AS BIGINT) AS withheld
FROM sheet_column AS c
JOIN sheet AS s ON s.sheet_id = c.sheet_id
JOIN file AS f ON f.file_id = s.file_id
WHERE c.sensitivity = 'direct' OR c.withheld > 0
GROUP BY s.table_name, f.release_name, c.header
ORDER BY s.table_name, f.release_name, c.header
