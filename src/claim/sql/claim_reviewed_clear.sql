-- the day is forgotten
DELETE FROM study_setting WHERE key = 'claims_reviewed'
