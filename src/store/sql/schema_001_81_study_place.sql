-- one row per place of the campaign and area it lies in
CREATE TABLE study_place (
    "place" VARCHAR NOT NULL,
    "area" VARCHAR,
    "state" VARCHAR,
    "note" VARCHAR,
    "source" VARCHAR
);
COMMENT ON COLUMN study_place."place" IS 'place as announced';
COMMENT ON COLUMN study_place."area" IS 'area of responsibility it lies in';
COMMENT ON COLUMN study_place."state" IS 'state it lies in';
COMMENT ON COLUMN study_place."note" IS 'remark';
COMMENT ON COLUMN study_place."source" IS 'where that is said';
