-- no rows: adds a sheet; its account comes when it ends
INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding, delimiter)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
