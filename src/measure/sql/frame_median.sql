-- One row per record that the serving release covers: its key and its value, sorted. $1 and
-- $2 bound the day, NULL leaves it open.
WITH record AS (
{record}
), segment AS (
{serving}
), own AS (
    SELECT release_name, min(area) AS area
    FROM segment
    WHERE scope = 'regional'
    GROUP BY release_name
)
SELECT {keys} p.hit
FROM (
    SELECT {expressions} r.hit, r.release_name,
        CASE WHEN {with_regional} AND g.release_name IS NOT NULL THEN g.release_name
            ELSE n.release_name END AS serving
    FROM record AS r
    LEFT JOIN own ON own.release_name = r.release_name
{joins}
    LEFT JOIN segment AS n ON n.scope = 'national'
        AND r.day BETWEEN n.serves_first AND n.serves_last
    LEFT JOIN segment AS g ON g.scope = 'regional' AND g.area = {area}
        AND r.day BETWEEN g.serves_first AND g.serves_last
    WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
        AND r.hit IS NOT NULL
{conditions}
) AS p
WHERE p.serving = p.release_name
ORDER BY {keys} p.hit
