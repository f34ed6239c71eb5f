-- One row per area: whether a place of the study lies in it (else it is one to compare with).
SELECT area, TRUE AS is_place FROM study_place WHERE area IS NOT NULL
UNION
SELECT area, FALSE FROM study_comparison
WHERE area NOT IN (SELECT area FROM study_place WHERE area IS NOT NULL)
ORDER BY area
