-- one row per release with arrests and stays that have ids: arrests without a stay
SELECT a.release_name, sum(CASE WHEN l.sheet_id IS NULL THEN 1 ELSE 0 END), count(*), TRUE
FROM arrest_event AS a
JOIN arrest_flag_row AS f ON f.sheet_id = a.sheet_id AND f.row = a.row
LEFT JOIN arrest_stay AS l ON l.sheet_id = a.sheet_id AND l.row = a.row
WHERE a.id IS NOT NULL AND NOT f.duplicate_drop_row
  AND EXISTS (SELECT 1 FROM stay_row AS s
              JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
              WHERE s.unique_identifier IS NOT NULL AND p.release_name = a.release_name)
GROUP BY a.release_name
ORDER BY a.release_name;
