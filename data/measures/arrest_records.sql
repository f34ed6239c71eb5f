-- One row per released arrest record, duplicates and all.
-- title: Arrest records
-- unit: records
-- table: arrest
-- kind: count
-- numerator: released arrest records
-- denominator:
-- interval: garwood
-- caveats: Counts records, not arrests: compare with `arrests` to see what the duplicate rule changes.
-- source: the agency's released arrest records
-- alike: apprehension_date
SELECT r.*, r.apprehension_date AS day, 1 AS hit, 1 AS base
FROM arrest AS r
