-- one row: the day the claims were reviewed
INSERT INTO study_setting VALUES ('claims_reviewed', CAST(CAST($1 AS DATE) AS VARCHAR))
