-- no rows: forgets the places of the study file read before
DELETE FROM study_place
