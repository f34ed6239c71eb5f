-- one row per value that a list of data/check_values.csv allows
CREATE OR REPLACE TEMP TABLE check_value (
    list VARCHAR,
    value VARCHAR
);
