/*
 * The baseline of one point, between the two halves of the Farrington method.
 */
#ifndef PAL_STAT_FARRINGTON_INTERNAL_H
#define PAL_STAT_FARRINGTON_INTERNAL_H

#include "stat/detect.h"

struct pal_baseline {
    size_t count; /* 0: the series does not reach back far enough */
    double *counts;
    double *time;
    double *population;
    size_t *period;
    double time_at; /* of the point itself */
};

pal_status pal_farrington_baseline(const struct pal_series *series,
                                   const struct pal_farrington *setting, size_t at,
                                   struct pal_arena *arena, struct pal_baseline *out,
                                   struct pal_error *err) PAL_MUST_USE;

#endif
