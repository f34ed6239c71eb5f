-- one row per place that the study announces and area it lies in
SELECT place, area FROM study_place WHERE area IS NOT NULL ORDER BY place, area
