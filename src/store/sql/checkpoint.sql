-- no rows: moves the log into the study's file
CHECKPOINT
