-- one row per figure of the agency's own monthly statistics, with file, sheet and month
CREATE VIEW custody_statistic AS
SELECT
    s.file_id,
    s.sheet,
    c."row",
    c.sheet_id,
    c.column_index,
    f.release_name,
    c.fiscal_year,
    c."month",
    CASE
        WHEN c."month" = 0 THEN NULL
        WHEN c."month" >= 10 THEN make_date(c.fiscal_year - 1, c."month", 1)
        ELSE make_date(c.fiscal_year, c."month", 1)
    END AS month_first,
    c.statistic,
    c.agency,
    c.category,
    c."value"
FROM custody_statistic_fact AS c
JOIN sheet AS s ON s.sheet_id = c.sheet_id
JOIN file AS f ON f.file_id = s.file_id;
COMMENT ON VIEW custody_statistic IS 'one row per figure of the agency''s own monthly statistics';
