-- one row per line of the study file's effort ledger: ranges, each with its source
CREATE TABLE study_effort (
    "position" INTEGER NOT NULL,
    "place" VARCHAR NOT NULL,
    "what" VARCHAR NOT NULL,
    "first_earliest" DATE NOT NULL,
    "first_latest" DATE NOT NULL,
    "last_earliest" DATE NOT NULL,
    "last_latest" DATE NOT NULL,
    "agents_low" DOUBLE NOT NULL,
    "agents_high" DOUBLE,
    "hours_low" DOUBLE NOT NULL,
    "hours_high" DOUBLE,
    "days_on_low" DOUBLE NOT NULL,
    "days_on_high" DOUBLE,
    "days_off_low" DOUBLE NOT NULL,
    "days_off_high" DOUBLE,
    "source" VARCHAR NOT NULL,
    "source_date" DATE
);
COMMENT ON COLUMN study_effort."position" IS 'order in the study file, from 1';
COMMENT ON COLUMN study_effort."place" IS 'a place of the study, or "all places together"';
COMMENT ON COLUMN study_effort."what" IS 'whose work, such as special agents';
COMMENT ON COLUMN study_effort."first_earliest" IS 'the first day is not before this';
COMMENT ON COLUMN study_effort."first_latest" IS 'and not after this';
COMMENT ON COLUMN study_effort."last_earliest" IS 'the last day is not before this';
COMMENT ON COLUMN study_effort."last_latest" IS 'and not after this';
COMMENT ON COLUMN study_effort."agents_low" IS 'agents at least';
COMMENT ON COLUMN study_effort."agents_high" IS 'agents at most; NULL: no source says';
COMMENT ON COLUMN study_effort."hours_low" IS 'hours a day on at least';
COMMENT ON COLUMN study_effort."hours_high" IS 'hours a day on at most; NULL: no source says, a day has 24';
COMMENT ON COLUMN study_effort."days_on_low" IS 'days on in a row at least';
COMMENT ON COLUMN study_effort."days_on_high" IS 'days on in a row at most; NULL: no source says';
COMMENT ON COLUMN study_effort."days_off_low" IS 'days off behind them at least';
COMMENT ON COLUMN study_effort."days_off_high" IS 'days off behind them at most; NULL: no source says';
COMMENT ON COLUMN study_effort."source" IS 'where that is said';
COMMENT ON COLUMN study_effort."source_date" IS 'day of the source';
