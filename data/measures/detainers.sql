-- One row per custody request; likely duplicates are set aside.
-- title: Custody requests (detainers)
-- unit: detainers
-- table: detainer
-- kind: count
-- numerator: released detainer records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: The outcome has three states. Declined is the lift reason "Detainer Declined by LEA"; transferred is "Booked into Detention", or, where it is not declined, a stay in custody of the same id that begins on the day of the request or within 5 days after it, in the same release (method-model, Custody requests). Everything else is unknown and not a refusal: a blank reason, and also the reason "Transferred", which does not say to whom. outcome_by_reason leaves stays aside. A recent request may still be waiting for the end of criminal custody.
-- source: the agency's released detainer records
SELECT r.*, r.detainer_prepare_date AS day, 1 AS hit, 1 AS base,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 'declined'
        WHEN lower(r.detainer_lift_reason) = 'booked into detention' THEN 'transferred'
        WHEN EXISTS (SELECT 1 FROM stay AS s
            WHERE s.release_name = r.release_name
                AND s.unique_identifier = r.unique_identifier
                AND CAST(s.stay_book_in_date_time AS DATE) BETWEEN r.detainer_prepare_date
                    AND r.detainer_prepare_date + {hold_days}) THEN 'transferred'
        ELSE 'unknown' END AS outcome,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 'declined'
        WHEN lower(r.detainer_lift_reason) = 'booked into detention' THEN 'transferred'
        ELSE 'unknown' END AS outcome_by_reason
FROM {kept} AS r
