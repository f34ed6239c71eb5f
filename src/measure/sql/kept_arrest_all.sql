-- one row per released record
arrest
