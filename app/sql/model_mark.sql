-- no rows: keeps what the model was built from: the rules' version and the last file
INSERT INTO study (key, "value")
SELECT 'modelled', $1 || ', file ' || (SELECT coalesce(max(file_id), 0) FROM file)
