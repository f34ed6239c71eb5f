/*
 * Which cell formats of a workbook show a number as a date. Private to room source.
 */
#ifndef PAL_SOURCE_STYLES_H
#define PAL_SOURCE_STYLES_H

#include "source/part.h"

enum { PAL_STYLE_MAX = 1024 * 1024 };

struct pal_styles {
    bool *is_date; /* by the number of the cell format */
    size_t count;
    size_t room;
};

void pal_styles_clear(struct pal_styles *styles);
/* Reads xl/styles.xml into `styles` (zeroed by the caller). Takes the part over. */
pal_status pal_styles_read(struct pal_styles *styles, struct pal_part *part,
                           const struct pal_source_limits *limits,
                           struct pal_error *err) PAL_MUST_USE;
/* A number format's code, such as m/d/yyyy or [Red]0.00. Lengths of time ([h]:mm) are
 * numbers: no day can be made of them. */
bool pal_format_is_date(struct pal_view code);

#endif
