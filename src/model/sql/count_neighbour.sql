-- one row per release of {table}: rows with another row of their id within 24 hours
-- The rule of July 2025: it flags and drops nothing.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH near AS (
    SELECT release,
           CASE WHEN lag(moment) OVER (PARTITION BY release, id ORDER BY position)
                     >= moment - INTERVAL '24' HOUR
                     OR lead(moment) OVER (PARTITION BY release, id ORDER BY position)
                     <= moment + INTERVAL '24' HOUR
                THEN 1 ELSE 0 END AS is_near
    FROM {table}_dated
),
grouped AS (
    SELECT release, sum(is_near) AS likely_count
    FROM near
    GROUP BY release
)
SELECT '{table}', t.release_name, $1, t.row_count, t.row_count - t.id_count, NULL,
       CASE WHEN t.id_count > 0 THEN coalesce(g.likely_count, 0) END, NULL, t.row_count
FROM event_total AS t
LEFT JOIN grouped AS g ON g.release = t.release
WHERE t.table_name = '{table}';
