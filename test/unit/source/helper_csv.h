/*
 * A csv read in pieces of a given size and written down as text, one line a row:
 * "3: 0=Male 2=MEXICO", so that a table of expectations can be read by a person.
 */
#ifndef HELPER_CSV_H
#define HELPER_CSV_H

#include "source/csv_internal.h"

/* Gives the status at the end; `out` holds the rows up to there. */
pal_status helper_csv_rows(struct pal_view content, size_t piece_size,
                           const struct pal_csv_options *options,
                           const struct pal_source_limits *limits,
                           struct pal_buffer *out, struct pal_error *err);
void helper_write_row(struct pal_buffer *out, const struct pal_row *row);

#endif
