-- one row: how many links the round has made
SELECT count(*) FROM arrest_stay WHERE round = $1;
