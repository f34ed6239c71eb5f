-- one row per spell that another row of its id may repeat: its rank among the equal rows
-- Another row may repeat it when it has the same id, stay, facility and day of book-in.
-- Equal means every field but the four bond fields; provenance is no field.
CREATE OR REPLACE TEMP TABLE stint_equal AS
SELECT v.sheet_id, v.row,
       row_number() OVER (PARTITION BY v.release{columns}
                          ORDER BY v.place, v.row) AS rank
FROM stint_event AS v
JOIN stint_near AS n ON n.release = v.release AND n.id = v.id
                    AND n.stay_in IS NOT DISTINCT FROM v.stay_in
                    AND n.facility IS NOT DISTINCT FROM v.facility
                    AND n.event_date = v.event_date
JOIN stint_record AS r ON r.sheet_id = v.sheet_id AND r.row = v.row;
