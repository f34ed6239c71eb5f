-- no rows: forgets the effort ledger of the study file read before
DELETE FROM study_effort
