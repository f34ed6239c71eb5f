-- one row per arrest and stay that are each other's best among those still free
-- There is one order of preference, for arrests and stays alike: least distance, then the
-- earlier stay, then provenance of the arrest, then of the stay (stays are numbered by
-- book-in and provenance). Run until it adds none: since both sides prefer by the same
-- order, this is the one matching in which no arrest and stay would rather have each other.
INSERT INTO arrest_stay (sheet_id, row, stay_number, lag_hours, round, reason, rule_version)
WITH free AS (
    SELECT c.sheet_id, c.row, c.stay_number, c.lag_hours,
           row_number() OVER (PARTITION BY c.sheet_id, c.row
                              ORDER BY abs(c.lag_hours), c.stay_number) AS arrest_rank,
           row_number() OVER (PARTITION BY c.stay_number
                              ORDER BY abs(c.lag_hours), c.place, c.row) AS stay_rank
    FROM link_candidate AS c
    LEFT JOIN arrest_stay AS a ON a.sheet_id = c.sheet_id AND a.row = c.row
    LEFT JOIN arrest_stay AS s ON s.stay_number = c.stay_number
    WHERE a.row IS NULL AND s.row IS NULL
)
SELECT sheet_id, row, stay_number, lag_hours, $2,
       CASE WHEN $2 = 1 THEN 'closest_both_ways' ELSE 'next_closest' END, $1
FROM free
WHERE arrest_rank = 1 AND stay_rank = 1;
