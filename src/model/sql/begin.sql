-- no rows: opens the transaction of a build
BEGIN TRANSACTION
