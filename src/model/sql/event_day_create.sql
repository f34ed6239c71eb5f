-- one row per table, release, sheet, day and area: how many rows are dated there
CREATE OR REPLACE TEMP TABLE event_day (
    table_name VARCHAR,
    release_name VARCHAR,
    sheet_id INTEGER,
    day DATE,
    area VARCHAR,
    row_count BIGINT
);
