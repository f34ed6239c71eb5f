-- no rows: forgets the comparison areas of the study file read before
DELETE FROM study_comparison
