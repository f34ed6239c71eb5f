-- one row per file and table that its sheets were taken for, notes left out where it has others
SELECT f.file, f.sha256, f.size, f.release_name,
    string_agg(DISTINCT s.table_name, ' ' ORDER BY s.table_name) AS tables
FROM file AS f
LEFT JOIN sheet AS s ON s.file_id = f.file_id
GROUP BY f.file_id, f.file, f.sha256, f.size, f.release_name
ORDER BY f.file, f.sha256
