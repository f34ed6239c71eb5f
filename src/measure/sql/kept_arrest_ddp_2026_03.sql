-- one row per record that is the first of its chain: rows of one id, each within 24 hours of
-- the one before. Where a dated row of the id has no time of day, days are compared.
(SELECT v.*
FROM arrest AS v
WHERE NOT EXISTS (
    SELECT 1
    FROM (
        SELECT d.sheet_id, d."row", d.moment,
            lag(d.moment) OVER (PARTITION BY d.release_name, d.id
                ORDER BY d.moment, d.is_reprocessed, d.file, d.sha256, d.sheet_id, d."row"
            ) AS before
        FROM (
            SELECT a.sheet_id, a."row", f.release_name, f.file, f.sha256,
                a.unique_identifier AS id,
                coalesce(upper(m.text) = 'ERO REPROCESSED ARREST', FALSE) AS is_reprocessed,
                CASE WHEN bool_and(a.apprehension_date_time IS NOT NULL)
                        OVER (PARTITION BY f.release_name, a.unique_identifier)
                    THEN a.apprehension_date_time
                    ELSE CAST(coalesce(a.apprehension_date,
                        CAST(a.apprehension_date_time AS DATE)) AS TIMESTAMP) END AS moment
            FROM arrest_record AS a
            JOIN sheet AS s ON s.sheet_id = a.sheet_id
            JOIN file AS f ON f.file_id = s.file_id
            LEFT JOIN term AS m ON m.term_id = a.apprehension_method
            WHERE a.unique_identifier IS NOT NULL
                AND coalesce(a.apprehension_date,
                    CAST(a.apprehension_date_time AS DATE)) IS NOT NULL
        ) AS d
    ) AS c
    WHERE c.moment - c.before <= INTERVAL 24 HOUR
        AND c.sheet_id = v.sheet_id AND c."row" = v."row"))
