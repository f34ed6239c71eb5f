-- no rows: forgets the campaign of the study file read before
DELETE FROM study_campaign
