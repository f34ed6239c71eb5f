-- one row per record that our rule keeps
(SELECT * FROM arrest WHERE duplicate_drop_row IS NOT TRUE)
