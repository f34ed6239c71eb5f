-- no rows: puts the account of a sheet
UPDATE sheet
SET
    header_row = $2,
    period_first = $3,
    period_last = $4,
    title = $5,
    release_found = $6,
    rows_above = $7,
    rows_read = $8,
    rows_stored = $9,
    rows_rejected = $10,
    rows_blank = $11,
    recorded = $12,
    part = $13
WHERE sheet_id = $1
