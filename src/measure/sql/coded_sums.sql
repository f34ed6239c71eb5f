-- of a group: hits and base served, those of all records, and how many records there are, and are served
sum(CASE WHEN a.serving IS NOT NULL{met} THEN a.hit * r.record_count END) AS hits_served,
sum(CASE WHEN a.serving IS NOT NULL{met} THEN a.base * r.record_count END) AS base_served,
sum(CASE WHEN TRUE{met} THEN a.hit * r.record_count END) AS hits,
sum(CASE WHEN TRUE{met} THEN a.base * r.record_count END) AS base,
CAST(coalesce(sum(CASE WHEN TRUE{met} THEN r.record_count END), 0) AS BIGINT)
    AS record_count,
CAST(coalesce(sum(CASE WHEN NOT (TRUE{met}) THEN r.record_count END), 0) AS BIGINT)
    AS unrecorded_count,
CAST(coalesce(sum(CASE WHEN a.serving IS NOT NULL{met} THEN r.record_count END), 0)
    AS BIGINT) AS record_served
