-- as many rows as a table has; prepared only, for the names of its columns
SELECT * FROM {table}
