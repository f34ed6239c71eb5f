-- One row per cell of the government's head counts.
-- title: Staff on board
-- unit: employees
-- table: head_count
-- kind: stock
-- numerator: employees as the personnel office published them
-- denominator:
-- interval: none
-- caveats: A count at the end of the month named; without a month, the newest there is. Counts of ten or fewer are released as "10_OR_LESS" in some files: such a cell has no number here, and the sum is a lower bound.
-- source: the Office of Personnel Management's status data
SELECT r.*, r.date AS day, r.employment AS hit, 1 AS base
FROM head_count AS r
