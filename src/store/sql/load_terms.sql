-- one row per text, in order of number
SELECT term_id, text FROM term ORDER BY term_id
