-- one row per table, release, span it covers and part of that span for which it serves
-- For a day the national release serves that the study file puts first, else the one that
-- reaches furthest, else the one with the greater name. A regional release serves its area
-- where no national one covers the day, or where the study file puts it before that one.
-- So who wants the row for a day and an area takes the regional release that serves them,
-- and the national one where there is none. Rows dated outside every span are served by
-- nobody: they are no part of a covered day.
INSERT INTO coverage (table_name, release_name, scope, area, first_day, last_day,
                      serves_first, serves_last, rows)
WITH counted AS (
    SELECT s.table_name, s.release_name, s.part, s.first_day, s.last_day,
           sum(CASE WHEN d.day BETWEEN s.first_day AND s.last_day
                    THEN d.row_count ELSE 0 END) AS row_count
    FROM coverage_span AS s
    LEFT JOIN event_day AS d ON d.table_name = s.table_name
                            AND d.release_name = s.release_name
    GROUP BY s.table_name, s.release_name, s.part, s.first_day, s.last_day
),
span AS (
    SELECT c.table_name, c.release_name, c.part, c.first_day, c.last_day, c.row_count,
           o.scope, o.area, o.priority,
           max(c.last_day) OVER (PARTITION BY c.table_name, c.release_name) AS release_last
    FROM counted AS c
    JOIN coverage_scope AS o ON o.table_name = c.table_name
                            AND o.release_name = c.release_name
),
point AS (
    SELECT table_name, first_day AS day FROM span
    UNION
    SELECT table_name, last_day + 1 FROM span
),
segment AS (
    SELECT table_name, day AS first_day,
           lead(day) OVER (PARTITION BY table_name ORDER BY day) - 1 AS last_day
    FROM point
),
candidate AS (
    SELECT s.*, g.first_day AS segment_first, g.last_day AS segment_last,
           row_number() OVER (PARTITION BY s.table_name, s.scope, s.area, g.first_day
                              ORDER BY s.priority NULLS LAST, s.release_last DESC,
                                       s.release_name DESC) AS rank
    FROM span AS s
    JOIN segment AS g ON g.table_name = s.table_name
                     AND g.first_day >= s.first_day AND g.last_day <= s.last_day
),
winner AS (
    SELECT c.*
    FROM candidate AS c
    LEFT JOIN candidate AS n ON n.table_name = c.table_name AND n.scope = 'national'
                            AND n.segment_first = c.segment_first AND n.rank = 1
    WHERE c.rank = 1
      AND (c.scope = 'national' OR n.table_name IS NULL
           OR c.priority < coalesce(n.priority, c.priority + 1))
),
joined AS (
    SELECT *,
           CASE WHEN lag(segment_last) OVER (PARTITION BY table_name, release_name, part
                                             ORDER BY segment_first) = segment_first - 1
                THEN 0 ELSE 1 END AS begins
    FROM winner
),
numbered AS (
    SELECT *,
           sum(begins) OVER (PARTITION BY table_name, release_name, part
                             ORDER BY segment_first) AS run
    FROM joined
),
served AS (
    SELECT table_name, release_name, part,
           min(segment_first) AS serves_first, max(segment_last) AS serves_last
    FROM numbered
    GROUP BY table_name, release_name, part, run
)
SELECT s.table_name, s.release_name, s.scope, s.area, s.first_day, s.last_day,
       v.serves_first, v.serves_last, s.row_count
FROM span AS s
LEFT JOIN served AS v ON v.table_name = s.table_name AND v.release_name = s.release_name
                     AND v.part = s.part
ORDER BY s.table_name, s.release_name, s.first_day, v.serves_first;
