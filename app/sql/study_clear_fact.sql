-- no rows: forgets the facts of the study file read before
DELETE FROM study_fact
