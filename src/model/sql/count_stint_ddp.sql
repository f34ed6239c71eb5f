-- one row per release of spells: what the two steps of the Deportation Data Project drop
-- Step 1 drops rows equal but for bond, step 2 keeps the last row of an id, facility,
-- book-in day and stay. In August 2026 `likely` covers step 2 only.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH spell AS (
    SELECT v.release, v.id, v.facility, v.event_date, v.stay_in, q.rank AS equal_rank
    FROM stint_equal AS q
    JOIN stint_event AS v ON v.sheet_id = q.sheet_id AND v.row = q.row
),
first AS (
    SELECT release, sum(CASE WHEN equal_rank > 1 THEN 1 ELSE 0 END) AS drop_count
    FROM spell
    GROUP BY release
),
day AS (
    SELECT release, count(*) - 1 AS drop_count
    FROM spell
    WHERE equal_rank = 1
    GROUP BY release, id, facility, event_date, stay_in
),
second AS (
    SELECT release, sum(drop_count) AS drop_count
    FROM day
    GROUP BY release
),
total AS (
    SELECT t.release_name, t.row_count, t.id_count,
           coalesce(f.drop_count, 0) AS first_count,
           coalesce(s.drop_count, 0) AS second_count
    FROM (SELECT release, release_name, count(*) AS row_count, count(id) AS id_count
          FROM stint_event
          GROUP BY release, release_name) AS t
    LEFT JOIN first AS f ON f.release = t.release
    LEFT JOIN second AS s ON s.release = t.release
)
SELECT 'stint', release_name, $1, row_count, row_count - id_count,
       CASE WHEN id_count > 0 THEN row_count - first_count - second_count END,
       CASE WHEN id_count > 0 THEN {first_step_likely} * first_count + second_count END,
       CASE WHEN id_count > 0 THEN first_count + second_count END,
       row_count - first_count - second_count
FROM total;
