-- one row per claim of the study
SELECT * FROM study_claim ORDER BY position
