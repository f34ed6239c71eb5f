-- one row per different text of the category columns
CREATE TABLE term (
    "term_id" INTEGER NOT NULL,
    "text" VARCHAR NOT NULL
);
COMMENT ON COLUMN term."term_id" IS 'its number, from 0 without gaps';
COMMENT ON COLUMN term."text" IS 'the text as released, trimmed';
