-- no rows: opens a transaction
BEGIN TRANSACTION
