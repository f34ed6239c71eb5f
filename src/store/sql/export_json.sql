-- no rows: writes a selection to a file, as one json array
COPY ({selection}) TO {path} (FORMAT json, ARRAY true)
