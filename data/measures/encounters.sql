-- One row per encounter; likely duplicates are set aside.
-- title: Encounters
-- unit: encounters
-- table: encounter
-- kind: count
-- numerator: released encounter records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: An encounter is an interview or a screening, often in a jail; it is not an arrest. The records of October 2025 and March 2026 are of doubtful reliability.
-- source: the agency's released encounter records
-- alike: event_date
SELECT r.*, r.event_date AS day, 1 AS hit, 1 AS base
FROM {kept} AS r
