-- one row per stay: its number, by book-in and provenance, its first spell, and its last
CREATE OR REPLACE TEMP TABLE stay_number AS
SELECT CAST(row_number() OVER (ORDER BY coalesce(f.stay_book_in_date_time,
                                                 f.book_in_date_time) NULLS LAST,
                                        p.place, f.row) AS INTEGER) AS stay_number,
       l.sheet_first, l.row_first, l.sheet_id AS sheet_last, l.row AS row_last, l.is_own,
       l.rank AS n_stints, p.release, f.unique_identifier AS id,
       f.stay_book_in_date_time AS stay_in_stated,
       f.detention_facility AS facility_first,
       f.detention_facility_code AS code_first,
       f.book_in_date_time AS in_first,
       f.book_out_date_time AS out_first
FROM stay_spell AS l
JOIN stint_record AS f ON f.sheet_id = l.sheet_first AND f.row = l.row_first
JOIN sheet_place AS p ON p.sheet_id = l.sheet_first
WHERE l.is_last;
