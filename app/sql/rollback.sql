-- no rows: undoes a transaction
ROLLBACK
