-- one row per spell with an id: its group of repeated spells, and whether it is the one not kept
-- Step 1: rows equal but for bond; the first in provenance survives.
-- Step 2: survivors of one id, stay, facility and book-in day are the same spell when they
-- overlap, or begin together (with a time of day: the same time; without: the same day and
-- the same or no end). A spell that had ended before the next began is a real return to the
-- facility and is kept. Of a group the kept row is the closed one with the latest book-out,
-- then the earliest book-in, then the last in provenance.
-- Every row of step 1 lies in the group of its twin, so one grouping serves both steps. A
-- group has the number of its first row among the spells of the id.
INSERT INTO stint_flag_row (sheet_id, row, episode, duplicate_likely, duplicate_episode_first,
                            duplicate_drop_row, reason, rule_version)
WITH spell AS (
    SELECT v.sheet_id, v.row, v.place, v.release, v.id, v.stay_in, v.facility,
           v.event_date, v.spell_in, v.spell_out,
           coalesce(v.spell_out, TIMESTAMP '9999-12-31 00:00:00') AS end_or_open,
           CASE WHEN CAST(v.event_date AS TIMESTAMP) = v.spell_in
                THEN 0 ELSE 1 END AS has_time,
           q.rank AS equal_rank
    FROM stint_equal AS q
    JOIN stint_event AS v ON v.sheet_id = q.sheet_id AND v.row = q.row
),
placed AS (
    SELECT *,
           row_number() OVER day_order AS day_position,
           lag(spell_in) OVER day_order AS in_before,
           lag(end_or_open) OVER day_order AS end_before,
           max(end_or_open) OVER (PARTITION BY release, id, stay_in, facility, event_date
                                  ORDER BY spell_in, end_or_open, place, row
                                  ROWS BETWEEN UNBOUNDED PRECEDING
                                  AND 1 PRECEDING) AS end_so_far
    FROM spell
    WINDOW day_order AS (PARTITION BY release, id, stay_in, facility, event_date
                         ORDER BY spell_in, end_or_open, place, row)
),
parted AS (
    SELECT *,
           sum(CASE WHEN in_before IS NULL THEN 1
                    WHEN spell_in < end_so_far THEN 0
                    WHEN spell_in = in_before
                         AND (has_time = 1 OR spell_out IS NULL
                              OR end_or_open = end_before) THEN 0
                    ELSE 1 END)
               OVER (PARTITION BY release, id, stay_in, facility, event_date
                     ORDER BY day_position) AS day_group
    FROM placed
),
ranked AS (
    SELECT k.sheet_id, k.row, k.equal_rank,
           count(*) OVER same_spell AS size,
           min(p.position) OVER same_spell AS episode,
           row_number() OVER (PARTITION BY release, id, stay_in, facility, event_date,
                                           day_group
                              ORDER BY p.position) AS rank_first,
           row_number() OVER (PARTITION BY release, id, stay_in, facility, event_date,
                                           day_group
                              ORDER BY CASE WHEN equal_rank = 1 THEN 0 ELSE 1 END,
                                       CASE WHEN spell_out IS NULL THEN 1 ELSE 0 END,
                                       spell_out DESC NULLS LAST, spell_in,
                                       place DESC, k.row DESC) AS rank_kept
    FROM parted AS k
    JOIN stint_position AS p ON p.sheet_id = k.sheet_id AND p.row = k.row
    WINDOW same_spell AS (PARTITION BY release, id, stay_in, facility, event_date,
                                       day_group)
)
SELECT sheet_id, row, episode, size > 1, rank_first = 1, rank_kept > 1,
       CASE WHEN size = 1 THEN 'alone'
            WHEN rank_kept = 1 THEN 'kept'
            WHEN equal_rank > 1 THEN 'equal_but_bond'
            ELSE 'overlaps_same_day' END, $1
FROM ranked
UNION ALL
SELECT v.sheet_id, v.row, p.position,
       CASE WHEN v.book_in_date_time IS NULL THEN NULL ELSE FALSE END, TRUE, FALSE,
       CASE WHEN v.book_in_date_time IS NULL THEN 'no_date' ELSE 'alone' END, $1
FROM stint_position AS p
JOIN stint_record AS v ON v.sheet_id = p.sheet_id AND v.row = p.row
LEFT JOIN stint_equal AS q ON q.sheet_id = p.sheet_id AND q.row = p.row
WHERE q.row IS NULL;
