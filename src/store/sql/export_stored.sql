-- one row per row of a table or view, in the order they were stored
SELECT {columns} FROM {table}
