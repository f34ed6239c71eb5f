-- one row per stored field of {table} that any of its sheets has a column for
SELECT DISTINCT f.field
FROM field_sheet AS f
JOIN sheet_place AS p ON p.sheet_id = f.sheet_id
JOIN pragma_table_info('{table}_row') AS c ON c.name = f.field
WHERE p.table_name = $1
  AND NOT ($2 AND f.field IN ('bond_posted_date', 'bond_posted_amount',
                              'initial_bond_set_date', 'initial_bond_set_amount'))
ORDER BY f.field;
