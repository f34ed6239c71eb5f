-- one row per table, with the sum of its sheets' accounts
SELECT
    s.table_name,
    count(*) AS sheets,
    CAST(sum(s.rows_read) AS BIGINT) AS rows_read,
    CAST(sum(s.rows_stored) AS BIGINT) AS rows_stored,
    CAST(sum(s.rows_rejected) AS BIGINT) AS rows_rejected,
    CAST(sum(s.rows_blank) AS BIGINT) AS rows_blank
FROM sheet AS s
GROUP BY s.table_name
ORDER BY s.table_name
