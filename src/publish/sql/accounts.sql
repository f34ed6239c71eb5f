-- one row per sheet: the account of its rows
SELECT f.file, s.sheet, s.table_name, f.release_name, s.rows_read, s.rows_stored,
    s.rows_rejected, s.rows_blank
FROM sheet AS s
JOIN file AS f ON f.file_id = s.file_id
ORDER BY s.table_name, f.file, f.sha256, s.sheet_id
