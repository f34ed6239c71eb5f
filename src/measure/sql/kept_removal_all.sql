-- one row per released record
removal
