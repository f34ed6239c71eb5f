-- no rows: forgets what the model was built from
DELETE FROM study WHERE key = 'modelled'
