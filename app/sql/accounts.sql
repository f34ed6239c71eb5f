-- one row per sheet of the imported files, with the account of its rows
SELECT
    f.file,
    f.sha256,
    s.sheet,
    s.member,
    s.table_name,
    s.header_row,
    f.release_name,
    CAST(s.period_first AS VARCHAR) AS period_first,
    CAST(s.period_last AS VARCHAR) AS period_last,
    s.rows_read,
    s.rows_stored,
    s.rows_rejected,
    s.rows_blank,
    s.sheet_id
FROM sheet AS s
JOIN file AS f ON f.file_id = s.file_id
ORDER BY f.file, f.sha256, s.sheet_id
