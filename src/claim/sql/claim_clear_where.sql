-- nor their conditions
DELETE FROM study_claim_where
