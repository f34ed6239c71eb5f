-- one row per file of the study
SELECT sha256, file FROM file ORDER BY sha256
