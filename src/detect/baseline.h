/*
 * The usual: what a series of counts a day would have been without surges, and how far a sum
 * of days strays from that by chance.
 *
 * The mean is log-linear in the weekday, federal holidays and the days about them, the ends
 * of fiscal years, a slow trend, the season, and a level for each release; counts are
 * negative binomial. Days that lie in windows far above the usual count for less, and the fit
 * is repeated (Farrington et al. 1996, Noufaily et al. 2013). The variance of a sum of days
 * is scaled for each length by what the residuals show, since days in a row are alike.
 */
#ifndef PAL_DETECT_BASELINE_H
#define PAL_DETECT_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "stat/fit.h"

enum {
    PAL_SURGE_DAY_MAX = 40000,
    PAL_BASELINE_DAY_MIN = 56, /* covered days below which nothing is said */
    PAL_WINDOW_LENGTH_COUNT = 10,
    PAL_WINDOW_LENGTH_MAX = 28
};

/* The lengths of windows in days: 1, 2, 3, 4, 5, 7, 10, 14, 21, 28. */
extern const int32_t pal_window_lengths[PAL_WINDOW_LENGTH_COUNT];

/* One series, borrowed. */
struct pal_day_series {
    int32_t first; /* day of counts[0], as in calendar.h */
    size_t count;
    const double *counts; /* >= 0; not read where the day is not served */
    const int16_t
        *source; /* which release serves the day, below 0 none; NULL: one serves
                              all days */
    const double *variance_least; /* a day's, below which it is not taken; NULL: 0 */
};

/* How far out the peaks of a series lie, beyond what its spread says (tail.c). All 0: not
 * known, and the spread's word is taken. */
struct pal_surge_tail {
    double start; /* minus the logarithm of p at the threshold */
    double shape; /* beyond x above it with probability (1 + x / spread)^-shape */
    double spread;
    double
        window_start[PAL_WINDOW_LENGTH_COUNT]; /* as start, of any window of a length */
};

/* All arrays are the arena's, one entry a day. */
struct pal_baseline {
    enum pal_fit_status status; /* OK; NO_DATA: no day is served; TOO_FEW: fewer than
                                   PAL_BASELINE_DAY_MIN are; NO_EVENT: all zero;
                                   NOT_CONVERGED */
    int32_t first;
    size_t count;
    size_t covered_count;
    double total;    /* counts on covered days */
    double alpha[2]; /* variance of a day: mean + alpha mean^2; of working days, and of
                        weekends and holidays, when work is sporadic */
    double
        scale[PAL_WINDOW_LENGTH_COUNT]; /* variance of a window of that length against
                                              independent days; at least 1 */
    double *expected;                   /* 0 where not covered */
    double *weight; /* 1, less within past surges, 0 where not covered */
    /* Sums up to day i (exclusive): count + 1 entries. */
    double *sum_observed;
    double *sum_expected;
    double *sum_variance;
    int32_t *sum_covered;
    double
        *sum_free[3]; /* observed, expected, variance of weekends and holidays alone */
    struct pal_surge_tail tail;
    const double *variance_least;    /* the series' own */
    const struct pal_design *design; /* private: for the uncertainty of expected */
    double *covariance;
};

/* The columns that days have; shared by all series of the same days and sources. */
struct pal_design;
pal_status pal_design_make(int32_t first, size_t count, const int16_t *source,
                           struct pal_arena *arena, struct pal_design **out,
                           struct pal_error *err) PAL_MUST_USE;
/* `design` NULL: made here. O(days). PAL_INPUT for a count that is negative or no number. */
pal_status pal_baseline_fit(const struct pal_day_series *series,
                            const struct pal_design *design, struct pal_arena *arena,
                            struct pal_baseline *out,
                            struct pal_error *err) PAL_MUST_USE;

/* Days first..last (both included, 0-based) of a fitted series against their usual. */
struct pal_window {
    size_t first;
    size_t last;
    int32_t covered; /* days of it that are served */
    double observed;
    double expected;
    double free[3]; /* of its weekends and holidays: observed, expected, variance */
    double
        variance; /* of a count to come: chance, likeness of days, and the fit's error */
};
struct pal_window pal_baseline_window(const struct pal_baseline *baseline, size_t first,
                                      size_t last);
/* How unlikely the window is, as minus a natural logarithm. Work on free days comes in bursts,
 * so working days count alone or both kinds of days together by Fisher's method, whichever is
 * the less likely, at twice its probability. */
double pal_window_surprise(const struct pal_window *window);
/* Probability of at least `observed` in all, the kinds of days taken as one, and its negative natural logarithm (which goes on
 * where the probability is too small for a double). */
double pal_window_p(const struct pal_window *window, double observed);
double pal_window_log_p(const struct pal_window *window, double observed);
/* What a surprise by the spread counts for in a series with such weeks: never more. */
double pal_tail_surprise(const struct pal_surge_tail *tail, double by_spread);
/* The other way round: the surprise by the spread that it takes. */
double pal_tail_needed(const struct pal_surge_tail *tail, double surprise);
/* Smallest count whose probability is at most p. */
double pal_window_critical(const struct pal_window *window, double p);
/* Between which counts the usual lies with probability `level`. */
void pal_window_usual(const struct pal_window *window, double level, double *low,
                      double *high);

/* Federal holidays (5 U.S.C. 6103), with the weekday on which one that falls on a weekend is
 * observed; Juneteenth from 2021. */
bool pal_is_federal_holiday(int32_t day);

#endif
