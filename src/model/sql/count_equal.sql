-- one row per release of {table}: what a rule would drop that takes equal rows for one event
-- Needs no id, and is wrong where there is none: equal rows are then different people. The
-- columns are those that a release of this table has; withheld ones cannot be compared.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH grouped AS (
    SELECT p.release, count(*) AS size
    FROM {table}_record AS r
    JOIN sheet_place AS p ON p.sheet_id = r.sheet_id
    GROUP BY p.release, r.redacted, r.failed{columns}
),
counted AS (
    SELECT release, count(*) AS group_count,
           sum(CASE WHEN size > 1 THEN size ELSE 0 END) AS likely_count
    FROM grouped
    GROUP BY release
)
SELECT '{table}', t.release_name, $1, t.row_count, t.row_count - t.id_count, c.group_count,
       c.likely_count, t.row_count - c.group_count, c.group_count
FROM event_total AS t
JOIN counted AS c ON c.release = t.release
WHERE t.table_name = '{table}';
