-- one row per table: rows stored, sheets, and the files of the whole study
SELECT s.table_name, CAST(sum(s.rows_stored) AS BIGINT) AS rows,
    count(*) AS sheets, 
    (SELECT count(*) FROM file) AS all_files
FROM sheet AS s
GROUP BY s.table_name
ORDER BY s.table_name
