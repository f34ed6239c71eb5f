/*
 * CSV in, for the tables that the program carries or a person edits: comma, quotes doubled
 * inside quotes, LF or CRLF, all of it in memory. Released files are read by room source,
 * which survives far more.
 */
#ifndef PAL_BASE_CSV_READ_H
#define PAL_BASE_CSV_READ_H

#include <stdint.h>

#include "base/memory.h"

struct pal_csv_text {
    struct pal_view rest; /* not yet read; data NULL at the end */
    int64_t line;         /* where the row last read begins, 1 the first */
    int64_t next_line;
};

void pal_csv_text_init(struct pal_csv_text *reader, struct pal_view text);
/* The next row that is not blank: its cells, copied into the arena where they were quoted, else
 * views of the text. *count is 0 at the end. PAL_INPUT for a quote left open or out of place,
 * and for more than `cell_max` cells; the error names the line. */
pal_status pal_csv_read_row(struct pal_csv_text *reader, struct pal_arena *arena,
                            struct pal_view *cells, size_t cell_max, size_t *count,
                            struct pal_error *err) PAL_MUST_USE;

#endif
