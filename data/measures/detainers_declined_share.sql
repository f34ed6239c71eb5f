-- One row per custody request; hit when the jail is recorded as having declined it.
-- title: Share of custody requests recorded as declined
-- unit: share
-- table: detainer
-- kind: share
-- numerator: detainers with the lift reason "Detainer Declined by LEA"
-- denominator: all detainers, those of unknown outcome included
-- interval: clopper-pearson
-- caveats: A lower bound of refusals: most outcomes are unknown. The agency withdrew its own declined-detainer report of 2017 for errors.
-- source: the agency's released detainer records
SELECT r.*, r.detainer_prepare_date AS day,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 1 ELSE 0 END AS hit,
    1 AS base,
    CASE WHEN lower(r.detainer_lift_reason) = 'detainer declined by lea' THEN 'declined'
        WHEN lower(r.detainer_lift_reason) = 'booked into detention' THEN 'transferred'
        ELSE 'unknown' END AS outcome
FROM {kept} AS r
