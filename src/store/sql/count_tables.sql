-- one row: how many tables are called study, and how many there are
SELECT
    count(CASE WHEN table_name = 'study' THEN 1 END),
    count(*)
FROM information_schema.tables
WHERE table_schema = 'main'
