-- one row per table, release and duplicate rule
SELECT table_name, release_name, rule, rows, rows_without_id, likely, dropped, kept
FROM rule_count
ORDER BY table_name, release_name, rule
