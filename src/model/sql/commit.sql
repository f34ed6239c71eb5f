-- no rows: the tables of a build take the place of those before
COMMIT
