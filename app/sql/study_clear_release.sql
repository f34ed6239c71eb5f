-- no rows: forgets the order of releases of the study file read before
DELETE FROM study_release
