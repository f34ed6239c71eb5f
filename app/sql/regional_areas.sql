-- one row: the areas that the releases of a table cover, where none covers the whole country
SELECT string_agg(DISTINCT replace(area, ' Area of Responsibility', ''), ', '
                  ORDER BY replace(area, ' Area of Responsibility', ''))
FROM coverage
WHERE table_name = $1
    AND NOT EXISTS (SELECT 1 FROM coverage AS n
                    WHERE n.table_name = $1 AND n.scope <> 'regional')
