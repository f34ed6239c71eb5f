-- no rows: adds a release to the order of a table
INSERT INTO study_release (table_name, release_name, priority) VALUES ($1, $2, $3)
