-- one row per {table} with an id and a date: its episode
-- An episode holds the rows of one id that lie within 24 hours of its FIRST row (within one
-- day, where the rows have no time of day). A rule that measures from the row before lets
-- a chain of any length become one episode; this one cannot span more than 24 hours.
-- Times count only where every dated row of the id has one: a time cannot be compared with
-- a bare day. `position` orders the rows of an id, `chain` parts them wherever the gap to
-- the row before is too long, and `anchor` walks from first row to first row in a chain.
CREATE OR REPLACE TEMP TABLE {table}_episode AS
WITH RECURSIVE dated AS (
    SELECT sheet_id, row, place, release_name, id, is_reprocessed{carried},
           CASE WHEN min(CASE WHEN event_time IS NULL THEN 0 ELSE 1 END)
                     OVER (PARTITION BY release_name, id) = 1
                THEN event_time
                ELSE CAST(event_date AS TIMESTAMP) END AS moment,
           row_number() OVER (PARTITION BY release_name, id
                              ORDER BY coalesce(event_time, CAST(event_date AS TIMESTAMP)),
                                       is_reprocessed, place, row) AS position
    FROM {table}_event
    WHERE id IS NOT NULL AND event_date IS NOT NULL
),
reach AS (
    SELECT *,
           max(position) OVER (PARTITION BY release_name, id ORDER BY moment
                               RANGE BETWEEN CURRENT ROW
                               AND INTERVAL '24' HOUR FOLLOWING) + 1 AS next_position,
           CASE WHEN lag(moment) OVER (PARTITION BY release_name, id ORDER BY position)
                     >= moment - INTERVAL '24' HOUR
                THEN 0 ELSE 1 END AS begins_chain
    FROM dated
),
chained AS (
    SELECT *,
           sum(begins_chain) OVER (PARTITION BY release_name, id ORDER BY position) AS chain
    FROM reach
),
anchor AS (
    SELECT release_name, id, chain, position, next_position
    FROM chained
    WHERE begins_chain = 1
    UNION ALL
    SELECT c.release_name, c.id, c.chain, c.position, c.next_position
    FROM anchor AS a
    JOIN chained AS c ON c.release_name = a.release_name AND c.id = a.id
                     AND c.chain = a.chain AND c.position = a.next_position
)
SELECT c.*,
       count(a.position) OVER (PARTITION BY c.release_name, c.id
                               ORDER BY c.position) AS episode
FROM chained AS c
LEFT JOIN anchor AS a ON a.release_name = c.release_name AND a.id = c.id
                     AND a.position = c.position;
