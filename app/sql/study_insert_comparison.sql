-- no rows: adds a comparison area
INSERT INTO study_comparison (area) VALUES ($1)
