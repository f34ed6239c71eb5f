/*
 * The same sheet read by other means: expat and straightforward code, slow and easy to
 * check. What it shows must be what the sheet reader shows.
 */
#ifndef HELPER_EXPAT_H
#define HELPER_EXPAT_H

#include "helper_zip.h"

/* Shows the rows as helper_show_row does; false when the sheet is refused. */
bool helper_expat_sheet(struct pal_view xml, const struct pal_sheet_context *context,
                        struct pal_buffer *out);
/* Shows the shared strings, each with a bar behind it. */
bool helper_expat_strings(struct pal_view xml, struct pal_buffer *out);

#endif
