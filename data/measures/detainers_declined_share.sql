-- One row per custody request; hit when the jail is recorded as having declined it.
-- title: Share of custody requests recorded as declined
-- unit: share
-- table: detainer
-- kind: share
-- numerator: detainers with the lift reason "Detainer Declined by LEA"
-- denominator: all detainers, those of unknown outcome included
-- interval: clopper-pearson
-- caveats: A lower bound of refusals: most outcomes are unknown, those with the lift reason "Transferred" among them, which does not say to whom. The agency withdrew its own declined-detainer report of 2017 for errors.
-- source: the agency's released detainer records
SELECT r.*, r.detainer_prepare_date AS day,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 1 ELSE 0 END AS hit,
    1 AS base,
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
