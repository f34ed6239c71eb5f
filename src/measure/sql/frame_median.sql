-- One row per record that the serving release covers: its key and its value, sorted. $1 and
-- $2 bound the day, NULL leaves it open.
WITH record AS (
{record}
), segment AS (
    SELECT release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
        serves_first, serves_last
    FROM coverage
    WHERE table_name = {table} AND serves_first IS NOT NULL
), own AS (
    SELECT release_name, min(area) AS area
    FROM segment
    WHERE scope = 'regional'
    GROUP BY release_name
)
SELECT {keys} r.hit
FROM record AS r
LEFT JOIN own ON own.release_name = r.release_name
{joins}
JOIN segment AS c ON r.day BETWEEN c.serves_first AND c.serves_last
    AND c.release_name = r.release_name
    AND (c.scope = 'national' OR (c.area = {area} AND {with_regional}))
WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2) AND r.hit IS NOT NULL
{conditions}
ORDER BY {order} r.hit
