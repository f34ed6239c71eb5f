-- one row per stay of several spells: the facility codes of its spells in their order
-- Up to eight are picked by their rank; only longer stays are sorted, which takes far more
-- memory a stay.
CREATE OR REPLACE TEMP TABLE stay_codes AS
WITH spell AS (
    SELECT s.sheet_first, s.row_first, s.rank, t.text
    FROM stay_spell AS s
    JOIN stint_record AS r ON r.sheet_id = s.sheet_id AND r.row = s.row
    LEFT JOIN term AS t ON t.term_id = r.detention_facility_code
    WHERE NOT (s.rank = 1 AND s.is_last)
),
longer AS (
    SELECT sheet_first, row_first
    FROM stay_spell
    WHERE rank = 9
)
SELECT sheet_first, row_first,
       concat_ws('; ', max(CASE WHEN rank = 1 THEN text END),
                 max(CASE WHEN rank = 2 THEN text END),
                 max(CASE WHEN rank = 3 THEN text END),
                 max(CASE WHEN rank = 4 THEN text END),
                 max(CASE WHEN rank = 5 THEN text END),
                 max(CASE WHEN rank = 6 THEN text END),
                 max(CASE WHEN rank = 7 THEN text END),
                 max(CASE WHEN rank = 8 THEN text END)) AS codes
FROM spell
GROUP BY sheet_first, row_first
HAVING max(rank) <= 8
UNION ALL
SELECT s.sheet_first, s.row_first, string_agg(s.text, '; ' ORDER BY s.rank)
FROM spell AS s
JOIN longer AS l ON l.sheet_first = s.sheet_first AND l.row_first = s.row_first
GROUP BY s.sheet_first, s.row_first;
