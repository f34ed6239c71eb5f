-- one row per stay in custody: the kept spells of one id that name the same stay book-in
-- A spell without an id, or without a stay book-in, is a stay of its own: it never vanishes.
-- First and last are by book-in, then book-out (open last), then provenance; longest counts
-- an open spell up to the end of the release's coverage, ties to the later. What describes
-- the person and the case is the value on the last spell, missing or not.
-- The stay's own book-in and book-out are kept beside those of its first and last spell;
-- stay_dates_differ says when they are not the same, which is common in older releases.
-- The end is the stay's own book-out, else that of its last spell; without both the stay is
-- open and counts up to the end of coverage. Where the release has neither column, whether
-- it is open and how long it is are unknown. A spell that stands for itself counts from its
-- own book-in to its own book-out: other spells of its stay stand for themselves too, and
-- the days between the stay's dates would be counted once for each.
INSERT INTO stay_row (stay_number, sheet_id, row, unique_identifier,
    stay_book_in_date_time, stay_book_out_date_time, stay_dates_differ,
    is_open, cut_off, end_date_time, stay_length_days, n_stints, n_stays,
    detention_facility_first, detention_facility_code_first,
    book_in_date_time_first, book_out_date_time_first,
    detention_facility_longest, detention_facility_code_longest,
    book_in_date_time_longest, book_out_date_time_longest,
    detention_facility_last, detention_facility_code_last,
    book_in_date_time_last, book_out_date_time_last, detention_facility_codes_all,
    area_of_responsibility, detention_release_reason, stay_release_reason,
    apprehension_method, gender, birth_year, citizenship_country, book_in_criminality,
    case_threat_level, case_status, case_category, final_program, final_order_yes_no,
    final_order_date, departed_date, departure_country, most_serious_conviction,
    msc_charge_code, initial_bond_set_amount, bond_posted_amount, bond_posted_date,
    rule_version)
