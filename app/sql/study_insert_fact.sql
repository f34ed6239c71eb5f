-- no rows: adds a stated fact
INSERT INTO study_fact (name, "value", unit, source, source_date)
VALUES ($1, $2, $3, $4, $5)
