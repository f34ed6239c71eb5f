-- one row per stated fact of the study file
SELECT name, value, unit, source, source_date FROM study_fact ORDER BY source_date, name
