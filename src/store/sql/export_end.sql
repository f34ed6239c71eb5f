-- no rows: the settings of a study again
RESET disabled_optimizers;
SET memory_limit = '{memory}MB'
