-- one row per release that the study holds
SELECT DISTINCT release_name FROM file WHERE release_name IS NOT NULL ORDER BY release_name
