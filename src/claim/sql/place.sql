-- one row per place of the study and area
SELECT place, area, state, note FROM study_place ORDER BY place, area
