-- one row per {table} with an id: its episode, and whether it repeats an earlier row of it
-- The first row of an episode{of_each} is kept. Without a date nothing can be said:
-- likely is then unknown and nothing is dropped.
INSERT INTO {table}_flag_row (sheet_id, row, episode, duplicate_likely,
                              duplicate_episode_first, duplicate_drop_row, reason,
                              rule_version)
WITH member AS (
    SELECT sheet_id, row, is_reprocessed, episode,
           count(*) OVER (PARTITION BY release, id, episode{carried}) AS size,
           row_number() OVER (PARTITION BY release, id, episode{carried}
                              ORDER BY position) AS rank
    FROM {table}_episode
),
single AS (
    SELECT v.sheet_id, v.row, v.is_reprocessed
    FROM {table}_event AS v
    LEFT JOIN {table}_repeated AS p ON p.release = v.release AND p.id = v.id
    WHERE v.id IS NOT NULL AND v.event_date IS NOT NULL AND p.id IS NULL
),
undated AS (
    SELECT v.sheet_id, v.row, v.place, v.release, v.id, v.is_reprocessed
    FROM {table}_event AS v
    WHERE v.id IS NOT NULL AND v.event_date IS NULL
),
last_episode AS (
    SELECT u.release, u.id, max(coalesce(e.episode, 1)) AS episode
    FROM (SELECT DISTINCT release, id FROM undated) AS u
    JOIN {table}_event AS v ON v.release = u.release AND v.id = u.id
                           AND v.event_date IS NOT NULL
    LEFT JOIN {table}_episode AS e ON e.sheet_id = v.sheet_id AND e.row = v.row
    GROUP BY u.release, u.id
)
SELECT sheet_id, row, episode, size > 1, rank = 1, rank > 1,
       CASE WHEN is_reprocessed THEN 'reprocessed'
            WHEN size = 1 THEN 'alone'
            WHEN rank = 1 THEN 'kept'
            ELSE '{reason}' END, $1
FROM member
UNION ALL
SELECT sheet_id, row, 1, FALSE, TRUE, FALSE,
       CASE WHEN is_reprocessed THEN 'reprocessed' ELSE 'alone' END, $1
FROM single
UNION ALL
SELECT u.sheet_id, u.row,
       coalesce(l.episode, 0)
       + row_number() OVER (PARTITION BY u.release, u.id ORDER BY u.place, u.row),
       NULL, TRUE, FALSE,
       CASE WHEN u.is_reprocessed THEN 'reprocessed' ELSE 'no_date' END, $1
FROM undated AS u
LEFT JOIN last_episode AS l ON l.release = u.release AND l.id = u.id;
