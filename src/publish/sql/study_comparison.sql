-- one row per area that the places are compared with
SELECT area FROM study_comparison ORDER BY area
