-- one row per place of the campaign
SELECT place, area, state, note FROM study_place ORDER BY place, area
