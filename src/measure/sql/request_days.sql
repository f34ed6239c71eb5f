-- One row per day, state, city and type of the custody requests that the serving release covers,
-- and of those without a date.
SELECT r.detainer_prepare_date AS day, coalesce(r.facility_state, '') AS state,
    coalesce(r.facility_city, '') AS city, coalesce(r.detainer_type, '') AS type,
    count(*) AS record_count
FROM detainer AS r
WHERE r.duplicate_drop_row IS NOT TRUE
    AND EXISTS (
        SELECT 1 FROM coverage AS c
        WHERE c.table_name = 'detainer' AND c.release_name = r.release_name
            AND c.scope = 'national' AND c.serves_first IS NOT NULL
            AND (r.detainer_prepare_date IS NULL
                OR r.detainer_prepare_date BETWEEN c.serves_first AND c.serves_last))
GROUP BY day, state, city, type
ORDER BY day NULLS FIRST, state, city, type
