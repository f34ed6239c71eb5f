-- one row: the day the claims were reviewed
SELECT value FROM study_setting WHERE key = 'claims_reviewed'
