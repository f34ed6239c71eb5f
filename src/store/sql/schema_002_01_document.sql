-- one row per document kept as evidence
CREATE TABLE document (
    "document_id" INTEGER NOT NULL,
    "file" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "size" BIGINT NOT NULL,
    "form" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "title" VARCHAR,
    "publisher" VARCHAR,
    "published" DATE,
    "published_source" VARCHAR,
    "url" VARCHAR,
    "page_count" INTEGER
);
COMMENT ON COLUMN document."document_id" IS 'from 1, in the order they were added';
COMMENT ON COLUMN document."file" IS 'its name without folders';
COMMENT ON COLUMN document."sha256" IS 'SHA-256 of its bytes, hexadecimal; no two documents have the same';
COMMENT ON COLUMN document."size" IS 'bytes';
COMMENT ON COLUMN document."form" IS 'txt, html, eml or pdf';
COMMENT ON COLUMN document."language" IS 'english, other, or unknown where there is too little text to tell';
COMMENT ON COLUMN document."title" IS 'as given, else as the document says';
COMMENT ON COLUMN document."publisher" IS 'as given, else as the document says';
COMMENT ON COLUMN document."published" IS 'day of the document, from which "last month" is counted';
COMMENT ON COLUMN document."published_source" IS 'where that day is from: given, stated (in its head), or text (the first full date in it)';
COMMENT ON COLUMN document."url" IS 'as given, else as the document says';
COMMENT ON COLUMN document."page_count" IS 'pages of a pdf; NULL for other forms';
