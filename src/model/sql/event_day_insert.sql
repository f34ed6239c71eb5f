-- one row per release, sheet, day and area of {table}: how many rows are dated there
INSERT INTO event_day
SELECT '{table}', e.release_name, e.sheet_id, e.event_date, t.text, e.row_count, e.id_count
FROM (
    SELECT release_name, sheet_id, event_date, area, count(*) AS row_count,
           count(id) AS id_count
    FROM {table}_event
    GROUP BY release_name, sheet_id, event_date, area
) AS e
LEFT JOIN term AS t ON t.term_id = e.area;
