-- one row per document with that number, or whose digest begins so
SELECT document_id FROM document
WHERE CAST(document_id AS VARCHAR) = $1 OR (length($1) >= 8 AND starts_with(sha256, $1))
ORDER BY document_id
