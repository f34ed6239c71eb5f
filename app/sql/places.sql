-- one row per place that the study announces, with its area
SELECT p.place, p.area FROM study_place AS p ORDER BY p.place, p.area
