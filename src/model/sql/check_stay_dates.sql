-- one row per release: stays whose book-in or book-out is not that of their first or last
-- spell, of those that state both
SELECT p.release_name, sum(CASE WHEN s.stay_dates_differ THEN 1 ELSE 0 END),
       count(s.stay_dates_differ), count(s.stay_dates_differ) > 0
FROM stay_row AS s
JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
GROUP BY p.release_name
ORDER BY p.release_name;
