-- one row per table: rows stored, sheets and files
SELECT s.table_name, CAST(sum(s.rows_stored) AS BIGINT) AS rows,
    count(*) AS sheets, count(DISTINCT s.file_id) AS files
FROM sheet AS s
GROUP BY s.table_name
ORDER BY s.table_name
