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
/* Shortest text that reads back as the same double, "17" not "17.000000"; "" if not finite. */
void pal_double_text(double value, char out[32]);

#endif
