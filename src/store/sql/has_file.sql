-- one row: how many files have this digest
SELECT count(*) FROM file WHERE sha256 = $1
