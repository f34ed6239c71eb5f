-- no rows: the tables of before stay
ROLLBACK
