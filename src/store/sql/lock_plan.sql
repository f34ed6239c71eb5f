-- one row per plan: the tables and functions that a reading statement would be answered from
EXPLAIN (FORMAT JSON) {statement}
