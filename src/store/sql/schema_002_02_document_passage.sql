-- one row per passage of a document, in the order of the document
CREATE TABLE document_passage (
    "document_id" INTEGER NOT NULL,
    "passage" INTEGER NOT NULL,
    "kind" VARCHAR NOT NULL,
    "boilerplate" VARCHAR,
    "page" INTEGER,
    "first_byte" BIGINT NOT NULL,
    "last_byte" BIGINT NOT NULL,
    "text" VARCHAR NOT NULL,
    "text_map" VARCHAR NOT NULL
);
COMMENT ON COLUMN document_passage."document_id" IS 'its document';
COMMENT ON COLUMN document_passage."passage" IS 'from 1 within the document';
COMMENT ON COLUMN document_passage."kind" IS 'heading, paragraph, item, cell, quotation or header';
COMMENT ON COLUMN document_passage."boilerplate" IS 'why it is no part of what the document says (navigation, script, ...); NULL: it is';
COMMENT ON COLUMN document_passage."page" IS 'page of a pdf, from 1; NULL for other forms';
COMMENT ON COLUMN document_passage."first_byte" IS 'where it begins in the original file, from 0; for a pdf the character of the page''s text';
COMMENT ON COLUMN document_passage."last_byte" IS 'its last byte in the original file, itself included; for a pdf the last character';
COMMENT ON COLUMN document_passage."text" IS 'UTF-8, blanks put together';
COMMENT ON COLUMN document_passage."text_map" IS 'runs of text, each "text from:original from:text size:original size"';
