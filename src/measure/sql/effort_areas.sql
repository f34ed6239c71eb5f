-- One row per place of the study and area of responsibility it lies in.
SELECT place, coalesce(area, '') AS area
FROM study_place
ORDER BY place, area
