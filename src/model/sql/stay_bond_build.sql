-- one row per stay with bond: lowest amounts and earliest day of its spells
CREATE OR REPLACE TEMP TABLE stay_bond AS
SELECT s.sheet_first, s.row_first,
       min(r.initial_bond_set_amount) AS initial_bond_set_amount,
       min(r.bond_posted_amount) AS bond_posted_amount,
       min(r.bond_posted_date) AS bond_posted_date
FROM stint_record AS r
JOIN stay_spell AS s ON s.sheet_id = r.sheet_id AND s.row = r.row
WHERE r.initial_bond_set_amount IS NOT NULL OR r.bond_posted_amount IS NOT NULL
   OR r.bond_posted_date IS NOT NULL
GROUP BY s.sheet_first, s.row_first;
