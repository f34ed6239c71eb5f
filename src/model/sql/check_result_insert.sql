-- one row per validation rule, table and release
INSERT INTO check_result (position, rule, level, table_name, release_name, share, n, total,
                          threshold, text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
