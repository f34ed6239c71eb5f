-- no rows: leaves out the search for common parts of texts, half a millisecond for every
-- column of texts at each checkpoint (it makes a study a sixtieth smaller); writes a full row
-- group while more rows come, not five at the commit
SET disabled_compression_methods = 'fsst';
SET write_buffer_row_group_count = 1;
