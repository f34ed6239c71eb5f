-- one row per release of spells: what the two steps of the Deportation Data Project drop
-- Step 1 drops rows equal but for bond, step 2 keeps the last row of an id, facility,
-- book-in day and stay. In August 2026 `likely` covers step 2 only.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH spell AS (
    SELECT v.release_name, v.id, v.facility, v.event_date, v.stay_in,
           coalesce(q.rank, 1) AS equal_rank
    FROM stint_event AS v
    LEFT JOIN stint_equal AS q ON q.sheet_id = v.sheet_id AND q.row = v.row
),
step AS (
    SELECT release_name,
           sum(CASE WHEN id IS NOT NULL AND equal_rank > 1 THEN 1 ELSE 0 END) AS first_count,
           count(*) AS row_count, count(id) AS id_count
    FROM spell
    GROUP BY release_name
),
day AS (
    SELECT release_name, count(*) - 1 AS drop_count
    FROM spell
    WHERE id IS NOT NULL AND equal_rank = 1
    GROUP BY release_name, id, facility, event_date, stay_in
),
second AS (
    SELECT release_name, sum(drop_count) AS drop_count
    FROM day
    GROUP BY release_name
)
SELECT 'stint', s.release_name, $1, s.row_count, s.row_count - s.id_count,
       CASE WHEN s.id_count > 0
            THEN s.row_count - s.first_count - coalesce(d.drop_count, 0) END,
       CASE WHEN s.id_count > 0
            THEN {first_step_likely} * s.first_count + coalesce(d.drop_count, 0) END,
       CASE WHEN s.id_count > 0 THEN s.first_count + coalesce(d.drop_count, 0) END,
       s.row_count - s.first_count - coalesce(d.drop_count, 0)
FROM step AS s
LEFT JOIN second AS d ON d.release_name = s.release_name;
