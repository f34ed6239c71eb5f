-- One row: the campaign's first and last day and the baseline's; NULL where the study names none.
SELECT (SELECT min(first_day) FROM study_campaign), (SELECT max(last_day) FROM study_campaign),
    (SELECT TRY_CAST(max("value") AS DATE) FROM study_setting WHERE "key" = 'baseline_first'),
    (SELECT TRY_CAST(max("value") AS DATE) FROM study_setting WHERE "key" = 'baseline_last')
