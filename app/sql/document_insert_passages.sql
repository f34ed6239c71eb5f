-- no rows: adds the passages of a document, given as one JSON list
INSERT INTO document_passage (document_id, passage, kind, boilerplate, page, first_byte,
    last_byte, "text", text_map)
SELECT $1, p.passage, p.kind, p.boilerplate, p.page, p.first_byte, p.last_byte, p."text",
    p.text_map
FROM (
    SELECT unnest(from_json($2, '[{"passage": "INTEGER", "kind": "VARCHAR",
        "boilerplate": "VARCHAR", "page": "INTEGER", "first_byte": "BIGINT",
        "last_byte": "BIGINT", "text": "VARCHAR", "text_map": "VARCHAR"}]')) AS p
)
ORDER BY p.passage
