-- no rows: empties {name}, to be made anew
DELETE FROM {name};
