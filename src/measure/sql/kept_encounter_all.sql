-- one row per released record
encounter
