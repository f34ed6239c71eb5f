-- one row per detainer: what the rules compare
CREATE OR REPLACE TEMP VIEW detainer_event AS
SELECT r.sheet_id, r.row, p.place, p.release, p.release_name,
       r.unique_identifier AS id,
       coalesce(r.detainer_prepare_date, CAST(r.detainer_prepare_date_time AS DATE)) AS event_date,
       r.detainer_prepare_date_time AS event_time,
       r.facility_aor AS area,
       r.detainer_type,
       coalesce(r.detention_facility_code, r.detention_facility) AS facility,
       FALSE AS is_reprocessed
FROM detainer_record AS r
JOIN sheet_place AS p ON p.sheet_id = r.sheet_id;
