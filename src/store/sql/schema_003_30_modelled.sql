-- no rows: the model of an older study is built anew, in the form that its flags have now
DELETE FROM study WHERE key = 'modelled';
