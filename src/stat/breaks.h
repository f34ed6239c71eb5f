/*
 * Breaks in a linear regression: when its coefficients change, with intervals for the dates,
 * and two tests of whether they change at all.
 */
#ifndef PAL_STAT_BREAKS_H
#define PAL_STAT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_BREAK_ROW_MAX = 5000, PAL_BREAK_COLUMN_MAX = 32 };

struct pal_break_data {
    const double *design; /* column after column */
    const double *response;
    size_t row_count;
    size_t column_count;
};

/* Some breaks, ascending; the caller's. */
struct pal_break_set {
    const size_t *dates;
    size_t count;
};

struct pal_break_interval {
    enum pal_fit_status status; /* NOT_REACHED: the break is too weak for an interval */
    double low;
    double high;
};

/* All arrays are the arena's. Positions are 1-based: the last row of the left segment. */
struct pal_break_fit {
    size_t min_length;
    size_t break_max;
    double *rss; /* break_max + 1: 0, 1, .. breaks */
    double *bic;
    size_t best;    /* number of breaks with the least BIC */
    size_t *breaks; /* breaks[m (m - 1) / 2 + j]: break j of the best m */
};

/* `share` is the least segment as a share of the rows (0.15). PAL_INPUT when that leaves
 * fewer rows than columns. O(rows^2 columns^2). */
pal_status pal_break_search(const struct pal_break_data *data, double share,
                            struct pal_arena *arena, struct pal_break_fit *out,
                            struct pal_error *err) PAL_MUST_USE;
/* Coefficients of segment `segment` (0..breaks.count): column_count of them. */
pal_status pal_break_coefficients(const struct pal_break_data *data,
                                  struct pal_break_set breaks, size_t segment,
                                  struct pal_arena *arena, double *coefficient,
                                  struct pal_error *err) PAL_MUST_USE;
struct pal_break_assumption {
    double level;
    bool has_one_design;   /* the regressors are alike in all segments */
    bool has_one_variance; /* and so are the errors */
};
/* Interval of each break; `out` has room for breaks.count. */
pal_status pal_break_intervals(const struct pal_break_data *data,
                               struct pal_break_set breaks,
                               const struct pal_break_assumption *assumption,
                               struct pal_arena *arena, struct pal_break_interval *out,
                               struct pal_error *err) PAL_MUST_USE;

/* OLS-CUSUM: process has room for row_count + 1. */
pal_status pal_ols_cusum(const struct pal_break_data *data, struct pal_arena *arena,
                         double *process, double *statistic, double *p_value,
                         struct pal_error *err) PAL_MUST_USE;
/* Largest F of one break between share and 1 - share. p_tail is DeLong's approximation of
 * the upper tail, good below about 0.1. */
struct pal_sup_f {
    double statistic;
    size_t position;
    double p_tail;
};
pal_status pal_sup_f_test(const struct pal_break_data *data, double share,
                          struct pal_arena *arena, struct pal_sup_f *out,
                          struct pal_error *err) PAL_MUST_USE;

#endif
