-- one row: the next file_id and sheet_id
SELECT
    (SELECT coalesce(max(file_id), 0) + 1 FROM file),
    (SELECT coalesce(max(sheet_id), 0) + 1 FROM sheet)
