-- one row per statement that the study's claims file states
CREATE TABLE study_claim (
    "position" INTEGER NOT NULL,
    "id" VARCHAR,
    "statement" VARCHAR,
    "quotation" VARCHAR,
    "speaker" VARCHAR,
    "role" VARCHAR,
    "speech" VARCHAR,
    "source_title" VARCHAR,
    "source_publisher" VARCHAR,
    "source_date" DATE,
    "source_url" VARCHAR,
    "document" VARCHAR,
    "passage" BIGINT,
    "first_byte" BIGINT,
    "last_byte" BIGINT,
    "test" VARCHAR,
    "value" DOUBLE,
    "value_high" DOUBLE,
    "unit" VARCHAR,
    "hedge" VARCHAR,
    "comparison" VARCHAR,
    "note" VARCHAR,
    "settled_by" VARCHAR,
    "why_not" VARCHAR,
    "problem" VARCHAR,
    "line" BIGINT
);
COMMENT ON COLUMN study_claim."position" IS 'from 1, in the order of the file';
COMMENT ON COLUMN study_claim."id" IS 'its name and its link in a report';
COMMENT ON COLUMN study_claim."statement" IS 'what was said, in plain words';
COMMENT ON COLUMN study_claim."quotation" IS 'of the source, 25 words at most';
COMMENT ON COLUMN study_claim."speaker" IS 'who said it';
COMMENT ON COLUMN study_claim."role" IS 'official-named, official-unnamed, email, court-paper, reporter or document';
COMMENT ON COLUMN study_claim."speech" IS 'direct or reported';
COMMENT ON COLUMN study_claim."source_title" IS 'of the source';
COMMENT ON COLUMN study_claim."source_publisher" IS 'of the source';
COMMENT ON COLUMN study_claim."source_date" IS 'day of the source';
COMMENT ON COLUMN study_claim."source_url" IS 'of the source';
COMMENT ON COLUMN study_claim."document" IS 'SHA-256 of the document it is from';
COMMENT ON COLUMN study_claim."passage" IS 'of the document, from 1';
COMMENT ON COLUMN study_claim."first_byte" IS 'where it begins in the document';
COMMENT ON COLUMN study_claim."last_byte" IS 'its last byte in the document';
COMMENT ON COLUMN study_claim."test" IS 'what is asked of the figure';
COMMENT ON COLUMN study_claim."value" IS 'claimed, or the lower end of a range';
COMMENT ON COLUMN study_claim."value_high" IS 'upper end of a range';
COMMENT ON COLUMN study_claim."unit" IS 'of the value';
COMMENT ON COLUMN study_claim."hedge" IS 'the statement''s word for how sure or how many';
COMMENT ON COLUMN study_claim."comparison" IS 'the statement''s own comparison, in words';
COMMENT ON COLUMN study_claim."note" IS 'remark';
COMMENT ON COLUMN study_claim."settled_by" IS 'which file would settle it';
COMMENT ON COLUMN study_claim."why_not" IS 'why records cannot test it';
COMMENT ON COLUMN study_claim."problem" IS 'what is wrong with the entry';
COMMENT ON COLUMN study_claim."line" IS 'of the claims file';
