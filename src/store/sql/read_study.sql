-- one row per fact about the study itself
SELECT key, "value" FROM study ORDER BY key
