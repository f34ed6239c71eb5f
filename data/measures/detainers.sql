-- One row per custody request; likely duplicates are set aside.
-- title: Custody requests (detainers)
-- unit: detainers
-- table: detainer
-- kind: count
-- numerator: released detainer records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: The outcome has three states. Declined is the lift reason "Detainer Declined by LEA"; transferred is "Booked into Detention"; everything else, blank included, is unknown, and not a refusal. A recent request may still be waiting for the end of criminal custody.
-- source: the agency's released detainer records
SELECT r.*, r.detainer_prepare_date AS day, 1 AS hit, 1 AS base,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 'declined'
        WHEN lower(r.detainer_lift_reason) = 'booked into detention' THEN 'transferred'
        ELSE 'unknown' END AS outcome
FROM {kept} AS r
