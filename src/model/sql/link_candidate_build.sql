-- one row per arrest and stay of the same release and id that may belong together
-- Book-in from 120 hours before to 240 hours after the arrest. Without a time of day on
-- both sides the lag counts whole days. Only the kept row of an arrest episode takes part.
CREATE OR REPLACE TEMP TABLE link_candidate AS
WITH kept AS (
    SELECT a.sheet_id, a.row, a.place, a.release, a.id, a.event_date, a.event_time
    FROM arrest_event AS a
    JOIN arrest_flag_row AS f ON f.sheet_id = a.sheet_id AND f.row = a.row
    WHERE a.id IS NOT NULL AND a.event_date IS NOT NULL AND NOT f.duplicate_drop_row
),
stay AS (
    SELECT stay_number, release, id, coalesce(stay_in_stated, in_first) AS stay_in
    FROM stay_number
    WHERE id IS NOT NULL
),
pair AS (
    SELECT a.sheet_id, a.row, a.place, s.stay_number,
           CASE WHEN a.event_time IS NULL
                     OR s.stay_in = CAST(CAST(s.stay_in AS DATE) AS TIMESTAMP)
                THEN 24.0 * (CAST(s.stay_in AS DATE) - a.event_date)
                ELSE EXTRACT(EPOCH FROM s.stay_in - a.event_time) / 3600.0
                END AS lag_hours
    FROM kept AS a
    JOIN stay AS s ON s.release = a.release AND s.id = a.id
)
SELECT sheet_id, row, place, stay_number, lag_hours
FROM pair
WHERE lag_hours BETWEEN -120 AND 240;
