-- no rows: adds a setting
INSERT INTO study_setting (key, "value") VALUES ($1, $2)
