-- One row per stretch of days that one release covers for a table, served by it or not.
SELECT DISTINCT release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
    first_day, last_day
FROM coverage
WHERE table_name = $1 AND release_name = $2 AND first_day IS NOT NULL
ORDER BY first_day, release_name
