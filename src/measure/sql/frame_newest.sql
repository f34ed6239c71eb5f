-- One row: the newest day that a stock was counted on, up to $1 (NULL: ever).
SELECT CAST(max(r.day) AS DATE)
FROM (
{record}
) AS r
WHERE $1 IS NULL OR r.day <= $1
