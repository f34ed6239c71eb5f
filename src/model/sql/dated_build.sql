-- one row per {table} of a repeated id with a date: its moment and its position in its id
-- Times count only where every dated row of the id has one: a time cannot be compared with
-- a bare day. A reprocessed arrest comes last among equal times.
CREATE OR REPLACE TEMP TABLE {table}_dated AS
SELECT v.sheet_id, v.row, v.release, v.id, v.is_reprocessed{carried},
       CASE WHEN min(CASE WHEN v.event_time IS NULL THEN 0 ELSE 1 END)
                 OVER (PARTITION BY v.release, v.id) = 1
            THEN v.event_time
            ELSE CAST(v.event_date AS TIMESTAMP) END AS moment,
       CAST(row_number() OVER (PARTITION BY v.release, v.id
                               ORDER BY coalesce(v.event_time,
                                                 CAST(v.event_date AS TIMESTAMP)),
                                        v.is_reprocessed, v.place, v.row)
            AS INTEGER) AS position
FROM {table}_event AS v
JOIN {table}_repeated AS p ON p.release = v.release AND p.id = v.id
WHERE v.event_date IS NOT NULL;
