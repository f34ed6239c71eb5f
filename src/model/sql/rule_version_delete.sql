-- no rows: forgets the version of the rules that made the model
DELETE FROM study WHERE key = 'rule_version';
