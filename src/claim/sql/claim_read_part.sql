-- one row per thing that a claim counts
SELECT position, part, measure, first_day, last_day, release_name, note, law, document, actor
FROM study_claim_part ORDER BY position, part
