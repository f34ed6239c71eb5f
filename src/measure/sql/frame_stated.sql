-- One row per key: the sum of hits and base as published, and the count of cells. $1 and $2
-- bound the day, NULL leaves it open.
WITH record AS (
{record}
)
SELECT {expressions}
    sum(r.hit) AS hits_served, sum(r.base) AS base_served,
    sum(r.hit) AS hits, sum(r.base) AS base,
    count(*) AS record_count, 0 AS unrecorded_count,
    count(*) AS record_served
FROM record AS r
{joins}
WHERE ($1 IS NULL OR r.day >= $1) AND ($2 IS NULL OR r.day <= $2)
{conditions}
{group}
