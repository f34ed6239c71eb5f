-- One row per person and day in custody; a person with two spells on a day counts once. A
-- spell of a release that names no book-outs is one row without a hit: not recorded.
-- title: People in custody at midnight
-- unit: people
-- table: custody_day
-- coverage: stint
-- kind: rate
-- numerator: people held at the midnight that ends the day; rows without an id count as one person each
-- denominator: days covered by the release that serves them
-- interval: none
-- caveats: Open spells count up to the end of the release's coverage. A release that begins at some date may lack people booked in before it. The agency's own averages leave out hold rooms and are lower.
-- source: the agency's released detention records
SELECT p.*, CASE WHEN p.has_end THEN 1 END AS hit, 1 AS base
FROM (
    SELECT r.*, g.day,
        row_number() OVER (
            PARTITION BY r.release_name, r.unique_identifier,
                CASE WHEN r.unique_identifier IS NULL THEN r.sheet_id END,
                CASE WHEN r.unique_identifier IS NULL THEN r."row" END, g.day
            ORDER BY r.book_in_date_time DESC, r.out_day DESC, r.file DESC,
                r.sha256 DESC, r.sheet DESC, r."row" DESC) AS nth
    FROM (
        SELECT s.sheet_id, s."row", s.release_name, s.unique_identifier,
            s.area_of_responsibility, s.detention_facility, s.citizenship_country,
            s.gender, s.book_in_criminality,
            s.book_in_date_time, s.sheet, f.file, f.sha256,
            CAST(s.book_in_date_time AS DATE) AS in_day,
            e.sheet_id IS NOT NULL AS has_end,
            CASE WHEN e.sheet_id IS NULL THEN CAST(s.book_in_date_time AS DATE) + 1
                ELSE CAST(greatest(s.book_in_date_time, coalesce(s.book_out_date_time,
                    c.last_day + INTERVAL 1 DAY)) AS DATE) END AS out_day
        FROM stint AS s
        JOIN file AS f ON f.file_id = s.file_id
        JOIN (
            SELECT release_name, max(last_day) AS last_day
            FROM coverage WHERE table_name = 'stint' GROUP BY release_name
        ) AS c ON c.release_name = s.release_name
        LEFT JOIN sheet_column AS e
            ON e.sheet_id = s.sheet_id AND e.field = 'book_out_date_time'
        WHERE s.duplicate_drop_row IS NOT TRUE AND s.book_in_date_time IS NOT NULL
    ) AS r
    JOIN (
        SELECT CAST(unnest(generate_series(min(first_day), max(last_day),
            INTERVAL 1 DAY)) AS DATE) AS day
        FROM coverage WHERE table_name = 'stint'
    ) AS g ON g.day >= r.in_day AND g.day < r.out_day
) AS p
WHERE p.nth = 1
