-- one row per encounter: what the rules compare
CREATE OR REPLACE TEMP VIEW encounter_event AS
SELECT r.sheet_id, r.row, p.place, p.release, p.release_name,
       r.unique_identifier AS id,
       coalesce(r.event_date, CAST(r.event_date_time AS DATE)) AS event_date,
       r.event_date_time AS event_time,
       r.responsible_aor AS area
FROM encounter_record AS r
JOIN sheet_place AS p ON p.sheet_id = r.sheet_id;
