-- One row per arrest; divided by the days that the serving release covers.
-- title: Arrests a day
-- unit: arrests a day
-- table: arrest
-- kind: rate
-- numerator: arrests, as in the measure `arrests`
-- denominator: days covered by the release that serves them
-- interval: garwood
-- caveats: A day without arrests counts as a day. The interval is that of a Poisson count over the days covered; day-to-day swings are larger than that.
-- source: the agency's released arrest records
-- alike: apprehension_date
SELECT r.*, r.apprehension_date AS day, 1 AS hit, 1 AS base
FROM {kept} AS r
