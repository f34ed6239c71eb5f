-- One row per arrest, with what is on record that bears on whether the person was a target: four
-- signs, in this order: T targeted, C collateral, - not recorded; then for an earlier final order,
-- an earlier custody request and a conviction: y on record, n not on record, ? cannot be told.
-- title: Arrests by what is on record about a target
-- unit: arrests
-- table: arrest_target
-- coverage: arrest
-- kind: count
-- numerator: released arrest records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: Whether a person was the target of an operation or met in its course is recorded only from August 2025 to March 2026. The other three signs are not that: a person met in passing may have a conviction, and a target may have none. A custody request is looked for within the same release, by its id. palladium bounds makes bounds of these counts.
-- source: the agency's released arrest and detainer records
SELECT r.*, r.apprehension_date AS day, 1 AS hit, 1 AS base,
    CASE WHEN lower(r.apprehension_type) LIKE 'targeted%' THEN 'T'
        WHEN lower(r.apprehension_type) LIKE 'collateral%' THEN 'C' ELSE '-' END
    || CASE WHEN r.final_order_date < r.apprehension_date THEN 'y'
        WHEN r.final_order_date >= r.apprehension_date OR upper(r.final_order_yes_no) = 'NO' THEN 'n'
        ELSE '?' END
    || CASE WHEN r.unique_identifier IS NULL OR d.release_name IS NULL THEN '?'
        WHEN e.first_day <= r.apprehension_date THEN 'y' ELSE 'n' END
    || CASE WHEN lower(r.apprehension_criminality) LIKE '%convicted%' THEN 'y'
        WHEN lower(r.apprehension_criminality) LIKE '%pending%'
            OR lower(r.apprehension_criminality) LIKE '%other%' THEN 'n'
        ELSE '?' END AS evidence
FROM arrest AS r
LEFT JOIN (SELECT DISTINCT release_name FROM coverage
           WHERE table_name = 'detainer') AS d ON d.release_name = r.release_name
LEFT JOIN (SELECT f.release_name, q.unique_identifier, min(q.detainer_prepare_date) AS first_day
           FROM detainer_row AS q
           JOIN sheet AS s ON s.sheet_id = q.sheet_id
           JOIN file AS f ON f.file_id = s.file_id
           WHERE q.unique_identifier IS NOT NULL
           GROUP BY f.release_name, q.unique_identifier) AS e
    ON e.release_name = r.release_name AND e.unique_identifier = r.unique_identifier
WHERE r.duplicate_drop_row IS NOT TRUE
