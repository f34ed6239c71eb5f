-- one row per release of {table}: rows without {field}
SELECT q.release_name, coalesce(v.n, 0), coalesce(v.total, 0), v.release_name IS NOT NULL
FROM (SELECT DISTINCT release_name FROM sheet_place WHERE table_name = '{table}') AS q
LEFT JOIN (
    SELECT p.release_name, sum(r.n) AS n, sum(r.total) AS total
    FROM (SELECT sheet_id, sum(CASE WHEN {field} IS NULL THEN 1 ELSE 0 END) AS n,
                 count(*) AS total
          FROM {table}_record
          WHERE TRUE
          GROUP BY sheet_id) AS r
    JOIN sheet_place AS p ON p.sheet_id = r.sheet_id
    JOIN field_sheet AS c ON c.sheet_id = r.sheet_id AND c.field = '{field}'
    GROUP BY p.release_name
) AS v ON v.release_name = q.release_name
ORDER BY q.release_name;
