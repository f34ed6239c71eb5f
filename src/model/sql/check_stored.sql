-- one row per release: rows of {table} that its accounts have and its table has not, or more
SELECT p.release_name, sum(abs(s.rows_stored - coalesce(r.row_count, 0))),
       sum(s.rows_stored), TRUE
FROM sheet AS s
JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
LEFT JOIN (SELECT sheet_id, count(*) AS row_count FROM {table}_record GROUP BY sheet_id) AS r
       ON r.sheet_id = s.sheet_id
WHERE s.table_name = '{table}'
GROUP BY p.release_name
ORDER BY p.release_name;
