-- no rows: adds a place
INSERT INTO study_place (place, area, state, note, source)
VALUES ($1, $2, $3, $4, $5)
