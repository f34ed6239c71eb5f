-- one row for the document with that digest
SELECT document_id FROM document WHERE sha256 = $1
