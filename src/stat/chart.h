/*
 * Control charts and simple detectors of a surge in one series, beside those of
 * stat/detect.h. All take the whole series and the first position to judge.
 */
#ifndef PAL_STAT_CHART_H
#define PAL_STAT_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

struct pal_chart_point {
    enum pal_fit_status status; /* TOO_FEW where the baseline is not there */
    double statistic;
    double bound; /* the count that would alarm; 0 where the chart has none */
    bool is_alarm;
};

/* --- CUSUM of standardised counts --- */

enum pal_cusum_scale {
    PAL_CUSUM_STANDARD,
    PAL_CUSUM_ROSSI,
    PAL_CUSUM_ANSCOMBE,
    PAL_CUSUM_ANSCOMBE_SECOND, /* Anscombe with the second-order mean */
    PAL_CUSUM_PEARSON_NB,
    PAL_CUSUM_ANSCOMBE_NB,
    PAL_CUSUM_NONE /* the counts themselves */
};

struct pal_cusum {
    double reference; /* k, 1.04 */
    double limit;     /* h, 2.26 */
    enum pal_cusum_scale scale;
    double nb_alpha; /* variance m + alpha m^2, for the NB scales */
    bool is_compat;  /* bounds with the package's slips */
    bool is_reset; /* starts again after an alarm; without, one surge alarms for long */
};

/* `expected` and `out` have one entry a count. */
pal_status pal_cusum_run(const double *counts, const double *expected, size_t count,
                         const struct pal_cusum *setting, struct pal_chart_point *out,
                         struct pal_error *err) PAL_MUST_USE;

/* --- likelihood ratio charts --- */

struct pal_ratio_chart {
    bool is_generalised; /* size of the change estimated; else `kappa` */
    double kappa;        /* log of the rate's change that is looked for */
    double limit;
    double nb_alpha;  /* 0: Poisson */
    bool is_decrease; /* looks for a drop; generalised only */
    size_t window;    /* generalised: changes at most so many steps back; 0: no limit */
    size_t
        min_steps; /* with a window: first judged step, counted from the restart; without:
                         least number of steps a change must have lasted */
    bool is_compat;   /* a run of zeros is no drop, as the package's log(0) makes it */
    double cases_max; /* pal_ratio_chart_bounds: counts are tried up to here */
};

/* The chart starts anew after each alarm. O(count^2) for the generalised one without a
 * window. */
pal_status pal_ratio_chart_run(const double *counts, const double *expected,
                               size_t count, const struct pal_ratio_chart *setting,
                               struct pal_chart_point *out,
                               struct pal_error *err) PAL_MUST_USE;

/* The same, and each bound is the count that would alarm, others as they are: fractional for a
 * known change, whole for an unknown one, +infinity when there is none. A rise only. The
 * counts are changed meanwhile and as before at the end. */
pal_status pal_ratio_chart_bounds(double *counts, const double *expected, size_t count,
                                  const struct pal_ratio_chart *setting,
                                  struct pal_chart_point *out,
                                  struct pal_error *err) PAL_MUST_USE;

/* --- simple detectors --- */

struct pal_history {
    size_t frequency;   /* steps a year */
    size_t years_back;  /* b */
    size_t half_window; /* w */
    bool has_recent;    /* also the w steps just before */
    double alpha;
};

/* Position `at` against its history. */
struct pal_chart_point pal_bayes_judge(const double *counts, size_t count, size_t at,
                                       const struct pal_history *history);
struct pal_chart_point pal_rki_judge(const double *counts, size_t count, size_t at,
                                     const struct pal_history *history);
/* Sums of four steps; half_window is in months (m). statistic is the sum judged. */
struct pal_chart_point pal_cdc_judge(const double *counts, size_t count, size_t at,
                                     const struct pal_history *history);

/* Steps of a series: all before `count`, those before `first` without a verdict. */
struct pal_outbreak_steps {
    size_t first;
    size_t count;
};
/* Outbreak start by isotonic regression: alarm above `limit`. */
pal_status pal_outbreak_run(const double *counts, struct pal_outbreak_steps steps,
                            double limit, struct pal_chart_point *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
