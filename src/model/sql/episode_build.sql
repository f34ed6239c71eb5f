-- one row per dated {table} of a repeated id: its episode, and its chain
-- An episode holds the rows of one id that lie within 24 hours of its FIRST row (within one
-- day, where the rows have no time of day). A rule that measures from the row before lets
-- a chain of any length become one episode; this one cannot span more than 24 hours.
-- `anchor` walks from first row to first row inside each chain; most chains are one episode,
-- so the walk is short.
CREATE OR REPLACE TEMP TABLE {table}_episode AS
WITH RECURSIVE anchor AS (
    SELECT release, id, position, next_position
    FROM {table}_reach
    WHERE begins_chain = 1
    UNION ALL
    SELECT c.release, c.id, c.position, c.next_position
    FROM anchor AS a
    JOIN {table}_reach AS c ON c.release = a.release AND c.id = a.id
                           AND c.position = a.next_position
    WHERE c.begins_chain = 0
)
SELECT d.*,
       CAST(sum(r.begins_chain) OVER (PARTITION BY d.release, d.id
                                      ORDER BY d.position) AS INTEGER) AS chain,
       CAST(count(a.position) OVER (PARTITION BY d.release, d.id
                                    ORDER BY d.position) AS INTEGER) AS episode
FROM {table}_dated AS d
JOIN {table}_reach AS r ON r.sheet_id = d.sheet_id AND r.row = d.row
LEFT JOIN anchor AS a ON a.release = d.release AND a.id = d.id
                     AND a.position = d.position;
