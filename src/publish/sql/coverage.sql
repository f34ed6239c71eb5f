-- one row per table, release and stretch of days
SELECT table_name, release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
    first_day, last_day, serves_first, serves_last, rows
FROM coverage
ORDER BY table_name, scope, first_day, release_name, serves_first
