-- no rows: settings under which rows leave in the order they are stored
-- One thread, and joins as they are written, so that the row table is the one that is walked
-- through. Sorting half a million arrests of 100 columns would take 30 s and 900 MB.
SET threads = 1;
SET disabled_optimizers = 'join_order,build_side_probe_side';
SET memory_limit = '512MB'
