-- no rows: writes a selection to a file, as csv
COPY ({selection}) TO {path} (FORMAT csv, HEADER)
