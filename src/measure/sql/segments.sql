-- One row per stretch of days that a release serves for a table.
SELECT release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
    serves_first, serves_last
FROM coverage
WHERE table_name = $1 AND serves_first IS NOT NULL
ORDER BY serves_first, release_name
