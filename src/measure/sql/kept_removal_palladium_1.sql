-- one row per record that our rule keeps
(SELECT * FROM removal WHERE duplicate_drop_row IS NOT TRUE)
