-- one row per column of a table or view, its name and type, in their order
SELECT column_name, data_type
FROM information_schema.columns
WHERE table_schema = 'main' AND table_name = $1
ORDER BY ordinal_position
