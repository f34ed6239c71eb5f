-- no rows: how many threads the engine uses from now on
SET threads = {threads}
