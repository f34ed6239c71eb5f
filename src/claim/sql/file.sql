-- one row per released file with rows of a table: what a figure of it can be followed back to
SELECT f.file, f.sha256, f.release_name, CAST(sum(s.rows_stored) AS BIGINT) AS rows
FROM file AS f
JOIN sheet AS s ON s.file_id = f.file_id
WHERE s.table_name = $1
GROUP BY f.file_id, f.file, f.sha256, f.release_name
HAVING sum(s.rows_stored) > 0
ORDER BY f.file, f.sha256
