-- one row per arrest: what the rules compare
CREATE OR REPLACE TEMP VIEW arrest_event AS
SELECT r.sheet_id, r.row, p.place, p.release, p.release_name,
       r.unique_identifier AS id,
       coalesce(r.apprehension_date, CAST(r.apprehension_date_time AS DATE)) AS event_date,
       r.apprehension_date_time AS event_time,
       r.apprehension_aor AS area,
       coalesce(upper(m.text) = 'ERO REPROCESSED ARREST', FALSE) AS is_reprocessed
FROM arrest_record AS r
JOIN sheet_place AS p ON p.sheet_id = r.sheet_id
LEFT JOIN term AS m ON m.term_id = r.apprehension_method;
