-- one row per spell that another row of its id may repeat: its rank among the equal rows
-- Equal means every field but the four bond fields; provenance is no field. Only rows that
-- share id, facility and book-in with another row are compared across all fields.
CREATE OR REPLACE TEMP TABLE stint_equal AS
WITH near AS (
    SELECT sheet_id, row, place, release_name
    FROM (
        SELECT sheet_id, row, place, release_name,
               count(*) OVER (PARTITION BY release_name, id, facility, spell_in) AS size
        FROM stint_event
        WHERE id IS NOT NULL
    ) AS counted
    WHERE size > 1
)
SELECT n.sheet_id, n.row,
       row_number() OVER (PARTITION BY n.release_name{columns}
                          ORDER BY n.place, n.row) AS rank
FROM near AS n
JOIN stint_row AS r ON r.sheet_id = n.sheet_id AND r.row = n.row;
