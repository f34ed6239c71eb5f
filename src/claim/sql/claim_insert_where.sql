-- one row: a condition
INSERT INTO study_claim_where VALUES ($1, $2, $3, $4, $5)
