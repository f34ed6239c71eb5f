-- one row per spell in one facility: what the rules compare
CREATE OR REPLACE TEMP VIEW stint_event AS
SELECT r.sheet_id, r.row, p.place, p.release, p.release_name,
       r.unique_identifier AS id,
       CAST(r.book_in_date_time AS DATE) AS event_date,
       r.book_in_date_time AS event_time,
       r.area_of_responsibility AS area,
       r.stay_book_in_date_time AS stay_in,
       r.book_in_date_time AS spell_in,
       r.book_out_date_time AS spell_out,
       coalesce(r.detention_facility_code, r.detention_facility) AS facility
FROM stint_record AS r
JOIN sheet_place AS p ON p.sheet_id = r.sheet_id;
