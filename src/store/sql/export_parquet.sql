-- no rows: writes a selection to a file, as parquet
COPY ({selection}) TO {path} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)
