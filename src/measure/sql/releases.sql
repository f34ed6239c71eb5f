-- one row per release of the study
SELECT DISTINCT release_name FROM file ORDER BY release_name
