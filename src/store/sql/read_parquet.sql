-- one row per row of a parquet file
SELECT * FROM read_parquet($1, binary_as_string = true)
