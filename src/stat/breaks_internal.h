/*
 * One segment's fit, for the intervals of break dates.
 */
#ifndef PAL_STAT_BREAKS_INTERNAL_H
#define PAL_STAT_BREAKS_INTERNAL_H

#include "stat/breaks.h"

struct pal_break_rows {
    size_t from; /* one before the first, 1-based */
    size_t to;
};

/* Coefficients and residual variance (divisor: rows) of some rows. */
pal_status pal_break_segment(const struct pal_break_data *data,
                             struct pal_break_rows rows, struct pal_arena *arena,
                             double *coefficient, double *variance,
                             struct pal_error *err) PAL_MUST_USE;

#endif
