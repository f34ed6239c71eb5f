-- one row per document
SELECT d.document_id AS document, d.file, d.form, d.title, d.publisher,
    CAST(d.published AS VARCHAR) AS published, count(p.passage) AS passages,
    count(p.boilerplate) AS boilerplate, d.sha256
FROM document AS d
LEFT JOIN document_passage AS p ON p.document_id = d.document_id
GROUP BY ALL
ORDER BY d.document_id
