-- no rows: adds a column to a part
ALTER TABLE {part} ADD COLUMN "{column}" {type}
