-- one row per stored field of a table that any of its sheets has a column for
SELECT DISTINCT f.field
FROM field_sheet AS f
JOIN sheet_place AS p ON p.sheet_id = f.sheet_id
JOIN information_schema.columns AS c ON c.table_name = p.table_name || '_row'
                                    AND c.column_name = f.field
WHERE p.table_name = $1
  AND NOT ($2 AND f.field IN ('bond_posted_date', 'bond_posted_amount',
                              'initial_bond_set_date', 'initial_bond_set_amount'))
ORDER BY f.field;
