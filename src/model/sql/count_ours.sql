-- one row per release of {table}: what our rule keeps and drops
-- Flags are counted by sheet, without the rows. A row without a stored flag has no id and
-- stands for an event of its own.
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH flagged AS (
    SELECT sheet_id, count(*) AS flag_count,
           sum(CASE WHEN duplicate_episode_first THEN 1 ELSE 0 END) AS episode_count,
           sum(CASE WHEN duplicate_likely THEN 1 ELSE 0 END) AS likely_count,
           sum(CASE WHEN duplicate_drop_row THEN 1 ELSE 0 END) AS drop_count
    FROM {table}_flag_row
    GROUP BY sheet_id
),
counted AS (
    SELECT p.release, sum(f.flag_count) AS flag_count, sum(f.episode_count) AS episode_count,
           sum(f.likely_count) AS likely_count, sum(f.drop_count) AS drop_count
    FROM flagged AS f
    JOIN sheet_place AS p ON p.sheet_id = f.sheet_id
    GROUP BY p.release
)
SELECT '{table}', t.release_name, $1, t.row_count, t.row_count - t.id_count,
       CASE WHEN t.id_count > 0
            THEN c.episode_count + t.row_count - c.flag_count END,
       CASE WHEN t.id_count > 0 THEN c.likely_count END,
       CASE WHEN t.id_count > 0 THEN c.drop_count END,
       t.row_count - coalesce(c.drop_count, 0)
FROM event_total AS t
LEFT JOIN counted AS c ON c.release = t.release
WHERE t.table_name = '{table}';
