-- no rows: writes rows of a table or view to a file, as csv
COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO {path} (FORMAT csv, HEADER)
