-- one row per release and id with more than one stay: how many
CREATE OR REPLACE TEMP TABLE stay_several AS
SELECT release, id, CAST(count(*) AS INTEGER) AS n_stays
FROM stay_number
WHERE id IS NOT NULL
GROUP BY release, id
HAVING count(*) > 1;
