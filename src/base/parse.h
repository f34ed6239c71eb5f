/*
 * Checked numbers from text. The whole view must be the number; blanks are not skipped.
 */
#ifndef PAL_BASE_PARSE_H
#define PAL_BASE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/view.h"

/* false when not a decimal integer or outside min..max; *out is then 0. */
bool pal_parse_i64(struct pal_view text, int64_t min, int64_t max, int64_t *out);
/* false when not a finite decimal number ("12", "-0.5", "1.2E+05"); *out is then 0. Never
 * asks the locale. */
bool pal_parse_double(struct pal_view text, double *out);
/* Text with the fewest of 15, 16 or 17 digits that reads back as an equal double: "17", "0.1";
 * zero without a sign; "" if not finite. */
void pal_double_text(double value, char out[32]);

#endif
