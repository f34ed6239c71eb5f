-- no rows: writes rows of a table or view to a file, as one json array
COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO {path} (FORMAT json, ARRAY true)
