-- one row per table, release, sheet, day and area: how many rows are dated there, and
-- how many of them have an id
CREATE OR REPLACE TEMP TABLE event_day (
    table_name VARCHAR,
    release_name VARCHAR,
    sheet_id INTEGER,
    day DATE,
    area VARCHAR,
    row_count BIGINT,
    id_count BIGINT
);
