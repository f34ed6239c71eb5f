-- one row per release of {table}: what our rule keeps and drops
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH flagged AS (
    SELECT v.release_name, v.id, f.episode, f.duplicate_likely, f.duplicate_drop_row,
           v.sheet_id, v.row
    FROM {table}_event AS v
    JOIN {table}_flag AS f ON f.sheet_id = v.sheet_id AND f.row = v.row
),
episode AS (
    SELECT release_name, count(*) AS episode_count
    FROM (SELECT DISTINCT release_name, id, episode FROM flagged WHERE id IS NOT NULL) AS e
    GROUP BY release_name
),
total AS (
    SELECT release_name, count(*) AS row_count, count(id) AS id_count,
           sum(CASE WHEN duplicate_likely THEN 1 ELSE 0 END) AS likely_count,
           sum(CASE WHEN duplicate_drop_row THEN 1 ELSE 0 END) AS drop_count
    FROM flagged
    GROUP BY release_name
)
SELECT '{table}', t.release_name, $1, t.row_count, t.row_count - t.id_count,
       CASE WHEN t.id_count > 0
            THEN coalesce(e.episode_count, 0) + t.row_count - t.id_count END,
       CASE WHEN t.id_count > 0 THEN t.likely_count END,
       CASE WHEN t.id_count > 0 THEN t.drop_count END,
       t.row_count - t.drop_count
FROM total AS t
LEFT JOIN episode AS e ON e.release_name = t.release_name;
