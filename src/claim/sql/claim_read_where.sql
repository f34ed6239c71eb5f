-- one row per condition
SELECT position, part, dimension, value
FROM study_claim_where ORDER BY position, part, condition
