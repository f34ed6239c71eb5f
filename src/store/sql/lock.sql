-- no rows: shuts the engine off from files, and its settings from change
SET enable_external_access = false;
SET lock_configuration = true
