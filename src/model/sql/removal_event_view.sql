-- one row per removal: what the rules compare
-- A removal is counted on its removal date, which can lie up to a year behind the departure;
-- releases without that column count by departure.
CREATE OR REPLACE TEMP VIEW removal_event AS
SELECT r.sheet_id, r.row, p.place, p.release, p.release_name,
       r.unique_identifier AS id,
       coalesce(r.removal_date, r.departed_date) AS event_date,
       CAST(NULL AS TIMESTAMP) AS event_time,
       r.docket_aor AS area,
       r.departed_date
FROM removal_record AS r
JOIN sheet_place AS p ON p.sheet_id = r.sheet_id;
