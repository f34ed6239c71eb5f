-- One row per month, arresting agency and criminality that the agency's statistics give.
-- title: Book-ins into detention, the agency's own statistics
-- unit: book-ins
-- table: custody_statistic
-- kind: stated
-- numerator: initial book-ins as the agency published them
-- denominator:
-- interval: none
-- caveats: A published count, not records: it cannot be checked row by row. Where several workbooks give the same month, the newest file's figure stands.
-- source: the agency's detention statistics, by fiscal year
SELECT r.*, r.month_first AS day, r.value AS hit, 1 AS base
FROM (
    SELECT s.*, row_number() OVER (
            PARTITION BY s.fiscal_year, s.month, s.statistic, s.agency, s.category
            ORDER BY f.file DESC, s.sheet_id DESC, s.row DESC) AS age
    FROM custody_statistic AS s
    JOIN file AS f ON f.file_id = s.file_id
    WHERE s.month > 0) AS r
WHERE r.age = 1 AND r.statistic = 'book_ins'
