-- one row per {table} with an id: its day within its id, and whether it repeats a row of that day
-- Rows of one id with the same {date} are one episode; one row of it is kept, the {kept}
-- by {order} and then by provenance. Without a date nothing can be said.
INSERT INTO {table}_flag_row (sheet_id, row, episode, duplicate_likely,
                              duplicate_episode_first, duplicate_drop_row, reason,
                              rule_version)
WITH numbered AS (
    SELECT sheet_id, row, place, {date} AS day, {order} AS moment, release, id,
           dense_rank() OVER (PARTITION BY release, id
                              ORDER BY {date} NULLS LAST) AS day_number,
           row_number() OVER (PARTITION BY release, id, {date}
                              ORDER BY place, row) AS undated_number
    FROM {table}_event
    WHERE id IS NOT NULL
),
member AS (
    SELECT sheet_id, row, day, day_number, undated_number,
           count(*) OVER (PARTITION BY release, id, day) AS size,
           row_number() OVER (PARTITION BY release, id, day
                              ORDER BY moment NULLS LAST, place, row) AS rank_first,
           row_number() OVER (PARTITION BY release, id, day
                              ORDER BY moment DESC NULLS LAST, place DESC, row DESC) AS rank_last
    FROM numbered
)
SELECT sheet_id, row,
       CASE WHEN day IS NULL THEN day_number + undated_number - 1 ELSE day_number END,
       CASE WHEN day IS NULL THEN NULL ELSE size > 1 END,
       day IS NULL OR rank_first = 1,
       day IS NOT NULL AND rank_{kept} > 1,
       CASE WHEN day IS NULL THEN 'no_date'
            WHEN size = 1 THEN 'alone'
            WHEN rank_{kept} = 1 THEN 'kept'
            ELSE '{reason}' END, $1
FROM member;
