-- one row per released record, its texts as numbers
SELECT r.sheet_id{columns}
FROM {table}_record AS r
