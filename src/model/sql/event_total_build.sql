-- one row per table and release: its rows, and those of them that have an id
CREATE OR REPLACE TEMP TABLE event_total AS
SELECT d.table_name, p.release, p.release_name,
       CAST(sum(d.row_count) AS BIGINT) AS row_count,
       CAST(sum(d.id_count) AS BIGINT) AS id_count
FROM event_day AS d
JOIN sheet_place AS p ON p.sheet_id = d.sheet_id
GROUP BY d.table_name, p.release, p.release_name;
