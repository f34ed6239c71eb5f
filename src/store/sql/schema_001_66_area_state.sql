-- one row per row of area_state_record, readable: texts instead of numbers, and for each other field
-- whether it has a value, is missing, redacted, unconverted, or not recorded on that sheet.
-- The texts come as one list, so that a query pays only for the columns it names: a join
-- with term for each of them took 20 times as long and more memory than a study may use.
-- It is joined to the left, so that no plan carries the list through another join.
CREATE VIEW area_state AS
SELECT
    s.file_id,
    s.sheet,
    r."row",
    r.sheet_id,
    f.release_name,
    CASE WHEN (r.redacted & 1) <> 0 THEN 'redacted' ELSE terms.texts[r."office_name" + 1] END AS "office_name",
    CASE WHEN (r.redacted & 2) <> 0 THEN 'redacted' ELSE terms.texts[r."state_name" + 1] END AS "state_name",
    CASE WHEN (r.redacted & 4) <> 0 THEN 'redacted' ELSE terms.texts[r."county_name" + 1] END AS "county_name",
    CASE WHEN (r.redacted & 8) <> 0 THEN 'redacted' ELSE terms.texts[r."notes" + 1] END AS "notes"
FROM area_state_record AS r
JOIN sheet AS s ON s.sheet_id = r.sheet_id
JOIN file AS f ON f.file_id = s.file_id
LEFT JOIN (SELECT list(text ORDER BY term_id) AS texts FROM term) AS terms ON TRUE;
COMMENT ON VIEW area_state IS 'one row per released row: one state, or part of one, of an area of responsibility';
