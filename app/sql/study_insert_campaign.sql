-- no rows: adds a campaign
INSERT INTO study_campaign (name, first_day, last_day, staffing, source, source_date)
VALUES ($1, $2, $3, $4, $5, $6)
