/*
 * One walk over all windows, shared by the scan of the data and of replicates.
 */
#ifndef PAL_STAT_SCAN_INTERNAL_H
#define PAL_STAT_SCAN_INTERNAL_H

#include "stat/scan.h"

/* What one pass over all windows needs, for data or a replicate. */
struct pal_scan_pass {
    const struct pal_scan_zones *zones;
    const struct pal_scan *setting;
    size_t place_count;
    size_t step_count;
    const double *counts;
    const double *baselines;
    /* windows with no larger ratio are passed over; whoever visits may raise it */
    double least;
    double total;       /* C */
    double scale;       /* of the baselines */
    double *zone_cases; /* per step, of the zone at hand */
    double *zone_base;
    double *step_cases; /* of all places */
};

/* What is done with each window whose ratio is above 0. */
struct pal_scan_visitor {
    pal_status (*visit)(void *context, const struct pal_scan_window *window,
                        struct pal_error *err);
    void *context;
};

/* Checks the data and takes room for sums. */
pal_status pal_scan_pass_init(const struct pal_scan_data *data,
                              const struct pal_scan_zones *zones,
                              const struct pal_scan *setting, struct pal_arena *arena,
                              struct pal_scan_pass *out,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_scan_walk(struct pal_scan_pass *pass,
                         const struct pal_scan_visitor *visitor,
                         struct pal_error *err) PAL_MUST_USE;

#endif
