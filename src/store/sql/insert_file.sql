-- no rows: adds a file
INSERT INTO file (file_id, file, path, sha256, size, release_name, form)
VALUES ($1, $2, $3, $4, $5, $6, $7)
