-- one row per record that is the first of its chain, detainer type and facility: rows of one
-- id, each within a day of the one before.
(SELECT v.*
FROM detainer AS v
WHERE NOT EXISTS (
    SELECT 1
    FROM (
        SELECT b.sheet_id, b."row",
            row_number() OVER (PARTITION BY b.release_name, b.id, b.chain,
                b.detainer_type, b.facility ORDER BY b.position) AS nth
        FROM (
            SELECT k.*, sum(CASE WHEN k.moment - k.before <= INTERVAL 24 HOUR THEN 0 ELSE 1 END)
                OVER (PARTITION BY k.release_name, k.id ORDER BY k.position) AS chain
            FROM (
                SELECT d.*,
                    lag(d.moment) OVER (PARTITION BY d.release_name, d.id
                        ORDER BY d.moment, d.file, d.sha256, d.sheet_id, d."row") AS before,
                    row_number() OVER (PARTITION BY d.release_name, d.id
                        ORDER BY d.moment, d.file, d.sha256, d.sheet_id, d."row") AS position
                FROM (
                    SELECT a.sheet_id, a."row", f.release_name, f.file, f.sha256,
                        a.unique_identifier AS id, a.detainer_type,
                        coalesce(a.detention_facility_code, a.detention_facility) AS facility,
                        CASE WHEN bool_and(a.detainer_prepare_date_time IS NOT NULL)
                                OVER (PARTITION BY f.release_name, a.unique_identifier)
                            THEN a.detainer_prepare_date_time
                            ELSE CAST(coalesce(a.detainer_prepare_date,
                                CAST(a.detainer_prepare_date_time AS DATE)) AS TIMESTAMP)
                            END AS moment
                    FROM detainer_record AS a
                    JOIN sheet AS s ON s.sheet_id = a.sheet_id
                    JOIN file AS f ON f.file_id = s.file_id
                    WHERE a.unique_identifier IS NOT NULL
                        AND coalesce(a.detainer_prepare_date,
                            CAST(a.detainer_prepare_date_time AS DATE)) IS NOT NULL
                ) AS d
            ) AS k
        ) AS b
    ) AS c
    WHERE c.nth > 1 AND c.sheet_id = v.sheet_id AND c."row" = v."row"))
