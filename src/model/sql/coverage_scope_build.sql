-- one row per table and release: whether it covers the nation or one area
-- A release is regional when its sheets' titles name one area of responsibility, or when
-- its rows state their area (nine in ten or more) and 99 of 100 of those state the same.
CREATE OR REPLACE TEMP TABLE coverage_scope AS
WITH titled AS (
    SELECT p.table_name, p.release_name,
           trim(substring(s.title FROM position(' for the ' IN lower(s.title)) + 9
                FOR position(' area of responsibility' IN lower(s.title))
                    - position(' for the ' IN lower(s.title)) - 9)) AS area
    FROM sheet_place AS p
    JOIN sheet AS s ON s.sheet_id = p.sheet_id
    WHERE position(' for the ' IN lower(s.title)) > 0
      AND position(' area of responsibility' IN lower(s.title))
          > position(' for the ' IN lower(s.title)) + 9
),
stated AS (
    SELECT table_name, release_name, min(area) AS area
    FROM titled
    GROUP BY table_name, release_name
    HAVING count(DISTINCT area) = 1
),
by_area AS (
    SELECT table_name, release_name, area, sum(row_count) AS row_count
    FROM event_day
    GROUP BY table_name, release_name, area
),
shared AS (
    SELECT table_name, release_name, area, row_count,
           sum(row_count) OVER (PARTITION BY table_name, release_name) AS all_count,
           sum(CASE WHEN area IS NULL THEN 0 ELSE row_count END)
               OVER (PARTITION BY table_name, release_name) AS stated_count
    FROM by_area
),
found AS (
    SELECT table_name, release_name, area
    FROM shared
    WHERE area IS NOT NULL
      AND row_count * 100 >= stated_count * 99
      AND stated_count * 10 >= all_count * 9
)
SELECT r.table_name, r.release_name,
       CASE WHEN coalesce(s.area, f.area) IS NULL THEN 'national' ELSE 'regional' END AS scope,
       coalesce(s.area, f.area) AS area,
       min(p.priority) AS priority
FROM (SELECT DISTINCT table_name, release_name FROM event_day) AS r
LEFT JOIN stated AS s ON s.table_name = r.table_name AND s.release_name = r.release_name
LEFT JOIN found AS f ON f.table_name = r.table_name AND f.release_name = r.release_name
LEFT JOIN study_release AS p ON p.table_name = r.table_name
                            AND p.release_name = r.release_name
GROUP BY r.table_name, r.release_name, s.area, f.area;
