-- nor what they count
DELETE FROM study_claim_part
