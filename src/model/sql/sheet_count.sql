-- one row: how many sheets hold rows of a table
SELECT count(*) FROM sheet WHERE table_name = $1;
