-- one row per released row of a table, from its wide table and its parts: every part that is
-- made later is added to the view of its table
CREATE VIEW arrest_record AS SELECT * FROM arrest_row;
CREATE VIEW detainer_record AS SELECT * FROM detainer_row;
CREATE VIEW encounter_record AS SELECT * FROM encounter_row;
CREATE VIEW removal_record AS SELECT * FROM removal_row;
CREATE VIEW stint_record AS SELECT * FROM stint_row;
CREATE VIEW head_count_record AS SELECT * FROM head_count_row;
CREATE VIEW area_state_record AS SELECT * FROM area_state_row;
