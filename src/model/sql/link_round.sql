-- one row per arrest and stay that are each other's best among those still free
-- Run until it adds none: since both sides prefer by the same order, this is the one
-- matching in which no arrest and stay would both rather have each other.
INSERT INTO arrest_stay (sheet_id, row, stay_number, lag_hours, round, reason, rule_version)
WITH free AS (
    SELECT c.*,
           row_number() OVER (PARTITION BY c.sheet_id, c.row ORDER BY c.rank) AS arrest_rank,
           row_number() OVER (PARTITION BY c.stay_number ORDER BY c.rank) AS stay_rank
    FROM link_candidate AS c
    WHERE NOT EXISTS (SELECT 1 FROM arrest_stay AS l
                      WHERE l.sheet_id = c.sheet_id AND l.row = c.row)
      AND NOT EXISTS (SELECT 1 FROM arrest_stay AS l WHERE l.stay_number = c.stay_number)
)
SELECT sheet_id, row, stay_number, lag_hours, $2,
       CASE WHEN $2 = 1 THEN 'closest_both_ways' ELSE 'next_closest' END, $1
FROM free
WHERE arrest_rank = 1 AND stay_rank = 1;
