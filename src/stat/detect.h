/*
 * Surge detectors for one series: what was to be expected at a time point, above which count
 * it stands out, and whether it does. Series are counts per equal step (day, week, month),
 * oldest first. Each detector has its own file, with its paper and the quirks of the
 * implementation that the reference numbers come from.
 *
 * Where a package departs from its paper both are here: PAL_RULE_STRICT is the paper's and
 * the one to use; PAL_RULE_COMPAT gives the package's numbers.
 */
#ifndef PAL_STAT_DETECT_H
#define PAL_STAT_DETECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "stat/fit.h"

enum pal_rule { PAL_RULE_STRICT, PAL_RULE_COMPAT };

/* --- EARS C1, C2, C3 --- */

enum pal_ears_kind { PAL_EARS_C1, PAL_EARS_C2, PAL_EARS_C3 };

struct pal_ears {
    enum pal_ears_kind kind;
    size_t baseline_count; /* 7 */
    double sd_min;         /* 0.5 is Burkom's advice; 0 as published */
    double alpha;          /* one-sided: 0.001 for C1 and C2, 0.025 for C3 */
};

struct pal_ears_point {
    enum pal_fit_status
        status;   /* TOO_FEW at the start, NO_VARIATION when sd is 0 (C3) */
    double bound; /* alarm above it */
    bool is_alarm;
    double bound_compat; /* C3 of the R package surveillance; else as `bound` */
    bool is_alarm_compat;
    double statistic; /* C3: Hutwagner's sum over three days; else 0 */
};

/* One point a count. PAL_INPUT for a baseline below 2 or alpha outside 0..1. */
pal_status pal_ears_run(const double *counts, size_t count,
                        const struct pal_ears *setting, struct pal_ears_point *out,
                        struct pal_error *err) PAL_MUST_USE;

/* --- ESSENCE: regression on the day of the week, or EWMA --- */

struct pal_essence {
    size_t baseline_max; /* 28 */
    size_t guard;        /* 2: days between the baseline and the day judged */
    double weights[2];   /* 0.4, 0.9 */
    double r2_min; /* 0.60: adjusted R squared from which the regression is used */
};

struct pal_essence_part {
    enum pal_fit_status status;
    double expected;
    double statistic;
    double p_value; /* one-sided */
};

struct pal_essence_point {
    struct pal_essence_part ewma;
    struct pal_essence_part regression;
    double adjusted_r2; /* 0 where it is undefined; set when the regression is */
    bool uses_regression;
};

/* `days` are pal_day_of days, one after the other. */
pal_status pal_essence_run(const int32_t *days, const double *counts, size_t count,
                           const struct pal_essence *setting,
                           struct pal_essence_point *out,
                           struct pal_error *err) PAL_MUST_USE;

/* --- Farrington, classic (1996) and flexible (Noufaily et al. 2013) --- */

enum pal_farrington_bound { PAL_BOUND_DELTA, PAL_BOUND_NB_PLUGIN, PAL_BOUND_MUAN };
enum pal_power { PAL_POWER_TWO_THIRDS, PAL_POWER_HALF, PAL_POWER_ONE };

struct pal_farrington {
    enum pal_rule rule;
    bool is_classic;
    size_t frequency;  /* steps a year: 52, 365, 12; used when there are no days */
    size_t years_back; /* b */
    size_t half_window;
    bool is_reweighted;
    double weight_threshold; /* 2.58; the classic one is 1 */
    double alpha;
    bool has_trend;
    double trend_p; /* 0.05; 1 keeps the trend unless it extrapolates */
    double case_min;
    size_t case_span; /* fewer than case_min cases in that many steps: no verdict */
    enum pal_power power;
    size_t period_count;  /* noPeriods: 1 or 10 */
    size_t past_excluded; /* steps before the point that are no baseline: 26 */
    enum pal_farrington_bound bound;
};

struct pal_series {
    const double *counts;
    const bool *is_missing; /* NULL: none */
    size_t count;
    const int32_t *days; /* NULL: reference points are multiples of the frequency */
    bool is_weekly;      /* of the days */
    const double *population; /* NULL: no offset */
};

struct pal_farrington_point {
    enum pal_fit_status status; /* OK; SUPPRESSED: bound and expected are not set */
    double expected;
    double bound;
    bool is_alarm;
    double dispersion;
    bool has_trend;
    double trend; /* per step, on the log scale */
    bool has_p;   /* false where the bound has no end */
    double
        p_value;  /* of a count this large; classic: P(below), as the package has it */
    double score; /* (count - expected) / (bound - expected); alarm above 1 */
};

/* Judges position `at` (0-based). Scratch memory is the arena's and may be reset after. */
pal_status pal_farrington_run(const struct pal_series *series,
                              const struct pal_farrington *setting, size_t at,
                              struct pal_arena *arena, struct pal_farrington_point *out,
                              struct pal_error *err) PAL_MUST_USE;

#endif
