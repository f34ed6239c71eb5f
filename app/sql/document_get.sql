-- one row: what is known of a document
SELECT file, sha256, size, form, language, title, publisher, published, published_source,
    url, page_count
FROM document WHERE document_id = $1
