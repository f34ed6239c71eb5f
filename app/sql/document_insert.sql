-- no rows: adds a document
INSERT INTO document (document_id, file, sha256, size, form, language, title, publisher,
    published, published_source, url, page_count)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
