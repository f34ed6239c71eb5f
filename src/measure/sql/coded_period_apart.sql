-- a record's day where it is one of those asked for, else a day before all of them
CASE WHEN r.day IN (SELECT CAST(unnest(string_split({days}, ',')) AS DATE))
    THEN CAST(r.day AS DATE) ELSE DATE '0001-01-01' END
