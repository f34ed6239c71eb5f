-- one row per sheet: its place in the order of provenance, and its release
-- The order is by file name, then digest, then the sheet's number in its file: the order of
-- import and the keyed ids play no part.
CREATE OR REPLACE TEMP VIEW sheet_place AS
SELECT s.sheet_id,
       s.table_name,
       f.release_name,
       row_number() OVER (ORDER BY f.file, f.sha256, s.sheet_id) AS place
FROM sheet AS s
JOIN file AS f ON f.file_id = s.file_id;
