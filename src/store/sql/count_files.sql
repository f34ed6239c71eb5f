-- one row: how many files there are
SELECT count(*) FROM file
