-- no rows: forgets the schema version before the new one is put
DELETE FROM study WHERE key = 'schema_version'
