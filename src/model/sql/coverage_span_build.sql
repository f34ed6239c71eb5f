-- one row per table, release and unbroken span of days that the release covers
-- A sheet covers the period of its title. Sheets without one cover, per release, the days
-- from the first to the last of their rows, without strays: years before 2000, and clusters
-- of days that lie more than 31 days from all others and hold no more than one row in a
-- thousand (a typing error in a year makes such a cluster).
CREATE OR REPLACE TEMP TABLE coverage_span AS
WITH untitled AS (
    SELECT d.table_name, d.release_name, d.day, sum(d.row_count) AS row_count
    FROM event_day AS d
    JOIN sheet AS s ON s.sheet_id = d.sheet_id
    WHERE d.day >= DATE '2000-01-01' AND (s.period_first IS NULL OR s.period_last IS NULL)
    GROUP BY d.table_name, d.release_name, d.day
),
stepped AS (
    SELECT *,
           CASE WHEN lag(day) OVER (PARTITION BY table_name, release_name ORDER BY day)
                     >= day - INTERVAL '31' DAY
                THEN 0 ELSE 1 END AS begins
    FROM untitled
),
clustered AS (
    SELECT *,
           sum(begins) OVER (PARTITION BY table_name, release_name ORDER BY day) AS cluster,
           sum(row_count) OVER (PARTITION BY table_name, release_name) AS release_count
    FROM stepped
),
cluster AS (
    SELECT table_name, release_name, min(day) AS first_day, max(day) AS last_day
    FROM clustered
    GROUP BY table_name, release_name, cluster
    HAVING sum(row_count) * 1000 > max(release_count)
),
span AS (
    SELECT table_name, release_name, min(first_day) AS first_day, max(last_day) AS last_day
    FROM cluster
    GROUP BY table_name, release_name
    UNION
    SELECT p.table_name, p.release_name, s.period_first, s.period_last
    FROM sheet_place AS p
    JOIN sheet AS s ON s.sheet_id = p.sheet_id
    WHERE s.period_first <= s.period_last
      AND p.table_name IN (SELECT table_name FROM event_day)
),
reached AS (
    SELECT *,
           max(last_day) OVER (PARTITION BY table_name, release_name
                               ORDER BY first_day, last_day
                               ROWS BETWEEN UNBOUNDED PRECEDING
                               AND 1 PRECEDING) AS last_so_far
    FROM span
),
parted AS (
    SELECT *,
           sum(CASE WHEN last_so_far >= first_day - 1 THEN 0 ELSE 1 END)
               OVER (PARTITION BY table_name, release_name
                     ORDER BY first_day, last_day) AS part
    FROM reached
)
SELECT table_name, release_name, CAST(part AS INTEGER) AS part,
       min(first_day) AS first_day, max(last_day) AS last_day
FROM parted
GROUP BY table_name, release_name, part;
