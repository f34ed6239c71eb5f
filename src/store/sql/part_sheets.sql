-- one row per sheet of a table that has rows, in order, and the part that holds them
SELECT sheet_id, coalesce(part, 0) FROM sheet WHERE table_name = $1 AND rows_stored > 0 ORDER BY sheet_id
