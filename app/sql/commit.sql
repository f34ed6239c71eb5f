-- no rows: makes a transaction last
COMMIT
