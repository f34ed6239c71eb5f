-- no rows: opens a transaction that cannot write
BEGIN TRANSACTION READ ONLY
