-- one row per release of {table}: what a rule would do that takes rows of one id with the
-- same {key} for one event
-- Rows without an id, or without a date, and rows that {source} leaves out because they are
-- the only one of their id, stand for themselves. A rule that only flags
-- drops nothing: dropped is then unknown ({drops} is FALSE).
INSERT INTO rule_count (table_name, release_name, rule, rows, rows_without_id, episodes,
                        likely, dropped, kept)
WITH keyed AS (
    SELECT release, count(*) AS size
    FROM {source} AS v
    WHERE id IS NOT NULL AND {date} IS NOT NULL
    GROUP BY release, id, {key}
),
grouped AS (
    SELECT release, count(*) AS group_count, sum(size) AS member_count,
           sum(CASE WHEN size > 1 THEN size ELSE 0 END) AS likely_count
    FROM keyed
    GROUP BY release
)
SELECT '{table}', t.release_name, $1, t.row_count, t.row_count - t.id_count,
       CASE WHEN t.id_count > 0
            THEN coalesce(g.group_count, 0) + t.row_count - coalesce(g.member_count, 0) END,
       CASE WHEN t.id_count > 0 THEN coalesce(g.likely_count, 0) END,
       CASE WHEN t.id_count > 0 AND {drops}
            THEN coalesce(g.member_count, 0) - coalesce(g.group_count, 0) END,
       CASE WHEN {drops}
            THEN t.row_count - coalesce(g.member_count, 0) + coalesce(g.group_count, 0)
            ELSE t.row_count END
FROM event_total AS t
LEFT JOIN grouped AS g ON g.release = t.release
WHERE t.table_name = '{table}';
