-- one row per column of a sheet that was withheld, unknown, or had cells that failed
SELECT
    c.header,
    c.is_known,
    c.withheld,
    c.failed,
    c.filled
FROM sheet_column AS c
WHERE c.sheet_id = $1 AND (c.withheld > 0 OR c.failed > 0 OR NOT c.is_known)
ORDER BY c.column_index
