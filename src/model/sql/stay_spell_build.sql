-- one row per kept spell: the stay it belongs to, named by its first spell, and its rank in it
-- A spell without an id, or without a stay book-in, is a stay of its own (`is_own`). First and
-- last are by book-in, then book-out (open last), then provenance.
CREATE OR REPLACE TEMP TABLE stay_spell AS
WITH kept AS (
    SELECT v.sheet_id, v.row, v.place, v.release, v.id, v.stay_in, v.spell_in, v.spell_out
    FROM stint_event AS v
    LEFT JOIN stint_flag_row AS g ON g.sheet_id = v.sheet_id AND g.row = v.row
    WHERE g.duplicate_drop_row IS NOT TRUE
)
SELECT sheet_id, row, spell_in, spell_out, FALSE AS is_own,
       first_value(sheet_id) OVER in_order AS sheet_first,
       first_value(row) OVER in_order AS row_first,
       CAST(row_number() OVER in_order AS INTEGER) AS rank,
       lead(row) OVER in_order IS NULL AS is_last
FROM kept
WHERE id IS NOT NULL AND stay_in IS NOT NULL
WINDOW in_order AS (PARTITION BY release, id, stay_in
                    ORDER BY spell_in NULLS LAST, spell_out NULLS LAST, place, row)
UNION ALL
SELECT sheet_id, row, spell_in, spell_out, TRUE, sheet_id, row, 1, TRUE
FROM kept
WHERE id IS NULL OR stay_in IS NULL;
