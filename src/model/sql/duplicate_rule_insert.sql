-- one row: the version of the rules by which duplicates are found
INSERT INTO duplicate_rule (rule_version) VALUES ($1);
