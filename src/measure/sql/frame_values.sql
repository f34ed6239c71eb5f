-- One row per value that a dimension has anywhere in the study, whichever release and day.
-- Records alike in what the dimension looks at are one first, so that it is worked out once
-- for all of them.
WITH record AS (
{record}
), own AS (
    SELECT release_name, min(replace(area, ' Area of Responsibility', '')) AS area
    FROM coverage
    WHERE table_name = {table} AND scope = 'regional'
    GROUP BY release_name
)
SELECT DISTINCT {expressions}
FROM (SELECT DISTINCT r.release_name{columns} FROM record AS r) AS r
LEFT JOIN own ON own.release_name = r.release_name
{joins}
ORDER BY 1
