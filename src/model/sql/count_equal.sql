-- one row per release of {table}: what a rule would drop that takes equal rows for one event
-- Needs no id, and is wrong where there is none: equal rows are then different people. The
-- columns are those that a release of this table has; withheld ones cannot be compared.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH grouped AS (
    SELECT p.release_name, count(*) AS size, count(r.unique_identifier) AS id_count
    FROM {table}_record AS r
    JOIN sheet_place AS p ON p.sheet_id = r.sheet_id
    GROUP BY p.release_name, r.redacted, r.failed{columns}
)
SELECT '{table}', release_name, $1, sum(size), sum(size) - sum(id_count), count(*),
       sum(CASE WHEN size > 1 THEN size ELSE 0 END), sum(size) - count(*), count(*)
FROM grouped
GROUP BY release_name;
