-- one row per stretch of days that one release covers, whether it is the one counted or not
    SELECT DISTINCT release_name, scope, replace(area, ' Area of Responsibility', '') AS area,
        first_day AS serves_first, last_day AS serves_last
    FROM coverage
    WHERE table_name = {table} AND release_name = {release} AND first_day IS NOT NULL
