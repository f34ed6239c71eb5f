-- One row per arrest; likely duplicates of one person's arrest are set aside.
-- title: Arrests
-- unit: arrests
-- table: arrest
-- kind: count
-- numerator: released arrest records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: Records of one enforcement arm only; arrests by the Border Patrol and criminal arrests of citizens are not in them. "ERO Reprocessed Arrest" is an administrative re-arrest of somebody already counted and is in the group "other". Duplicates can be told only where a release has ids.
-- source: the agency's released arrest records
-- alike: apprehension_date
SELECT r.*, r.apprehension_date AS day, 1 AS hit, 1 AS base
FROM {kept} AS r
