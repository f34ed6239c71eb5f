-- one row: the version of the rules that made the model
INSERT INTO study (key, value) VALUES ('rule_version', $1);
