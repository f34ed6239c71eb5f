-- one row per release of {table}: values of {field} outside the list {other}
SELECT q.release_name, coalesce(v.n, 0), coalesce(v.total, 0), v.release_name IS NOT NULL
FROM (SELECT DISTINCT release_name FROM sheet_place WHERE table_name = '{table}') AS q
LEFT JOIN (
    SELECT p.release_name,
           coalesce(sum(CASE WHEN r.code IS NOT NULL AND l.value IS NULL
                             THEN r.row_count ELSE 0 END), 0) AS n,
           coalesce(sum(CASE WHEN r.code IS NOT NULL THEN r.row_count ELSE 0 END), 0) AS total
    FROM (SELECT sheet_id, {field} AS code, count(*) AS row_count
          FROM {table}_record
          GROUP BY sheet_id, {field}) AS r
    JOIN sheet_place AS p ON p.sheet_id = r.sheet_id
    JOIN field_sheet AS c ON c.sheet_id = r.sheet_id AND c.field = '{field}'
    LEFT JOIN term AS t ON t.term_id = r.code
    LEFT JOIN check_value AS l ON l.list = '{other}' AND l.value = t.text
    GROUP BY p.release_name
) AS v ON v.release_name = q.release_name
ORDER BY q.release_name;
