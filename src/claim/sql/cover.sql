-- one row per release of a table and stretch of days it covers; serves when it is counted. The
-- area of a regional release stands last.
SELECT release_name, first_day, last_day,
    max(CASE WHEN serves_first IS NOT NULL THEN 1 ELSE 0 END) AS serves,
    max(CASE WHEN scope = 'regional' THEN replace(area, ' Area of Responsibility', '') END) AS area
FROM coverage
WHERE table_name = $1 AND first_day IS NOT NULL
GROUP BY release_name, first_day, last_day
ORDER BY first_day, last_day, release_name
