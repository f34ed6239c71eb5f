-- one row per row of a parquet file
SELECT * FROM read_parquet($1)
