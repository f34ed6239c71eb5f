-- One row per arrest whose method is known; hit when it was at large.
-- title: Share of arrests made at large
-- unit: share
-- table: arrest
-- kind: share
-- numerator: arrests with method Non-Custodial Arrest, Located, Probation and Parole or Worksite Enforcement
-- denominator: arrests with a method of the groups at-large, custodial and 287(g)
-- interval: clopper-pearson
-- caveats: The method says how and where, not who was sought: "at large" is not "collateral". Methods outside the three groups are left out of both parts. Custodial methods were folded together in July 2025.
-- source: the agency's released arrest records; the Deportation Data Project's grouping of August 2026
-- alike: apprehension_date
SELECT r.*, r.apprehension_date AS day,
    CASE WHEN lower(r.apprehension_method) IN ('non-custodial arrest', 'located',
        'probation and parole', 'worksite enforcement') THEN 1 ELSE 0 END AS hit,
    1 AS base
FROM {kept} AS r
WHERE lower(r.apprehension_method) IN ('non-custodial arrest', 'located',
        'probation and parole', 'worksite enforcement', 'custodial arrest',
        'cap local incarceration', 'cap federal incarceration',
        'cap state incarceration', 'criminal alien program', '287(g) program')
