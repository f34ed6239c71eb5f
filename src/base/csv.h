/*
 * CSV out: comma, CRLF never, LF always, quotes only where needed; stable bytes. A text cell
 * that a spreadsheet would run as a formula (=, +, -, @ first) is written as it is: data
 * files are data, and numbers may be negative.
 */
#ifndef PAL_BASE_CSV_H
#define PAL_BASE_CSV_H

#include <stdbool.h>

#include "base/buffer.h"

/* One field; `is_first` leaves out the comma before it. */
void pal_csv_field(struct pal_buffer *out, struct pal_view text, bool is_first);
void pal_csv_end(struct pal_buffer *out);

#endif
