-- one row: the campaign that the study is about
SELECT name, first_day, last_day, source, source_date, staffing
FROM study_campaign
ORDER BY first_day, name
LIMIT 1
