-- One row per key, state, day of the end (NULL: not known) and length of follow-up of the custody
-- requests that the serving release covers. $1 and $2 bound the day, NULL leaves it open; $3 is
-- the window for a stay, in days. Follow-up ends with the stays of the release, else with its
-- requests. Recorded is whether the sheet has the lift reason.
WITH served AS (
    SELECT release_name, serves_first, serves_last, last_day
    FROM coverage
    WHERE table_name = 'detainer' AND scope = 'national' AND serves_first IS NOT NULL
), ended AS (
    SELECT release_name, max(last_day) AS last_day
    FROM coverage
    WHERE table_name IN ('detainer', 'stint')
    GROUP BY release_name
), request AS (
    SELECT r.*, r.detainer_prepare_date AS day, e.last_day,
        q.sheet_id IS NOT NULL AS recorded
    FROM detainer AS r
    JOIN served AS c ON c.release_name = r.release_name
        AND r.detainer_prepare_date BETWEEN c.serves_first AND c.serves_last
    JOIN ended AS e ON e.release_name = r.release_name
    LEFT JOIN sheet_column AS q ON q.sheet_id = r.sheet_id
        AND q.field = 'detainer_lift_reason'
    WHERE r.duplicate_drop_row IS NOT TRUE
        AND ($1 IS NULL OR r.detainer_prepare_date >= $1)
        AND ($2 IS NULL OR r.detainer_prepare_date <= $2)
), booked AS (
    SELECT r.sheet_id, r."row",
        min(date_diff('day', r.day, CAST(s.stay_book_in_date_time AS DATE))) AS days
    FROM request AS r
    JOIN stay AS s ON s.release_name = r.release_name
        AND s.unique_identifier = r.unique_identifier
    WHERE CAST(s.stay_book_in_date_time AS DATE) BETWEEN r.day AND r.day + CAST($3 AS INTEGER)
    GROUP BY r.sheet_id, r."row"
)
SELECT {expressions}
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 1
        WHEN lower(r.detainer_lift_reason) = 'booked into detention' OR b.days IS NOT NULL THEN 0
        WHEN NOT r.recorded THEN 5
        WHEN r.detainer_lift_reason IS NULL THEN 2
        WHEN r.detainer_lift_reason = 'redacted' THEN 4
        ELSE 3 END AS state,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN NULL ELSE b.days END
        AS days,
    greatest(date_diff('day', r.day, r.last_day), 0) AS follow,
    count(*) AS record_count
FROM request AS r
LEFT JOIN booked AS b ON b.sheet_id = r.sheet_id AND b."row" = r."row"
GROUP BY ALL
ORDER BY {keys} state, days NULLS FIRST, follow
