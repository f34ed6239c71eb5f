-- one row per passage of a document
SELECT kind, boilerplate, page, first_byte, last_byte, "text", text_map
FROM document_passage WHERE document_id = $1
ORDER BY passage
