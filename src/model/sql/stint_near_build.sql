-- one row per release, id, stay, facility and book-in day with more than one spell
CREATE OR REPLACE TEMP TABLE stint_near AS
SELECT release, id, stay_in, facility, event_date
FROM stint_event
WHERE id IS NOT NULL AND spell_in IS NOT NULL
GROUP BY release, id, stay_in, facility, event_date
HAVING count(*) > 1;
