-- one row per part: a table with the columns of <table>_row that sheets of one layout have
CREATE TABLE row_part (
    "table_name" VARCHAR NOT NULL,
    "part" INTEGER NOT NULL,
    "fields" BIGINT NOT NULL
);
COMMENT ON TABLE row_part IS 'one row per part of a row table: a column that no sheet of a layout has costs as much to store as one that is full, so each layout has a table with its own columns; <table>_record shows all parts as one';
COMMENT ON COLUMN row_part."table_name" IS 'arrest, detainer, ...';
COMMENT ON COLUMN row_part."part" IS 'n of table <table>_part_<n>, from 1 in order of import';
COMMENT ON COLUMN row_part."fields" IS 'bit i: the part has the column of field i (from 0) of its table';
