-- no rows: writes rows of a table or view to a file, as parquet
COPY (SELECT {columns} FROM {table} ORDER BY {order}) TO {path}
(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)
