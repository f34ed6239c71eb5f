-- One row per key: hits and base of records that the serving release covers, hits of all
-- records, the count of records, that of records whose release has no column for a
-- condition, and that of records that the serving release covers. $1 and $2 bound the day,
-- NULL leaves it open. Records that are alike in all that the keys and conditions look at are
-- counted first, so that texts are compared and days are found in their stretch once for all of
-- them.
WITH record AS (
{record}
), segment AS (
{serving}
), own AS (
    SELECT release_name, min(area) AS area
    FROM segment
    WHERE scope = 'regional'
    GROUP BY release_name
), alike AS (
    SELECT r.release_name, r.day{columns},
        sum(r.hit) AS hit, sum(r.base) AS base, count(*) AS record_count
    FROM record AS r
    WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
    GROUP BY r.release_name, r.day{columns}
)
SELECT {keys}
    sum(CASE WHEN p.serving IS NOT NULL AND p.is_met THEN p.hit END) AS hits_served,
    sum(CASE WHEN p.serving IS NOT NULL AND p.is_met THEN p.base END) AS base_served,
    sum(CASE WHEN p.is_met THEN p.hit END) AS hits,
    sum(CASE WHEN p.is_met THEN p.base END) AS base,
    CAST(coalesce(sum(CASE WHEN p.is_met THEN p.record_count END), 0) AS BIGINT) AS record_count,
    CAST(coalesce(sum(CASE WHEN NOT p.is_met THEN p.record_count END), 0) AS BIGINT)
        AS unrecorded_count,
    CAST(coalesce(sum(CASE WHEN p.serving IS NOT NULL AND p.is_met THEN p.record_count END), 0)
        AS BIGINT) AS record_served
FROM (
    SELECT {expressions} r.hit, r.base, r.record_count, r.release_name,
        CASE WHEN {with_regional} AND g.release_name IS NOT NULL THEN g.release_name
            ELSE n.release_name END AS serving,
        g.release_name IS NULL AND n.release_name IS NULL AS is_stray,
        TRUE{met} AS is_met
    FROM alike AS r
    LEFT JOIN own ON own.release_name = r.release_name
{joins}
    LEFT JOIN segment AS n ON n.scope = 'national'
        AND r.day BETWEEN n.serves_first AND n.serves_last
    LEFT JOIN segment AS g ON g.scope = 'regional' AND g.area = {area}
        AND r.day BETWEEN g.serves_first AND g.serves_last
    WHERE TRUE
{conditions}
) AS p
WHERE p.serving = p.release_name
    OR (p.is_stray AND p.release_name IN (
        SELECT s.release_name FROM segment AS s
        WHERE s.scope = 'national' OR {with_regional}))
{group}
