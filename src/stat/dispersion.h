/*
 * Intervals for counts and shares that vary more than chance alone makes them: arrests come in
 * operations, detentions in groups. The plain intervals of stat/interval.h are then too
 * short, often by half.
 *
 * How over-dispersed counts are cannot be read off one count. It comes from the series it
 * belongs to: pal_dispersion_of_counts or pal_dispersion_of_shares over its days, weeks or
 * areas, or from a regression (Pearson / df, or theta). With the dispersion estimated from
 * few values the intervals use Student's t and are longer.
 *
 * All four intervals invert a score test, so they live with zeros and stay within the range:
 *   rate        pal_interval_rate_dispersed
 *   rate ratio  pal_rate_ratio_dispersed
 *   share       pal_interval_share_dispersed
 *   difference  pal_share_difference (of two shares, with or without over-dispersion)
 * Values that follow each other closely in time (one operation over many days) are fewer
 * than they look: give the dispersion of weeks, not of days, then.
 */
#ifndef PAL_STAT_DISPERSION_H
#define PAL_STAT_DISPERSION_H

#include <stddef.h>
#include <stdint.h>

#include "stat/interval.h"

enum pal_spread {
    PAL_SPREAD_NONE,              /* Poisson counts, binomial shares */
    PAL_SPREAD_QUASI,             /* value: how many times the variance of the above */
    PAL_SPREAD_NEGATIVE_BINOMIAL, /* counts; value: theta, variance m + m^2 / theta a unit */
    PAL_SPREAD_BETA_BINOMIAL /* shares; value: correlation rho of two members of a unit */
};

struct pal_dispersion {
    /* OK; TOO_FEW units or NO_EVENT: nothing else is set; EQUIDISPERSED: spread is NONE */
    enum pal_fit_status status;
    enum pal_spread spread;
    double value; /* QUASI at least 1 */
    double df;    /* it was estimated with; 0: known, the normal quantile is used */
};

/* From counts of units (days, weeks, areas) with one rate; `exposures` NULL: all alike.
 * `spread` is QUASI (Pearson's chi square / (n - 1), at least 1; McCullagh & Nelder 1989) or
 * NEGATIVE_BINOMIAL (maximum likelihood). */
pal_status pal_dispersion_of_counts(const double *counts, const double *exposures,
                                    size_t unit_count, enum pal_spread spread,
                                    struct pal_dispersion *out,
                                    struct pal_error *err) PAL_MUST_USE;
/* From units with one share, parts of wholes. QUASI as above, or BETA_BINOMIAL (moments,
 * Williams 1982, with weights 1). */
pal_status pal_dispersion_of_shares(const double *parts, const double *wholes,
                                    size_t unit_count, enum pal_spread spread,
                                    struct pal_dispersion *out,
                                    struct pal_error *err) PAL_MUST_USE;

/* A total over some units of the kind that the dispersion is of. */
struct pal_total {
    int64_t count;
    double exposure; /* > 0; person-days, days, 1 for the count itself */
    double units;    /* > 0; NEGATIVE_BINOMIAL: how many units it is the sum of */
};
/* Interval of count / exposure. high is +infinity when theta is so small that no rate is too
 * high. */
pal_status pal_interval_rate_dispersed(const struct pal_total *total,
                                       const struct pal_dispersion *dispersion,
                                       double level, struct pal_interval *out,
                                       struct pal_error *err) PAL_MUST_USE;
/* Ratio of two rates, a to b. As pal_rate_ratio; the p-value is the score test's. */
pal_status pal_rate_ratio_dispersed(const struct pal_total totals[2],
                                    const struct pal_dispersion *dispersion,
                                    double level, struct pal_rate_ratio *out,
                                    struct pal_error *err) PAL_MUST_USE;

struct pal_part {
    int64_t part;
    int64_t whole; /* > 0 */
    double units;  /* > 0; BETA_BINOMIAL: how many units it is the sum of */
};
/* Interval of a share: Wilson's with whole / (variance factor) in place of whole. */
pal_status pal_interval_share_dispersed(const struct pal_part *part,
                                        const struct pal_dispersion *dispersion,
                                        double level, struct pal_interval *out,
                                        struct pal_error *err) PAL_MUST_USE;

struct pal_share_difference {
    double difference; /* share a - share b */
    struct pal_interval
        interval;   /* Newcombe 1998, method 10, from two score intervals */
    double p_value; /* two-sided, of equal shares; score test */
};
/* `dispersion` NULL: none. */
pal_status pal_share_difference(const struct pal_part parts[2],
                                const struct pal_dispersion *dispersion, double level,
                                struct pal_share_difference *out,
                                struct pal_error *err) PAL_MUST_USE;

#endif
