-- One row per key, as in frame_served.sql, for a measure that looks at each record by itself:
-- records alike in the numbers of their texts are counted first, and texts, days and stretches
-- are looked at once for all of them.
WITH segment AS (
{serving}
), own AS (
    SELECT release_name, min(area) AS area
    FROM segment
    WHERE scope = 'regional'
    GROUP BY release_name
), coded AS MATERIALIZED (
    SELECT r.sheet_id{columns}, count(*) AS record_count
    FROM (
{rows}
    ) AS r
    WHERE TRUE{dated}
    GROUP BY r.sheet_id{columns}
), asked AS (
    SELECT p.*
    FROM (
        SELECT r.sheet_id{asked_columns}, {period} r.hit, r.base, r.release_name,
            CASE WHEN {with_regional} AND g.release_name IS NOT NULL THEN g.release_name
                ELSE n.release_name END AS serving,
            g.release_name IS NULL AND n.release_name IS NULL AS is_stray
        FROM (
{record}
        ) AS r
        LEFT JOIN own ON own.release_name = r.release_name
        LEFT JOIN segment AS n ON n.scope = 'national'
            AND r.day BETWEEN n.serves_first AND n.serves_last
        LEFT JOIN segment AS g ON g.scope = 'regional' AND g.area = {area}
            AND r.day BETWEEN g.serves_first AND g.serves_last
        WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
    ) AS p
    WHERE p.serving = p.release_name
        OR (p.is_stray AND p.release_name IN (
            SELECT s.release_name FROM segment AS s
            WHERE s.scope = 'national' OR {with_regional}))
){labels}
SELECT {keys} {shown}
FROM (
    SELECT {numbers}
{sums}
    FROM coded AS r
    JOIN asked AS a ON a.sheet_id = r.sheet_id{asked_match}
{joins}
    WHERE TRUE
{conditions}
    {group}
) AS p
{texts}
