-- one row per column of a table or view, in its order
SELECT column_name
FROM information_schema.columns
WHERE table_schema = 'main' AND table_name = $1
ORDER BY ordinal_position
