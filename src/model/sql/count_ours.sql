-- one row per release of {table}: what our rule keeps and drops
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH total AS (
    SELECT v.release_name, count(*) AS row_count, count(v.id) AS id_count,
           sum(CASE WHEN f.duplicate_episode_first THEN 1 ELSE 0 END) AS episode_count,
           sum(CASE WHEN f.duplicate_likely THEN 1 ELSE 0 END) AS likely_count,
           sum(CASE WHEN f.duplicate_drop_row THEN 1 ELSE 0 END) AS drop_count
    FROM {table}_event AS v
    JOIN {table}_flag AS f ON f.sheet_id = v.sheet_id AND f.row = v.row
    GROUP BY v.release_name
)
SELECT '{table}', release_name, $1, row_count, row_count - id_count,
       CASE WHEN id_count > 0 THEN episode_count END,
       CASE WHEN id_count > 0 THEN likely_count END,
       CASE WHEN id_count > 0 THEN drop_count END,
       row_count - drop_count
FROM total;