WITH recorded AS (
    SELECT p.sheet_id, p.release_name, p.place,
           EXISTS (SELECT 1 FROM sheet_column AS c
                   WHERE c.sheet_id = p.sheet_id
                     AND c.field IN ('book_out_date_time', 'stay_book_out_date_time',
                                     'stay_book_out_date')) AS has_end,
           EXISTS (SELECT 1 FROM sheet_column AS c
                   WHERE c.sheet_id = p.sheet_id
                     AND c.field = 'stay_book_out_date_time') AS has_stay_end
    FROM sheet_place AS p
),
cut AS (
    SELECT release_name, max(last_day) AS cut_off
    FROM coverage_span
    WHERE table_name = 'stint'
    GROUP BY release_name
),
spell AS (
    SELECT r.sheet_id, r.row, c.place, c.release_name, r.unique_identifier,
           r.stay_book_in_date_time, r.book_in_date_time, r.book_out_date_time,
           r.detention_facility_code, r.initial_bond_set_amount, r.bond_posted_amount,
           r.bond_posted_date, c.has_end, c.has_stay_end, u.cut_off,
           CAST(u.cut_off + 1 AS TIMESTAMP) AS cut_moment,
           CASE WHEN r.unique_identifier IS NULL OR r.stay_book_in_date_time IS NULL
                THEN c.place END AS own_place,
           CASE WHEN r.unique_identifier IS NULL OR r.stay_book_in_date_time IS NULL
                THEN r.row END AS own_row
    FROM stint_row AS r
    JOIN stint_flag AS g ON g.sheet_id = r.sheet_id AND g.row = r.row
    JOIN recorded AS c ON c.sheet_id = r.sheet_id
    LEFT JOIN cut AS u ON u.release_name = c.release_name
    WHERE NOT g.duplicate_drop_row
),
ordered AS (
    SELECT *,
           row_number() OVER (PARTITION BY release_name, unique_identifier,
                                  stay_book_in_date_time, own_place, own_row
                              ORDER BY book_in_date_time NULLS LAST,
                                       book_out_date_time NULLS LAST, place, row) AS rank,
           count(*) OVER (PARTITION BY release_name, unique_identifier,
                              stay_book_in_date_time, own_place, own_row) AS size
    FROM spell
),
measured AS (
    SELECT *,
           row_number() OVER (PARTITION BY release_name, unique_identifier,
                                  stay_book_in_date_time, own_place, own_row
                              ORDER BY greatest(coalesce(book_out_date_time, cut_moment),
                                                book_in_date_time)
                                       - book_in_date_time DESC NULLS LAST,
                                       rank DESC) AS length_rank
    FROM ordered
),
grouped AS (
    SELECT release_name, unique_identifier, stay_book_in_date_time, own_place, own_row,
           max(CASE WHEN rank = 1 THEN place END) AS place_first,
           max(CASE WHEN rank = 1 THEN sheet_id END) AS sheet_first,
           max(CASE WHEN rank = 1 THEN row END) AS row_first,
           max(CASE WHEN rank = size THEN sheet_id END) AS sheet_last,
           max(CASE WHEN rank = size THEN row END) AS row_last,
           max(CASE WHEN length_rank = 1 THEN sheet_id END) AS sheet_longest,
           max(CASE WHEN length_rank = 1 THEN row END) AS row_longest,
           max(size) AS n_stints,
           min(cut_off) AS cut_off,
           min(cut_moment) AS cut_moment,
           min(CASE WHEN has_end THEN 1 ELSE 0 END) AS has_end,
           min(CASE WHEN has_stay_end THEN 1 ELSE 0 END) AS has_stay_end,
           min(initial_bond_set_amount) AS initial_bond_set_amount,
           min(bond_posted_amount) AS bond_posted_amount,
           min(bond_posted_date) AS bond_posted_date,
           string_agg(t.text, '; ' ORDER BY m.rank) AS codes
    FROM measured AS m
    LEFT JOIN term AS t ON t.term_id = m.detention_facility_code
    GROUP BY release_name, unique_identifier, stay_book_in_date_time, own_place, own_row
),
stay AS (
    SELECT g.*,
           f.detention_facility AS facility_first,
           f.detention_facility_code AS code_first,
           f.book_in_date_time AS in_first,
           f.book_out_date_time AS out_first,
           n.detention_facility AS facility_longest,
           n.detention_facility_code AS code_longest,
           n.book_in_date_time AS in_longest,
           n.book_out_date_time AS out_longest,
           l.detention_facility AS facility_last,
           l.detention_facility_code AS code_last,
           l.book_in_date_time AS in_last,
           l.book_out_date_time AS out_last,
           coalesce(l.stay_book_out_date_time,
                    CAST(l.stay_book_out_date AS TIMESTAMP)) AS stay_out,
           coalesce(g.stay_book_in_date_time, f.book_in_date_time) AS stay_in,
           l.area_of_responsibility, l.detention_release_reason, l.stay_release_reason,
           l.apprehension_method, l.gender, l.birth_year, l.citizenship_country,
           l.book_in_criminality, l.case_threat_level, l.case_status, l.case_category,
           l.final_program, l.final_order_yes_no, l.final_order_date, l.departed_date,
           l.departure_country, l.most_serious_conviction, l.msc_charge_code
    FROM grouped AS g
    JOIN stint_row AS f ON f.sheet_id = g.sheet_first AND f.row = g.row_first
    JOIN stint_row AS n ON n.sheet_id = g.sheet_longest AND n.row = g.row_longest
    JOIN stint_row AS l ON l.sheet_id = g.sheet_last AND l.row = g.row_last
),
ended AS (
    SELECT *,
           CASE WHEN own_row IS NULL
                THEN coalesce(stay_out, out_last)
                ELSE coalesce(out_last, stay_out) END AS end_moment,
           CASE WHEN own_row IS NULL
                THEN stay_in ELSE coalesce(in_first, stay_in) END AS begin_moment
    FROM stay
)
SELECT row_number() OVER (ORDER BY stay_in NULLS LAST, place_first, row_first),
       sheet_first, row_first, unique_identifier, stay_in, stay_out,
       CASE WHEN own_row IS NULL
            THEN stay_book_in_date_time IS DISTINCT FROM in_first
                 OR (has_stay_end = 1 AND stay_out IS DISTINCT FROM out_last) END,
       CASE WHEN has_end = 1 THEN end_moment IS NULL END,
       cut_off, end_moment,
       CASE WHEN has_end = 1
            THEN EXTRACT(EPOCH FROM greatest(coalesce(end_moment, cut_moment), begin_moment)
                                    - begin_moment) / 86400.0 END,
       n_stints,
       CASE WHEN unique_identifier IS NOT NULL
            THEN count(*) OVER (PARTITION BY release_name, unique_identifier) END,
       facility_first, code_first, in_first, out_first,
       facility_longest, code_longest, in_longest, out_longest,
       facility_last, code_last, in_last, out_last, codes,
       area_of_responsibility, detention_release_reason, stay_release_reason,
       apprehension_method, gender, birth_year, citizenship_country, book_in_criminality,
       case_threat_level, case_status, case_category, final_program, final_order_yes_no,
       final_order_date, departed_date, departure_country, most_serious_conviction,
       msc_charge_code, initial_bond_set_amount, bond_posted_amount, bond_posted_date, $1
FROM ended;
