-- one row per record that our rule keeps
(SELECT * FROM detainer WHERE duplicate_drop_row IS NOT TRUE)
