-- One row per key: hits and base of records that the serving release covers, hits of all
-- records, and the count of records. $1 and $2 bound the day, NULL leaves it open.
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
SELECT {keys}
    sum(CASE WHEN c.release_name IS NOT NULL THEN r.hit END) AS hits_served,
    sum(CASE WHEN c.release_name IS NOT NULL THEN r.base END) AS base_served,
    sum(r.hit) AS hits,
    sum(r.base) AS base,
    count(*) AS record_count
FROM record AS r
LEFT JOIN own ON own.release_name = r.release_name
{joins}
LEFT JOIN segment AS c ON r.day BETWEEN c.serves_first AND c.serves_last
    AND (c.scope = 'national' OR c.area = {area})
WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
    AND ((c.release_name = r.release_name AND (c.scope = 'national' OR {with_regional}))
        OR (c.release_name IS NULL AND r.release_name IN (
            SELECT s.release_name FROM segment AS s
            WHERE s.scope = 'national' OR {with_regional})))
{conditions}
{group}
