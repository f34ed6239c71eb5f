-- one row per setting of the study, and of the store's own facts the rule version
SELECT key, value FROM study_setting
UNION ALL
SELECT key, value FROM study WHERE key = 'rule_version'
ORDER BY key
