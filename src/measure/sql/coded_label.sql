-- one row per sheet and value of what a dimension looks at: its label, and the label's number
{name} AS (
    SELECT m.*, dense_rank() OVER (ORDER BY m.label) AS number
    FROM (
        SELECT r.sheet_id{columns}, {label} AS label
        FROM {rows} AS r
        LEFT JOIN own ON own.release_name = r.release_name
        {join}
    ) AS m
), {name}_text AS (
    SELECT DISTINCT number, label FROM {name}
)
