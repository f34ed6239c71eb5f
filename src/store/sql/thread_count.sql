-- one row: how many threads the engine uses
SELECT CAST(current_setting('threads') AS BIGINT)
