-- one row per release of {table}: rows dated after the last day that the release covers
SELECT d.release_name,
       sum(CASE WHEN d.day > c.last_day THEN d.row_count ELSE 0 END),
       sum(d.row_count), TRUE
FROM event_day AS d
JOIN (SELECT table_name, release_name, max(last_day) AS last_day
      FROM coverage_span
      GROUP BY table_name, release_name) AS c
  ON c.table_name = d.table_name AND c.release_name = d.release_name
WHERE d.table_name = '{table}' AND d.day IS NOT NULL
GROUP BY d.release_name
ORDER BY d.release_name;
