-- one row per validation rule, table and release
SELECT level, rule, table_name, release_name, n, total, share, text
FROM check_result
ORDER BY position, table_name, release_name, text
