-- no rows: a part has got more columns
UPDATE row_part SET fields = $3 WHERE table_name = $1 AND part = $2
