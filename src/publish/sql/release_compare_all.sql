-- one row per table, pair of releases, month and area
SELECT table_name, release_a, release_b, month, area, count_a, count_b
FROM release_compare
ORDER BY table_name, release_a, release_b, month, area
