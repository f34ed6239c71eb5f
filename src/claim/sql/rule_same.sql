-- one row per duplicate rule that keeps every row of every release of a table
SELECT rule
FROM rule_count
WHERE table_name = $1
GROUP BY rule
HAVING bool_and(kept = rows)
ORDER BY rule
