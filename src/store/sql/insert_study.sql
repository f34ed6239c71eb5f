-- no rows: adds a fact about the study itself
INSERT INTO study (key, "value") VALUES ($1, $2)
