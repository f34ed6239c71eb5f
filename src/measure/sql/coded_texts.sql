-- one row per sheet and combination of values that occurs, readable, with its numbers
(SELECT x.sheet_id, s.file_id, s.sheet, f.release_name{columns}{texts}
FROM (SELECT DISTINCT sheet_id{fields} FROM coded) AS x
JOIN sheet AS s ON s.sheet_id = x.sheet_id
JOIN file AS f ON f.file_id = s.file_id
{joins})
