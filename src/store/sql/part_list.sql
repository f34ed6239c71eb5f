-- one row per part of a table, its number and its fields
SELECT part, fields FROM row_part WHERE table_name = $1 ORDER BY part
