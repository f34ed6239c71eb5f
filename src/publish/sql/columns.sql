-- one row per table, release and field: cells with a value, without, redacted, unreadable
SELECT s.table_name, f.release_name, c.field,
    CAST(sum(c.filled) AS BIGINT) AS filled, CAST(sum(c.missing) AS BIGINT) AS missing,
    CAST(sum(c.redacted) AS BIGINT) AS redacted, CAST(sum(c.failed) AS BIGINT) AS failed,
    c.field IN ('apprehension_date', 'apprehension_aor', 'apprehension_state',
        'apprehension_method', 'apprehension_type', 'apprehension_criminality', 'operation',
        'detainer_prepare_date', 'facility_aor', 'facility_state', 'facility_city',
        'detainer_lift_reason', 'detainer_type', 'event_date', 'responsible_aor',
        'departed_date', 'removal_date', 'docket_aor', 'book_in_date_time',
        'book_out_date_time', 'area_of_responsibility', 'detention_facility', 'birth_year',
        'citizenship_country', 'gender', 'case_threat_level', 'unique_identifier') AS is_key
FROM sheet_column AS c
JOIN sheet AS s ON s.sheet_id = c.sheet_id
JOIN file AS f ON f.file_id = s.file_id
WHERE c.field IS NOT NULL AND c.sensitivity <> 'direct'
    AND s.table_name IN ('arrest', 'detainer', 'encounter', 'removal', 'stint')
GROUP BY s.table_name, f.release_name, c.field
ORDER BY s.table_name, f.release_name, c.field
