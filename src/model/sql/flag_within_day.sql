-- one row per {table}: its episode, and whether it repeats an earlier row of it
-- The first row of an episode{of_each} is kept. Without an id nothing can be said:
-- likely is then unknown and nothing is dropped. The same holds without a date.
INSERT INTO {table}_flag (sheet_id, row, episode, duplicate_likely, duplicate_episode_first,
                          duplicate_drop_row, reason, rule_version)
WITH member AS (
    SELECT sheet_id, row, is_reprocessed, episode,
           count(*) OVER (PARTITION BY release_name, id, episode{carried}) AS size,
           row_number() OVER (PARTITION BY release_name, id, episode{carried}
                              ORDER BY position) AS rank
    FROM {table}_episode
),
last_episode AS (
    SELECT release_name, id, max(episode) AS episode
    FROM {table}_episode
    GROUP BY release_name, id
),
undated AS (
    SELECT v.sheet_id, v.row, v.is_reprocessed,
           coalesce(l.episode, 0)
           + row_number() OVER (PARTITION BY v.release_name, v.id
                                ORDER BY v.place, v.row) AS episode
    FROM {table}_event AS v
    LEFT JOIN last_episode AS l ON l.release_name = v.release_name AND l.id = v.id
    WHERE v.id IS NOT NULL AND v.event_date IS NULL
)
SELECT sheet_id, row, episode, size > 1, rank = 1, rank > 1,
       CASE WHEN is_reprocessed THEN 'reprocessed'
            WHEN size = 1 THEN 'alone'
            WHEN rank = 1 THEN 'kept'
            ELSE '{reason}' END, $1
FROM member
UNION ALL
SELECT sheet_id, row, episode, NULL, TRUE, FALSE,
       CASE WHEN is_reprocessed THEN 'reprocessed' ELSE 'no_date' END, $1
FROM undated
UNION ALL
SELECT sheet_id, row, 1, NULL, TRUE, FALSE,
       CASE WHEN is_reprocessed THEN 'reprocessed' ELSE 'no_id' END, $1
FROM {table}_event
WHERE id IS NULL;
