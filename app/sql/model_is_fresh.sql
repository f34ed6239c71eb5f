-- one row: whether the model was built by these rules from all files there are
SELECT count(*) FROM study
WHERE key = 'modelled'
    AND "value" = $1 || ', file ' || (SELECT coalesce(max(file_id), 0) FROM file)
