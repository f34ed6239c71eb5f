-- One row per stay in custody.
-- title: Stays in custody, by book-in
-- unit: stays
-- table: stay
-- coverage: stint
-- kind: count
-- numerator: stays made of the released spells, those without an id as stays of their own
-- denominator:
-- interval: garwood
-- caveats: A stay is the spells of one person that name the same stay book-in. A release that begins at some date holds no stay that ended before it.
-- source: the agency's released detention records
SELECT r.*, CAST(coalesce(r.stay_book_in_date_time, r.book_in_date_time_first) AS DATE) AS day,
    1 AS hit, 1 AS base
FROM stay AS r
