-- one row per record that is the last of its id and day of departure.
(SELECT v.*
FROM removal AS v
WHERE NOT EXISTS (
    SELECT 1
    FROM (
        SELECT a.sheet_id, a."row",
            row_number() OVER (PARTITION BY f.release_name, a.unique_identifier,
                a.departed_date
                ORDER BY a.removal_date DESC NULLS LAST, f.file DESC, f.sha256 DESC,
                    a.sheet_id DESC, a."row" DESC) AS nth
        FROM removal_record AS a
        JOIN sheet AS s ON s.sheet_id = a.sheet_id
        JOIN file AS f ON f.file_id = s.file_id
        WHERE a.unique_identifier IS NOT NULL AND a.departed_date IS NOT NULL
    ) AS c
    WHERE c.nth > 1 AND c.sheet_id = v.sheet_id AND c."row" = v."row"))
