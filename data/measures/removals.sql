-- One row per removal; likely duplicates are set aside.
-- title: Removals
-- unit: removals
-- table: removal
-- kind: count
-- numerator: released removal records, less the likely duplicates of rule palladium-1
-- denominator:
-- interval: garwood
-- caveats: Dated by the removal date where there is one, else by the departure, which can be up to a year earlier. The definition changed on 12 May 2023.
-- source: the agency's released removal records
-- alike: records
SELECT r.*, coalesce(r.removal_date, r.departed_date) AS day, 1 AS hit, 1 AS base
FROM {kept} AS r
