-- one row per spell with an id: its position among the spells of its id
CREATE OR REPLACE TEMP TABLE stint_position AS
SELECT sheet_id, row,
       CAST(row_number() OVER (PARTITION BY release, id
                               ORDER BY spell_in NULLS LAST, place, row)
            AS INTEGER) AS position
FROM stint_event
WHERE id IS NOT NULL;
