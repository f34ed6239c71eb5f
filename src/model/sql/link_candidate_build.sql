-- one row per arrest and stay of the same release and id that may belong together
-- Book-in from 120 hours before to 240 hours after the arrest. Without a time of day on
-- both sides the lag counts whole days. Only the kept row of an arrest episode takes part.
-- `rank` is the one order of preference, for arrests and stays alike: least distance, then
-- the earlier stay, then provenance of the arrest and of the stay.
CREATE OR REPLACE TEMP TABLE link_candidate AS
WITH pair AS (
    SELECT a.sheet_id, a.row, a.place, s.stay_number, s.stay_book_in_date_time,
           p.place AS stay_place, s.row AS stay_row,
           CASE WHEN a.event_time IS NULL
                     OR s.stay_book_in_date_time
                        = CAST(CAST(s.stay_book_in_date_time AS DATE) AS TIMESTAMP)
                THEN 24.0 * (CAST(s.stay_book_in_date_time AS DATE) - a.event_date)
                ELSE EXTRACT(EPOCH FROM s.stay_book_in_date_time - a.event_time) / 3600.0
                END AS lag_hours
    FROM arrest_event AS a
    JOIN arrest_flag AS f ON f.sheet_id = a.sheet_id AND f.row = a.row
    JOIN stay_row AS s ON s.unique_identifier = a.id
    JOIN sheet_place AS p ON p.sheet_id = s.sheet_id AND p.release_name = a.release_name
    WHERE a.event_date IS NOT NULL AND NOT f.duplicate_drop_row
)
SELECT sheet_id, row, stay_number, lag_hours,
       row_number() OVER (ORDER BY abs(lag_hours), stay_book_in_date_time, place, row,
                                   stay_place, stay_row) AS rank
FROM pair
WHERE lag_hours BETWEEN -120 AND 240;
