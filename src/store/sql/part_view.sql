-- no rows: shows the wide table and all parts of it as one table
CREATE OR REPLACE VIEW {view} AS {branches}
