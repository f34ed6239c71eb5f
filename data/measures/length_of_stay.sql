-- One row per stay that has ended.
-- title: Length of stay, median
-- unit: days
-- table: stay
-- coverage: stint
-- kind: median
-- numerator: days from the stay's book-in to its end, stays that have ended
-- denominator:
-- interval: order-statistics
-- caveats: Stays still open at the end of the release are left out, so the median of recent book-ins is too short.
-- source: the agency's released detention records
SELECT r.*, CAST(coalesce(r.stay_book_in_date_time, r.book_in_date_time_first) AS DATE) AS day,
    r.stay_length_days AS hit, 1 AS base
FROM stay AS r
WHERE r.is_open IS FALSE
