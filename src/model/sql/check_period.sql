-- one row per release of {table}: rows dated outside the period of their sheet's title
SELECT p.release_name,
       sum(CASE WHEN s.period_first IS NOT NULL
                     AND d.day NOT BETWEEN s.period_first AND s.period_last
                THEN d.row_count ELSE 0 END),
       sum(CASE WHEN s.period_first IS NOT NULL THEN d.row_count ELSE 0 END),
       max(CASE WHEN s.period_first IS NOT NULL THEN 1 ELSE 0 END) = 1
FROM event_day AS d
JOIN sheet AS s ON s.sheet_id = d.sheet_id
JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
WHERE d.table_name = '{table}' AND d.day IS NOT NULL
GROUP BY p.release_name
ORDER BY p.release_name;
