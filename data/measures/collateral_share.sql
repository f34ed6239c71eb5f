-- One row per arrest; hit when it is recorded as collateral, without a value where it is not said.
-- title: Share of arrests recorded as collateral
-- unit: share
-- table: arrest
-- kind: share
-- numerator: arrests with the apprehension type Collateral
-- denominator: arrests with the apprehension type Collateral or Targeted
-- interval: clopper-pearson
-- caveats: The type is recorded only in releases of the layout of March 2026, and there only from August 2025. An arrest without a type is neither: it is left out of both parts. No other field says it.
-- field: apprehension_type
-- source: the agency's released arrest records
SELECT r.*, r.apprehension_date AS day,
    CASE r.apprehension_type WHEN 'Collateral' THEN 1 WHEN 'Targeted' THEN 0 END AS hit,
    CASE WHEN r.apprehension_type IN ('Collateral', 'Targeted') THEN 1 END AS base
FROM {kept} AS r
