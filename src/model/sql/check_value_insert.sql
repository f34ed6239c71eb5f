-- one row: a value that a list allows
INSERT INTO check_value VALUES ($1, $2);
