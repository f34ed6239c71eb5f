-- one row per release and id with more than one dated row of {table}
-- Most ids have one: only the others are sorted and compared.
CREATE OR REPLACE TEMP TABLE {table}_repeated AS
SELECT release, id
FROM {table}_event
WHERE id IS NOT NULL AND event_date IS NOT NULL
GROUP BY release, id
HAVING count(*) > 1;
