-- one row per row of some sheets of a table or view, in the order they were stored
(SELECT {columns} FROM {table} WHERE sheet_id BETWEEN {first} AND {last})
