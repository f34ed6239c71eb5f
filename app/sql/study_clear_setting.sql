-- no rows: forgets the settings of the study file read before
DELETE FROM study_setting
