/*
 * One segment's fit, for the intervals of break dates.
 */
#ifndef PAL_STAT_BREAKS_INTERNAL_H
#define PAL_STAT_BREAKS_INTERNAL_H

#include "stat/breaks.h"

/* Coefficients and residual variance (divisor: rows) of rows from+1..to. */
pal_status pal_break_segment(const struct pal_break_data *data, size_t from, size_t to,
                             struct pal_arena *arena, double *coefficient,
                             double *variance, struct pal_error *err) PAL_MUST_USE;

#endif
