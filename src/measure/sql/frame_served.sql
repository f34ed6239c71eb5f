-- One row per key: hits and base of records that the serving release covers, hits of all
-- records, the count of records, and that of records whose release has no column for a
-- condition. $1 and $2 bound the day, NULL leaves it open.
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
SELECT {keys}
    sum(CASE WHEN p.serving IS NOT NULL AND p.is_met THEN p.hit END) AS hits_served,
    sum(CASE WHEN p.serving IS NOT NULL AND p.is_met THEN p.base END) AS base_served,
    sum(CASE WHEN p.is_met THEN p.hit END) AS hits,
    sum(CASE WHEN p.is_met THEN p.base END) AS base,
    count(CASE WHEN p.is_met THEN 1 END) AS record_count,
    count(CASE WHEN NOT p.is_met THEN 1 END) AS unrecorded_count
FROM (
    SELECT {expressions} r.hit, r.base, r.release_name,
        CASE WHEN {with_regional} AND g.release_name IS NOT NULL THEN g.release_name
            ELSE n.release_name END AS serving,
        g.release_name IS NULL AND n.release_name IS NULL AS is_stray,
        TRUE{met} AS is_met
    FROM record AS r
    LEFT JOIN own ON own.release_name = r.release_name
{joins}
    LEFT JOIN segment AS n ON n.scope = 'national'
        AND r.day BETWEEN n.serves_first AND n.serves_last
    LEFT JOIN segment AS g ON g.scope = 'regional' AND g.area = {area}
        AND r.day BETWEEN g.serves_first AND g.serves_last
    WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
{conditions}
) AS p
WHERE p.serving = p.release_name
    OR (p.is_stray AND p.release_name IN (
        SELECT s.release_name FROM segment AS s
        WHERE s.scope = 'national' OR {with_regional}))
{group}
