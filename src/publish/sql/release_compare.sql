-- one row per table and pair of releases: rows of both in the days both cover, and in how
-- many months and areas their counts differ
SELECT table_name, release_a, release_b, min(month) AS first_month, max(month) AS last_month,
    CAST(sum(count_a) AS BIGINT) AS count_a, CAST(sum(count_b) AS BIGINT) AS count_b,
    count(*) AS cells,
    count(CASE WHEN count_a <> count_b THEN 1 END) AS cells_different,
    CAST(max(abs(count_a - count_b)) AS BIGINT) AS difference_most
FROM release_compare
GROUP BY table_name, release_a, release_b
ORDER BY table_name, release_a, release_b
