-- one row per stretch of days that a release serves
    SELECT release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
        serves_first, serves_last
    FROM coverage
    WHERE table_name = {table} AND serves_first IS NOT NULL
