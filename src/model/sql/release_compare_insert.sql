-- one row per table, pair of releases, month and area: the rows of both in the days that
-- both cover, side by side
-- Where one of the two is regional only its area is compared; a row without an area in a
-- regional release is of that area, in a national one it is "not stated".
INSERT INTO release_compare (table_name, release_a, release_b, month, area,
                             count_a, count_b)
WITH area_day AS (
    SELECT d.table_name, d.release_name, d.day,
           coalesce(d.area, s.area, 'not stated') AS area,
           sum(d.row_count) AS row_count
    FROM event_day AS d
    JOIN coverage_scope AS s ON s.table_name = d.table_name
                            AND s.release_name = d.release_name
    GROUP BY d.table_name, d.release_name, d.day, coalesce(d.area, s.area, 'not stated')
),
span AS (
    SELECT c.table_name, c.release_name, c.first_day, c.last_day, s.area
    FROM coverage_span AS c
    JOIN coverage_scope AS s ON s.table_name = c.table_name
                            AND s.release_name = c.release_name
),
overlap AS (
    SELECT a.table_name, a.release_name AS release_a, b.release_name AS release_b,
           greatest(a.first_day, b.first_day) AS first_day,
           least(a.last_day, b.last_day) AS last_day,
           coalesce(a.area, b.area) AS area
    FROM span AS a
    JOIN span AS b ON b.table_name = a.table_name AND b.release_name > a.release_name
                  AND b.first_day <= a.last_day AND b.last_day >= a.first_day
                  AND (a.area IS NULL OR b.area IS NULL OR a.area = b.area)
),
side AS (
    SELECT o.table_name, o.release_a, o.release_b, d.day, d.area,
           d.row_count AS count_a, 0 AS count_b
    FROM overlap AS o
    JOIN area_day AS d ON d.table_name = o.table_name AND d.release_name = o.release_a
                      AND d.day BETWEEN o.first_day AND o.last_day
                      AND (o.area IS NULL OR d.area = o.area)
    UNION ALL
    SELECT o.table_name, o.release_a, o.release_b, d.day, d.area, 0, d.row_count
    FROM overlap AS o
    JOIN area_day AS d ON d.table_name = o.table_name AND d.release_name = o.release_b
                      AND d.day BETWEEN o.first_day AND o.last_day
                      AND (o.area IS NULL OR d.area = o.area)
)
SELECT table_name, release_a, release_b, CAST(date_trunc('month', day) AS DATE), area,
       sum(count_a), sum(count_b)
FROM side
GROUP BY table_name, release_a, release_b, CAST(date_trunc('month', day) AS DATE), area
ORDER BY 1, 2, 3, 4, 5;
