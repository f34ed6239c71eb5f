-- no rows: makes an empty table with some of the columns of another
CREATE TABLE {part} AS SELECT {columns} FROM {table} LIMIT 0
