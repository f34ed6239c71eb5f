/*
 * The steps of a fit, shared by the fit with a known and the one with an unknown theta.
 */
#ifndef PAL_STAT_GLM_INTERNAL_H
#define PAL_STAT_GLM_INTERNAL_H

#include "stat/glm.h"
#include "stat/least_squares.h"

struct pal_glm_steps {
    struct pal_least_squares solver;
    double *response; /* working response */
    double *scale;    /* square root of the working weight */
    double *before;   /* coefficients of the step before */
};

/* Checks the data and takes all memory. */
pal_status pal_glm_prepare(const struct pal_glm_data *data, struct pal_arena *arena,
                           struct pal_glm_steps *memory, struct pal_glm_fit *out,
                           struct pal_error *err) PAL_MUST_USE;
/* Fits with fit->theta; `is_warm`: starts from fit->linear as it stands. */
pal_status pal_glm_run(const struct pal_glm_data *data,
                       const struct pal_glm_control *control,
                       struct pal_glm_steps *memory, struct pal_glm_fit *fit,
                       bool is_warm, struct pal_error *err) PAL_MUST_USE;
/* Everything that follows from the last step. */
pal_status pal_glm_finish(const struct pal_glm_data *data, struct pal_glm_steps *memory,
                          struct pal_glm_fit *fit, struct pal_error *err) PAL_MUST_USE;
/* Deviance of the constant and the offset; `scratch` has row_count places. */
double pal_glm_null_deviance(const struct pal_glm_data *data, double theta,
                             double *scratch);
double pal_glm_log_likelihood(const struct pal_glm_data *data, const double *mean,
                              double theta);

#endif
