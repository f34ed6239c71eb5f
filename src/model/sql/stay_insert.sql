-- one row per stay in custody: the kept spells of one id that name the same stay book-in
-- What describes the person and the case is the value on the last spell, missing or not. The
-- stay's own book-in and book-out are kept beside those of its first and last spell;
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
    SELECT p.sheet_id,
           EXISTS (SELECT 1 FROM sheet_column AS c
                   WHERE c.sheet_id = p.sheet_id
                     AND c.field IN ('book_out_date_time', 'stay_book_out_date_time',
                                     'stay_book_out_date')) AS has_end,
           EXISTS (SELECT 1 FROM sheet_column AS c
                   WHERE c.sheet_id = p.sheet_id
                     AND c.field = 'stay_book_out_date_time') AS has_stay_end,
           (SELECT max(c.last_day) FROM coverage_span AS c
            WHERE c.table_name = 'stint' AND c.release_name = p.release_name) AS cut_off
    FROM sheet_place AS p
    WHERE p.table_name = 'stint'
),
told AS (
    SELECT g.stay_number, g.sheet_first, g.row_first, g.is_own, g.n_stints, g.id,
           g.stay_in_stated, g.facility_first, g.code_first, g.in_first, g.out_first,
           coalesce(g.stay_in_stated, g.in_first) AS stay_in,
           c.has_end, c.has_stay_end, c.cut_off,
           CAST(c.cut_off + 1 AS TIMESTAMP) AS cut_moment,
           CASE WHEN g.id IS NOT NULL THEN coalesce(m.n_stays, 1) END AS n_stays,
           l.detention_facility AS facility_last,
           l.detention_facility_code AS code_last,
           l.book_in_date_time AS in_last,
           l.book_out_date_time AS out_last,
           coalesce(l.stay_book_out_date_time,
                    CAST(l.stay_book_out_date AS TIMESTAMP)) AS stay_out,
           l.area_of_responsibility, l.detention_release_reason, l.stay_release_reason,
           l.apprehension_method, l.gender, l.birth_year, l.citizenship_country,
           l.book_in_criminality, l.case_threat_level, l.case_status, l.case_category,
           l.final_program, l.final_order_yes_no, l.final_order_date, l.departed_date,
           l.departure_country, l.most_serious_conviction, l.msc_charge_code
    FROM stay_number AS g
    JOIN recorded AS c ON c.sheet_id = g.sheet_first
    JOIN stint_record AS l ON l.sheet_id = g.sheet_last AND l.row = g.row_last
    LEFT JOIN stay_several AS m ON m.release = g.release AND m.id = g.id
),
ended AS (
    SELECT *,
           CASE WHEN is_own THEN coalesce(out_last, stay_out)
                ELSE coalesce(stay_out, out_last) END AS end_moment,
           CASE WHEN is_own THEN coalesce(in_first, stay_in)
                ELSE stay_in END AS begin_moment
    FROM told
)
SELECT t.stay_number, t.sheet_first, t.row_first, t.id, t.stay_in, t.stay_out,
       CASE WHEN NOT t.is_own
            THEN t.stay_in IS DISTINCT FROM t.in_first
                 OR (t.has_stay_end AND t.stay_out IS DISTINCT FROM t.out_last) END,
       CASE WHEN t.has_end THEN t.end_moment IS NULL END,
       t.cut_off, t.end_moment,
       CASE WHEN t.has_end
            THEN EXTRACT(EPOCH FROM greatest(coalesce(t.end_moment, t.cut_moment),
                                             t.begin_moment)
                                    - t.begin_moment) / 86400.0 END,
       t.n_stints, t.n_stays,
       t.facility_first, t.code_first, t.in_first, t.out_first,
       CASE WHEN t.n_stints = 1 THEN t.facility_first ELSE e.facility_longest END,
       CASE WHEN t.n_stints = 1 THEN t.code_first ELSE e.code_longest END,
       CASE WHEN t.n_stints = 1 THEN t.in_first ELSE e.in_longest END,
       CASE WHEN t.n_stints = 1 THEN t.out_first ELSE e.out_longest END,
       t.facility_last, t.code_last, t.in_last, t.out_last,
       CASE WHEN t.n_stints = 1 THEN o.text ELSE d.codes END,
       t.area_of_responsibility, t.detention_release_reason, t.stay_release_reason,
       t.apprehension_method, t.gender, t.birth_year, t.citizenship_country,
       t.book_in_criminality, t.case_threat_level, t.case_status, t.case_category,
       t.final_program, t.final_order_yes_no, t.final_order_date, t.departed_date,
       t.departure_country, t.most_serious_conviction, t.msc_charge_code,
       b.initial_bond_set_amount, b.bond_posted_amount, b.bond_posted_date, $1
FROM ended AS t
LEFT JOIN stay_longest AS e ON e.sheet_first = t.sheet_first AND e.row_first = t.row_first
LEFT JOIN stay_codes AS d ON d.sheet_first = t.sheet_first AND d.row_first = t.row_first
LEFT JOIN stay_bond AS b ON b.sheet_first = t.sheet_first AND b.row_first = t.row_first
LEFT JOIN term AS o ON o.term_id = t.code_first;
