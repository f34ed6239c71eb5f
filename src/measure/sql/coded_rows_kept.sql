-- One row per record that our rule keeps, its texts as numbers. Few records or none are left
-- out: a join with those alone is ten times faster than one with every record's flag.
SELECT r.sheet_id{columns}
FROM {table}_record AS r
LEFT JOIN (
    SELECT sheet_id, "row" FROM {table}_flag_row WHERE duplicate_drop_row
) AS g ON g.sheet_id = r.sheet_id AND g."row" = r."row"
WHERE g.sheet_id IS NULL
