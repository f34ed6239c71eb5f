-- one row per arrest and the stay in custody that follows it, one to one
CREATE TABLE arrest_stay (
    "sheet_id" INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    "stay_number" INTEGER NOT NULL,
    "lag_hours" DOUBLE NOT NULL,
    "round" INTEGER NOT NULL,
    "reason" VARCHAR NOT NULL,
    "rule_version" VARCHAR NOT NULL
);
COMMENT ON COLUMN arrest_stay."sheet_id" IS 'with row: the arrest';
COMMENT ON COLUMN arrest_stay."row" IS 'with sheet_id: the arrest';
COMMENT ON COLUMN arrest_stay."stay_number" IS 'the stay';
COMMENT ON COLUMN arrest_stay."lag_hours" IS 'from arrest to book-in; negative: booked in before; whole days where either has no time of day';
COMMENT ON COLUMN arrest_stay."round" IS '1: closest both ways; more: its closest went to another';
COMMENT ON COLUMN arrest_stay."reason" IS 'closest_both_ways or next_closest';
COMMENT ON COLUMN arrest_stay."rule_version" IS 'version of the rule that decided';
