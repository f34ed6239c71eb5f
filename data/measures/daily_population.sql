-- One row per month, arresting agency and criminality that the agency's statistics give.
-- title: Average daily population in detention, the agency's own statistics
-- unit: people
-- table: custody_statistic
-- kind: mean
-- numerator: average daily population as the agency published it
-- denominator:
-- interval: none
-- caveats: A published average, not records. It leaves out hold rooms, so counts from records are higher. An average over several months weighs each month by its days.
-- source: the agency's detention statistics, by fiscal year
SELECT r.*, r.month_first AS day, r.value * extract(day FROM r.month_first + INTERVAL 1 MONTH - INTERVAL 1 DAY) AS hit, extract(day FROM r.month_first + INTERVAL 1 MONTH - INTERVAL 1 DAY) AS base
FROM (
    SELECT s.*, row_number() OVER (
            PARTITION BY s.fiscal_year, s.month, s.statistic, s.agency, s.category
            ORDER BY f.file DESC, s.sheet_id DESC, s.row DESC) AS age
    FROM custody_statistic AS s
    JOIN file AS f ON f.file_id = s.file_id
    WHERE s.month > 0) AS r
WHERE r.age = 1 AND r.statistic = 'average_daily_population'
