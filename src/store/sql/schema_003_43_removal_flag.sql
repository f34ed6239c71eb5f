-- one row per row of removal_record: which real event it stands for, as the duplicate rules see it
-- Of a row without an id nothing can be said, and it is kept: the same for each of them, so it
-- is said here and not stored row by row.
ALTER TABLE removal_flag RENAME TO removal_flag_row;
DELETE FROM removal_flag_row;
COMMENT ON TABLE removal_flag_row IS 'one row per row of removal_record with an id: see removal_flag';
CREATE VIEW removal_flag AS
SELECT sheet_id, "row", episode, duplicate_likely, duplicate_episode_first,
       duplicate_drop_row, reason, rule_version
FROM removal_flag_row
UNION ALL
SELECT r.sheet_id, r."row", 1, CAST(NULL AS BOOLEAN), TRUE, FALSE,
       'no_id',
       v.rule_version
FROM removal_record AS r
CROSS JOIN duplicate_rule AS v
WHERE r."unique_identifier" IS NULL;
COMMENT ON VIEW removal_flag IS 'one row per released row: which real event it stands for, as the duplicate rules see it';
COMMENT ON COLUMN removal_flag."sheet_id" IS 'with row: the flagged row';
COMMENT ON COLUMN removal_flag."row" IS 'with sheet_id: the flagged row';
COMMENT ON COLUMN removal_flag."episode" IS 'number of the event; rows with the same number are one event';
COMMENT ON COLUMN removal_flag."duplicate_likely" IS 'another row of the same person lies within the span of the rule';
COMMENT ON COLUMN removal_flag."duplicate_episode_first" IS 'the row that stands for its event';
COMMENT ON COLUMN removal_flag."duplicate_drop_row" IS 'left out where events are counted';
COMMENT ON COLUMN removal_flag."reason" IS 'why, in words';
COMMENT ON COLUMN removal_flag."rule_version" IS 'version of the rule that decided';
