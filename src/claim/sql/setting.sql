-- one row per fact of the study that a judgement states
SELECT key, value FROM study_setting WHERE key IN ('title', 'program_version')
UNION ALL
SELECT key, value FROM study WHERE key = 'rule_version'
ORDER BY key
