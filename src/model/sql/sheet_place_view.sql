-- one row per sheet: its place in the order of provenance, and its release
-- The order is by file name, then digest, then the sheet's number in its file: the order of
-- import and the keyed ids play no part. Releases are numbered because rows are parted by
-- release and id in many sorts, where a name would take most of the memory.
CREATE OR REPLACE TEMP VIEW sheet_place AS
SELECT s.sheet_id,
       s.table_name,
       f.release_name,
       CAST(dense_rank() OVER (ORDER BY f.release_name) AS INTEGER) AS release,
       CAST(row_number() OVER (ORDER BY f.file, f.sha256, s.sheet_id) AS INTEGER) AS place
FROM sheet AS s
JOIN file AS f ON f.file_id = s.file_id;
