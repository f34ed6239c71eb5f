-- one row per row of detainer_record: which real event it stands for, as the duplicate rules see it
-- Of a row without an id nothing can be said, and it is kept: the same for each of them, so it
-- is said here and not stored row by row.
ALTER TABLE detainer_flag RENAME TO detainer_flag_row;
DELETE FROM detainer_flag_row;
COMMENT ON TABLE detainer_flag_row IS 'one row per row of detainer_record with an id: see detainer_flag';
CREATE VIEW detainer_flag AS
SELECT sheet_id, "row", episode, duplicate_likely, duplicate_episode_first,
       duplicate_drop_row, reason, rule_version
FROM detainer_flag_row
UNION ALL
SELECT r.sheet_id, r."row", 1, CAST(NULL AS BOOLEAN), TRUE, FALSE,
       'no_id',
       v.rule_version
FROM detainer_record AS r
CROSS JOIN duplicate_rule AS v
WHERE r."unique_identifier" IS NULL;
COMMENT ON VIEW detainer_flag IS 'one row per released row: which real event it stands for, as the duplicate rules see it';
COMMENT ON COLUMN detainer_flag."sheet_id" IS 'with row: the flagged row';
COMMENT ON COLUMN detainer_flag."row" IS 'with sheet_id: the flagged row';
COMMENT ON COLUMN detainer_flag."episode" IS 'number of the event; rows with the same number are one event';
COMMENT ON COLUMN detainer_flag."duplicate_likely" IS 'another row of the same person lies within the span of the rule';
COMMENT ON COLUMN detainer_flag."duplicate_episode_first" IS 'the row that stands for its event';
COMMENT ON COLUMN detainer_flag."duplicate_drop_row" IS 'left out where events are counted';
COMMENT ON COLUMN detainer_flag."reason" IS 'why, in words';
COMMENT ON COLUMN detainer_flag."rule_version" IS 'version of the rule that decided';
