-- one row per released record
detainer
