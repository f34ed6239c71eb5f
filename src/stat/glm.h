/*
 * Generalised linear models for counts with a logarithmic link: Poisson (and quasi-Poisson,
 * which is the same fit with a dispersion) and negative binomial with variance
 * mu + mu^2 / theta.
 */
#ifndef PAL_STAT_GLM_H
#define PAL_STAT_GLM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_GLM_COLUMN_MAX = 512, PAL_GLM_ROW_MAX = 2000000 };
/* Cap of the scratch memory of one call, where the room allocates for itself. */
#define PAL_SCRATCH_MAX ((size_t)1 << 30)

struct pal_glm_data {
    const double *design; /* row_count x column_count, column after column */
    size_t row_count;
    size_t column_count;
    const double *response;     /* >= 0 */
    const double *offset;       /* added to the linear predictor; NULL for none */
    const double *prior_weight; /* >= 0; NULL for ones */
    bool has_no_constant;       /* null_deviance is then that of the offset alone */
};

struct pal_glm_control {
    double epsilon; /* stop when |change of deviance| / (|deviance| + 0.1) is below */
    int iteration_max;
    double theta; /* negative binomial; 0 for Poisson */
    /* 0, or go on until no linear predictor moves by more: with a given theta the steps are
     * no Newton steps, and a deviance that stands still leaves 1e-7 in the coefficients. */
    double step_epsilon;
};

/* R's defaults: 1e-8, 25 steps. */
extern const struct pal_glm_control pal_glm_default;
/* Run to the end: 1e-14, 100 steps. */
extern const struct pal_glm_control pal_glm_exact;

/* All arrays are the arena's. */
struct pal_glm_fit {
    enum pal_fit_status status; /* PAL_FIT_OK, _NOT_CONVERGED, _SINGULAR, _TOO_FEW */
    size_t row_count;
    size_t column_count;
    size_t rank;
    int iteration_count;
    double *coefficient; /* column_count; 0 where not estimated */
    bool *is_estimated;  /* false: a combination of columns before it */
    double *covariance;  /* (X'WX)^-1, column_count^2, zeros where not estimated */
    double *linear;      /* row_count, with the offset */
    double *mean;
    double *working_weight; /* of the last solve, so with the mean before the last */
    double *hat;
    double deviance;
    double null_deviance;
    double df_residual;
    double pearson; /* sum of squared Pearson residuals */
    double
        log_likelihood; /* counts are taken as whole numbers or not: gamma functions */
    double aic;         /* with theta known; add 2 where it was estimated */
    double theta;       /* 0 for Poisson */
    double theta_se;
};

/* Iteratively reweighted least squares from mean = response + 0.1 with R's stopping rule. A
 * column that adds nothing to those before it is left out (relative 1e-11 of its length).
 * Fits that say nothing have a status; wrong sizes or values are PAL_INPUT. */
pal_status pal_glm_fit(const struct pal_glm_data *data,
                       const struct pal_glm_control *control, struct pal_arena *arena,
                       struct pal_glm_fit *out, struct pal_error *err) PAL_MUST_USE;

/* Negative binomial with theta by maximum likelihood, run to the joint maximum. Without
 * overdispersion the status is PAL_FIT_EQUIDISPERSED and the fit is the Poisson one. */
pal_status pal_glm_fit_negative_binomial(const struct pal_glm_data *data,
                                         struct pal_arena *arena,
                                         struct pal_glm_fit *out,
                                         struct pal_error *err) PAL_MUST_USE;

/* The same as MASS's glm.nb stops: theta at 1.2e-4, likelihood and theta together at 1e-8, 25
 * rounds at most. For comparing with its numbers. Not PAL_FIT_OK where it gives up. */
pal_status pal_glm_fit_negative_binomial_early(const struct pal_glm_data *data,
                                               struct pal_arena *arena,
                                               struct pal_glm_fit *out,
                                               struct pal_error *err) PAL_MUST_USE;

/* Sum of squared Pearson residuals as R's summary takes it: working weights of the last solve
 * with residuals from the mean after it; over df the dispersion that its numbers have. */
double pal_glm_dispersion(const struct pal_glm_data *data,
                          const struct pal_glm_fit *fit);
/* Standard error of coefficient `column` under a dispersion (1 for Poisson). */
double pal_glm_standard_error(const struct pal_glm_fit *fit, size_t column,
                              double dispersion);
/* Linear predictor at a design row and its standard error; se may be NULL. */
double pal_glm_predict(const struct pal_glm_fit *fit, const double *row, double offset,
                       double dispersion, double *se);

#endif
