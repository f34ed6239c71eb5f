/*
 * Times to an event, with people who are still waiting (censored) and people who were first
 * seen late (delayed entry): Kaplan-Meier, Nelson-Aalen, quantiles, restricted mean,
 * log-rank tests, competing events.
 *
 * A stay that ends at its entry must be given half a step of length by the caller: exit must
 * lie after entry. People present at the start of a window need their entry, or long stays
 * count too much. Under delayed entry an early risk set of one with an event brings the
 * curve to 0 for good; look at at_risk.
 */
#ifndef PAL_STAT_SURVIVAL_H
#define PAL_STAT_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

struct pal_survival_data {
    const double *entry; /* NULL: all from 0 */
    const double *exit;
    const int *cause; /* 0 censored, 1 the event, 2.. competing events */
    size_t count;
};

enum pal_survival_band {
    PAL_BAND_LOG,
    PAL_BAND_LOG_LOG,
    PAL_BAND_PLAIN,
    PAL_BAND_LOGIT,
    PAL_BAND_ARCSIN,
    PAL_BAND_NONE
};

struct pal_survival_step {
    double time;
    double at_risk; /* entry < time <= exit */
    double events;
    double censored;
    double survival;
    bool has_se; /* false once the curve is 0 */
    double se;   /* of the survival (Greenwood) */
    bool
        has_band; /* false also where the curve is still 1 and the scale has no value there */
    double low;
    double high;
    double hazard; /* cumulated (Nelson-Aalen) */
    double hazard_se;
};

struct pal_survival_curve {
    struct pal_survival_step *steps; /* the arena's; one a distinct exit time */
    size_t count;
};

/* PAL_INPUT when an exit is not after its entry, or a time is no number. */
pal_status pal_kaplan_meier(const struct pal_survival_data *data, double level,
                            enum pal_survival_band band, struct pal_arena *arena,
                            struct pal_survival_curve *out,
                            struct pal_error *err) PAL_MUST_USE;

/* First time with survival below 1 - share; the middle of the step when it is hit exactly.
 * value[0] from the curve, [1] and [2] from the lower and the upper band; status[k] is
 * PAL_FIT_OK or PAL_FIT_NOT_REACHED. */
void pal_survival_quantile(const struct pal_survival_curve *curve, double share,
                           double value[3], enum pal_fit_status status[3]);

/* Mean time spent up to tau, and its standard error. */
void pal_survival_restricted_mean(const struct pal_survival_curve *curve, double tau,
                                  double *mean, double *se);

/* Log-rank test of the rho family. `group` is 0..group_count-1, `stratum` NULL or numbers of
 * strata. Vectors have room for group_count, variance for its square. */
struct pal_log_rank {
    enum pal_fit_status status; /* NO_EVENT, TOO_FEW groups */
    double *observed;
    double *expected;
    double *variance;
    double statistic;
    double df;
    double p_value;
};
struct pal_log_rank_setting {
    double rho; /* 0 log-rank, 1 Peto-Peto */
    const size_t *group;
    size_t group_count;
    const size_t *stratum;
    size_t stratum_count;
};
pal_status pal_log_rank_test(const struct pal_survival_data *data,
                             const struct pal_log_rank_setting *setting,
                             struct pal_arena *arena, struct pal_log_rank *out,
                             struct pal_error *err) PAL_MUST_USE;

/* Competing events: the share that has left by each cause. */
struct pal_competing_curve {
    size_t count; /* distinct exit times */
    size_t cause_count;
    double *time;
    double *at_risk;
    double *state;    /* count x (cause_count + 1): still waiting, cause 1, .. */
    double *state_se; /* the same */
};
/* Aalen-Johansen. Causes are 1..cause_count. */
pal_status pal_aalen_johansen(const struct pal_survival_data *data, size_t cause_count,
                              struct pal_arena *arena, struct pal_competing_curve *out,
                              struct pal_error *err) PAL_MUST_USE;

/* Gray's test of whether groups leave by a cause equally often; no delayed entry. */
struct pal_gray_setting {
    int cause;
    const size_t *group; /* of each record, from 0 */
    size_t group_count;
    double rho; /* weight (1 - share that left)^rho; 0 for Gray's own */
};
struct pal_gray_test {
    enum pal_fit_status status; /* TOO_FEW groups, NO_EVENT, NO_VARIATION */
    double statistic;
    double df;
    double p_value;
};
pal_status pal_gray_test_run(const struct pal_survival_data *data,
                             const struct pal_gray_setting *setting,
                             struct pal_gray_test *out,
                             struct pal_error *err) PAL_MUST_USE;

#endif
