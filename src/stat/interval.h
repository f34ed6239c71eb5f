/*
 * Intervals around counts, shares, ratios, means and medians, and the exact tests that go
 * with them. `level` is the coverage asked for, 0 < level < 1, split evenly over both sides.
 * A wrong argument (negative count, level outside 0..1) is PAL_INPUT.
 *
 * These take chance as Poisson or binomial. Counts that come in bursts and shares that differ
 * from group to group need stat/dispersion.h: rate, ratio of rates, share and difference of
 * shares with over-dispersion (and the plain difference of two shares).
 */
#ifndef PAL_STAT_INTERVAL_H
#define PAL_STAT_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

#include "stat/fit.h"

struct pal_interval {
    double low;
    double high; /* may be +infinity where a call says so */
};

/* Exact interval of a Poisson mean from one count (Garwood 1936). */
pal_status pal_interval_count(int64_t count, double level, struct pal_interval *out,
                              struct pal_error *err) PAL_MUST_USE;
/* The same by Byar's approximation, for tables that others made so. */
pal_status pal_interval_count_byar(int64_t count, double level,
                                   struct pal_interval *out,
                                   struct pal_error *err) PAL_MUST_USE;
/* Exact interval of a share `part` of `whole` (Clopper & Pearson 1934). whole > 0. */
pal_status pal_interval_share_exact(int64_t part, int64_t whole, double level,
                                    struct pal_interval *out,
                                    struct pal_error *err) PAL_MUST_USE;
/* Score interval of a share (Wilson 1927): shorter, right on average. whole > 0. */
pal_status pal_interval_share_wilson(int64_t part, int64_t whole, double level,
                                     struct pal_interval *out,
                                     struct pal_error *err) PAL_MUST_USE;

struct pal_rate_ratio {
    double
        ratio; /* (count_a / time_a) / (count_b / time_b); +infinity when count_b is 0 */
    struct pal_interval interval; /* high is +infinity when count_b is 0 */
    double p_value;               /* two-sided, of equal rates */
    enum pal_fit_status
        status; /* PAL_FIT_NO_EVENT: both counts 0, nothing else is set */
};

/* Exact ratio of two Poisson rates, conditional on their sum. Times > 0. */
pal_status pal_rate_ratio(int64_t count_a, double time_a, int64_t count_b,
                          double time_b, double level,
                          struct pal_rate_ratio *out) PAL_MUST_USE;

/* Student's t interval of a mean. PAL_FIT_TOO_FEW below two values, else PAL_FIT_OK. */
pal_status pal_interval_mean(const double *values, size_t count, double level,
                             struct pal_interval *out, enum pal_fit_status *fit,
                             struct pal_error *err) PAL_MUST_USE;
/* The same from a mean and a standard deviation (divisor count - 1). */
pal_status pal_interval_mean_of(double mean, double sd, int64_t count, double level,
                                struct pal_interval *out,
                                enum pal_fit_status *fit) PAL_MUST_USE;

/* Ranks (1-based) of the two order statistics that bracket the `probability` quantile of a
 * continuous distribution with at least `level` coverage. PAL_FIT_TOO_FEW when `count`
 * values cannot give it. */
pal_status pal_interval_quantile_ranks(int64_t count, double probability, double level,
                                       int64_t ranks[2],
                                       enum pal_fit_status *fit) PAL_MUST_USE;
/* The interval itself from ascending values. */
pal_status pal_interval_quantile(const double *sorted, size_t count, double probability,
                                 double level, struct pal_interval *out,
                                 enum pal_fit_status *fit) PAL_MUST_USE;
pal_status pal_interval_median(const double *sorted, size_t count, double level,
                               struct pal_interval *out,
                               enum pal_fit_status *fit) PAL_MUST_USE;

/* Two-sided exact p-values: the outcomes no likelier than the one seen, a slack of 1e-7. */
double pal_poisson_p_value(int64_t count, double mean);                /* mean >= 0 */
double pal_binomial_p_value(int64_t count, int64_t n, double success); /* 0..1 */

/* Adjusted p-values over many areas. */
enum pal_adjust {
    PAL_ADJUST_BH, /* Benjamini & Hochberg 1995: false discovery rate */
    PAL_ADJUST_BY, /* Benjamini & Yekutieli 2001: the same under any dependence */
    PAL_ADJUST_HOLM,
    PAL_ADJUST_HOCHBERG,
    PAL_ADJUST_BONFERRONI
};
/* `adjusted` has room for `count`, and may not be `p`. PAL_INPUT when a p is not in 0..1. */
pal_status pal_adjust_p(const double *p, size_t count, enum pal_adjust method,
                        double *adjusted, struct pal_error *err) PAL_MUST_USE;

#endif
