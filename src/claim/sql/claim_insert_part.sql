-- one row: a thing that a claim counts
INSERT INTO study_claim_part VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
