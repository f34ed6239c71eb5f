-- one row: the number of the next document
SELECT coalesce(max(document_id), 0) + 1 FROM document
