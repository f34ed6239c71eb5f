-- one row per dated {table} of a repeated id: how far an episode that begins with it reaches
-- `next_position` is the first row more than 24 hours (a day) later. A chain breaks where
-- the row before is more than 24 hours away: no episode goes on beyond it.
CREATE OR REPLACE TEMP TABLE {table}_reach AS
SELECT sheet_id, row, release, id, position,
       CAST(max(position) OVER (PARTITION BY release, id ORDER BY moment
                                RANGE BETWEEN CURRENT ROW
                                AND INTERVAL '24' HOUR FOLLOWING) + 1
            AS INTEGER) AS next_position,
       CASE WHEN lag(moment) OVER (PARTITION BY release, id ORDER BY position)
                 >= moment - INTERVAL '24' HOUR
            THEN 0 ELSE 1 END AS begins_chain
FROM {table}_dated;
