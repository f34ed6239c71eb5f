-- one row per row of a table or view, in the order of their place
SELECT {columns} FROM {table} ORDER BY {order}
