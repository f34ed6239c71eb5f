/*
 * Scan statistics: the space-time window (a set of neighbouring areas, some steps in a row)
 * in which cases are most in excess, and how often chance alone gives as much.
 */
#ifndef PAL_STAT_SCAN_H
#define PAL_STAT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_SCAN_PLACE_MAX = 2000, PAL_SCAN_STEP_MAX = 20000 };

enum pal_scan_mode {
    PAL_SCAN_PERMUTATION, /* cases only; times are exchangeable */
    PAL_SCAN_POPULATION,  /* baselines as shares, total fixed */
    PAL_SCAN_EXPECTATION  /* baselines are expected counts */
};

struct pal_scan {
    enum pal_scan_mode mode;
    bool is_prospective;  /* only windows that reach the last step */
    size_t neighbour_max; /* places in a zone, with its centre */
    size_t step_max;      /* longest window */
};

struct pal_scan_data {
    const double *counts;    /* place after place: counts[place * step_count + step] */
    const double *baselines; /* the same; NULL for permutation */
    size_t place_count;
    size_t step_count;
};

struct pal_scan_window {
    size_t zone;
    size_t first; /* steps, 0-based, both included */
    size_t last;
    double cases;
    double expected;
    double ratio; /* log likelihood ratio; 0 unless cases > expected */
};

/* Zones: each place with its 0, 1, .. nearest others; equal sets once. Places ascending. */
struct pal_scan_zones {
    size_t count;
    size_t *begin; /* count + 1 */
    size_t *places;
};
struct pal_scan_places {
    const double *x;
    const double *y;
    size_t count;
};
pal_status pal_scan_make_zones(const struct pal_scan_places *places,
                               size_t neighbour_max, struct pal_arena *arena,
                               struct pal_scan_zones *out,
                               struct pal_error *err) PAL_MUST_USE;

/* All windows with a ratio above 0, largest first. */
struct pal_scan_found {
    struct pal_scan_window *windows; /* the arena's */
    size_t count;
};
pal_status pal_scan_run(const struct pal_scan_data *data,
                        const struct pal_scan_zones *zones,
                        const struct pal_scan *setting, struct pal_arena *arena,
                        struct pal_scan_found *out, struct pal_error *err) PAL_MUST_USE;

/* Largest ratios of series without clusters. Replicate r uses stream r of the seed, so
 * replicates may be split among threads. */
struct pal_scan_replicates {
    uint64_t seed;
    size_t first; /* number of the first replicate: 0, but where they are split */
    size_t count;
    double *largest; /* the caller's, room for count */
};
pal_status pal_scan_replicate(const struct pal_scan_data *data,
                              const struct pal_scan_zones *zones,
                              const struct pal_scan *setting,
                              struct pal_scan_replicates *out,
                              struct pal_error *err) PAL_MUST_USE;
/* (1 + replicates at least as large) / (replicates + 1). */
double pal_scan_p_value(double ratio, const double *largest, size_t replicate_count);
/* By a Gumbel distribution with the replicates' mean and variance: finer far out. 1 when
 * there are fewer than two replicates or they do not vary. */
double pal_scan_p_gumbel(double ratio, const double *largest, size_t replicate_count);

#endif
