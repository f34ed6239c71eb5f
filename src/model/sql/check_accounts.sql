-- one row per release: its sheets whose rows read are not stored + rejected + blank
SELECT p.release_name,
       sum(CASE WHEN s.rows_read = s.rows_stored + s.rows_rejected + s.rows_blank
                THEN 0 ELSE 1 END),
       count(*), TRUE
FROM sheet AS s
JOIN sheet_place AS p ON p.sheet_id = s.sheet_id
WHERE s.table_name = '{table}'
GROUP BY p.release_name
ORDER BY p.release_name;
