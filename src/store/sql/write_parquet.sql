-- no rows: writes the rows of the stream to a file, as parquet
COPY (SELECT * FROM palladium_rows()) TO {path} (FORMAT parquet, COMPRESSION zstd)
