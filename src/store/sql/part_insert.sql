-- no rows: adds a part of a table
INSERT INTO row_part (table_name, part, fields) VALUES ($1, $2, $3)
