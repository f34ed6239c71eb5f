-- the study holds no claims
DELETE FROM study_claim
