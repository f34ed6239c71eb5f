-- one row per stay of several spells: its longest spell
-- An open spell counts up to the end of the release's coverage; ties go to the later.
CREATE OR REPLACE TEMP TABLE stay_longest AS
WITH cut AS (
    SELECT p.sheet_id, CAST(max(c.last_day) + 1 AS TIMESTAMP) AS cut_moment
    FROM coverage_span AS c
    JOIN sheet_place AS p ON p.release_name = c.release_name
    WHERE c.table_name = 'stint'
    GROUP BY p.sheet_id
),
ranked AS (
    SELECT s.sheet_id, s.row, s.sheet_first, s.row_first,
           row_number() OVER (PARTITION BY s.sheet_first, s.row_first
                              ORDER BY greatest(coalesce(s.spell_out, u.cut_moment),
                                                s.spell_in) - s.spell_in DESC NULLS LAST,
                                       s.rank DESC) AS length_rank
    FROM stay_spell AS s
    LEFT JOIN cut AS u ON u.sheet_id = s.sheet_id
    WHERE NOT (s.rank = 1 AND s.is_last)
)
SELECT k.sheet_first, k.row_first,
       r.detention_facility AS facility_longest,
       r.detention_facility_code AS code_longest,
       r.book_in_date_time AS in_longest,
       r.book_out_date_time AS out_longest
FROM ranked AS k
JOIN stint_record AS r ON r.sheet_id = k.sheet_id AND r.row = k.row
WHERE k.length_rank = 1;
