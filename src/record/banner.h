/*
 * What the rows above a header say of the sheet: its title, the period, the release.
 */
#ifndef PAL_RECORD_BANNER_H
#define PAL_RECORD_BANNER_H

#include "base/base.h"
#include "source/source.h"

struct pal_banner {
    struct pal_view title;
    struct pal_view release; /* FOIA number or name of the case, or "" */
    int32_t period_first;    /* PAL_DAY_NONE when no period stands there */
    int32_t period_last;
};

/* Views into the rows. The title is the text with a period; else the last above a header, or,
 * with `is_first_title` for a sheet without one, the first. */
void pal_banner_read(const struct pal_row *rows, size_t row_count, bool is_first_title,
                     struct pal_banner *out);
/* "2019-ICFO-53623", "2025-ICLI-00019_2024-ICFO-39357", "15-87693" within `text`, or "". */
struct pal_view pal_banner_release_in(struct pal_view text);
/* Two dates with a dash, "to" or "through" between them. */
bool pal_banner_period_in(struct pal_view text, int32_t *first, int32_t *last);

#endif
