/*
 * Change points of one series: where its level (or spread) is not the same before and after.
 */
#ifndef PAL_STAT_CHANGE_H
#define PAL_STAT_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_CHANGE_LENGTH_MAX = 1000000 };

enum pal_cost {
    PAL_COST_L2, /* unit variance: divide the series by its noise first */
    PAL_COST_POISSON,
    PAL_COST_NEGATIVE_BINOMIAL, /* of a known size */
    PAL_COST_MEAN_VARIANCE
};

struct pal_segmentation {
    enum pal_cost cost;
    bool is_mbic;      /* adds log(length) to each segment's cost */
    double penalty;    /* for each change */
    size_t min_length; /* of a segment, 1 or more; 2 for mean and variance */
    double size;       /* of the negative binomial */
};

struct pal_segments {
    size_t *ends; /* the caller's, room for one a value: last positions (1-based) of all
                     segments but the last, ascending */
    size_t end_count;
    double objective;
};

/* The segmentation with the least sum of costs and penalties, exactly. Ties go to the
 * earlier change. PAL_INPUT for a value the cost has no likelihood for. */
pal_status pal_change_points(const double *values, size_t count,
                             const struct pal_segmentation *setting,
                             struct pal_segments *out,
                             struct pal_error *err) PAL_MUST_USE;

/* costs[k]: the least cost with exactly k changes, k = 0..change_max, without penalties;
 * +infinity where the series is too short. O(change_max count^2). */
pal_status pal_change_costs(const double *values, size_t count,
                            const struct pal_segmentation *setting, size_t change_max,
                            double *costs, struct pal_error *err) PAL_MUST_USE;

#endif
