/*
 * Iteratively reweighted least squares: McCullagh & Nelder, Generalized Linear Models (2nd
 * ed. 1989), section 2.5.
 *
 * R's quirks kept, because its numbers are the reference: start mean y + 0.1 (negative
 * binomial: y, or 1/6 where y is 0); means not below 2.2e-16; covariance, weights and hat
 * values belong to the last solve, so to the mean before the last; a deviance that is not
 * finite, or a step that makes it so, is halved towards the step before.
 */
#include "stat/glm.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "stat/distribution.h"
#include "stat/glm_internal.h"
#include "stat/least_squares.h"

const struct pal_glm_control pal_glm_default = {1e-8, 25, 0.0, 0.0};
const struct pal_glm_control pal_glm_exact = {1e-14, 100, 0.0, 0.0};

static pal_status get(struct pal_arena *arena, size_t count, double **out,
                      struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, count, sizeof(double), &memory, err);
    *out = memory;
    return status;
}

static double weight_of(const struct pal_glm_data *data, size_t i)
{
    return data->prior_weight == NULL ? 1.0 : data->prior_weight[i];
}

static double offset_of(const struct pal_glm_data *data, size_t i)
{
    return data->offset == NULL ? 0.0 : data->offset[i];
}

static double unit_deviance(double y, double mean, double theta)
{
    double log_part = y > 0 ? y * log(y / mean) : 0.0;
    if (theta == 0) {
        return 2.0 * (log_part - (y - mean));
    }
    return 2.0 * (log_part - (y + theta) * log((y + theta) / (mean + theta)));
}

static double deviance_of(const struct pal_glm_data *data, const double *mean,
                          double theta)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double weight = weight_of(data, i);
        if (weight > 0) {
            sum += weight * unit_deviance(data->response[i], mean[i], theta);
        }
    }
    return sum;
}

double pal_glm_log_likelihood(const struct pal_glm_data *data, const double *mean,
                              double theta)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double y = data->response[i];
        double term = -pal_log_gamma(y + 1.0) + (y > 0 ? y * log(mean[i]) : 0.0);
        if (theta == 0) {
            term -= mean[i];
        } else {
            term += pal_log_gamma(y + theta) - pal_log_gamma(theta) +
                    theta * log(theta) - (y + theta) * log(theta + mean[i]);
        }
        sum += weight_of(data, i) * term;
    }
    return sum;
}

static pal_status check(const struct pal_glm_data *data, struct pal_error *err)
{
    if (data->row_count > PAL_GLM_ROW_MAX || data->column_count > PAL_GLM_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "a model of %zu rows and %zu columns is larger than %d by %d",
                        data->row_count, data->column_count, PAL_GLM_ROW_MAX,
                        PAL_GLM_COLUMN_MAX);
    }
    for (size_t i = 0; i < data->row_count; i++) {
        if (!(data->response[i] >= 0) || !isfinite(data->response[i]) ||
            !(weight_of(data, i) >= 0) || !isfinite(offset_of(data, i))) {
            return pal_fail(
                err, PAL_INPUT,
                "row %zu of a count model: the response and the weight must "
                "be numbers from 0 on, the offset a number",
                i + 1);
        }
    }
    for (size_t i = 0; i < data->row_count * data->column_count; i++) {
        if (!isfinite(data->design[i])) {
            return pal_fail(err, PAL_INPUT,
                            "row %zu of a count model: column %zu is missing",
                            i % data->row_count + 1, i / data->row_count + 1);
        }
    }
    return PAL_OK;
}

static pal_status allocate(const struct pal_glm_data *data, struct pal_arena *arena,
                           struct pal_glm_fit *out, struct pal_error *err)
{
    size_t n = data->row_count;
    size_t p = data->column_count;
    double **arrays[] = {&out->linear, &out->mean,        &out->working_weight,
                         &out->hat,    &out->coefficient, &out->covariance};
    size_t sizes[] = {n, n, n, n, p, p * p};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        pal_status status = get(arena, sizes[i], arrays[i], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, p, sizeof(bool), &memory, err);
    out->is_estimated = memory;
    return status;
}

/* Gives the largest move of a linear predictor. */
static double update_mean(const struct pal_glm_data *data, struct pal_glm_fit *fit)
{
    size_t n = data->row_count;
    double move = 0.0;
    for (size_t i = 0; i < n; i++) {
        double eta = offset_of(data, i);
        for (size_t j = 0; j < data->column_count; j++) {
            eta += data->design[j * n + i] * fit->coefficient[j];
        }
        move = fmax(move, fabs(eta - fit->linear[i]));
        fit->linear[i] = eta;
        fit->mean[i] = fmax(exp(eta), DBL_EPSILON);
    }
    return move;
}

/* Deviance after a solve; the step is halved back towards `before` while it is not finite. */
static bool settle(const struct pal_glm_data *data, struct pal_glm_fit *fit,
                   const double *before, bool has_before, double *move)
{
    for (int half = 0; half < 30; half++) {
        *move = update_mean(data, fit);
        fit->deviance = deviance_of(data, fit->mean, fit->theta);
        if (isfinite(fit->deviance)) {
            return true;
        }
        if (!has_before) {
            return false;
        }
        for (size_t j = 0; j < data->column_count; j++) {
            fit->coefficient[j] = 0.5 * (fit->coefficient[j] + before[j]);
        }
    }
    return false;
}

static void working_values(const struct pal_glm_data *data, struct pal_glm_fit *fit,
                           struct pal_glm_steps *memory)
{
    for (size_t i = 0; i < data->row_count; i++) {
        double mean = fit->mean[i];
        double slope = mean; /* d mean / d linear */
        double variance = fit->theta == 0 ? mean : mean + mean * mean / fit->theta;
        fit->working_weight[i] = weight_of(data, i) * slope * slope / variance;
        memory->scale[i] = sqrt(fit->working_weight[i]);
        memory->response[i] =
            fit->linear[i] - offset_of(data, i) + (data->response[i] - mean) / slope;
    }
}

static pal_status iterate(const struct pal_glm_data *data,
                          const struct pal_glm_control *control,
                          struct pal_glm_steps *memory, struct pal_glm_fit *fit,
                          struct pal_error *err)
{
    double old = deviance_of(data, fit->mean, fit->theta);
    /* what rounding alone moves: a saturated model's deviance never stands still below it */
    double floor_of_deviance = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        floor_of_deviance += DBL_EPSILON * weight_of(data, i) * data->response[i];
    }
    fit->status = PAL_FIT_NOT_CONVERGED;
    for (int step = 1; step <= control->iteration_max; step++) {
        fit->iteration_count = step;
        working_values(data, fit, memory);
        memcpy(memory->before, fit->coefficient,
               data->column_count * sizeof *memory->before);
        pal_status status =
            pal_least_squares_solve(&memory->solver, data->design, memory->response,
                                    memory->scale, fit->coefficient, err);
        if (status != PAL_OK) {
            return status;
        }
        double move;
        if (!settle(data, fit, memory->before, step > 1, &move)) {
            fit->status = PAL_FIT_NOT_CONVERGED;
            return PAL_OK;
        }
        double change = fabs(fit->deviance - old);
        bool is_still = change / (fabs(fit->deviance) + 0.1) < control->epsilon ||
                        (control->epsilon < 1e-12 && change <= floor_of_deviance);
        fit->status = is_still ? PAL_FIT_OK : PAL_FIT_NOT_CONVERGED;
        if (is_still && (control->step_epsilon == 0 || move <= control->step_epsilon)) {
            return PAL_OK;
        }
        old = fit->deviance;
    }
    return PAL_OK;
}

/* The likelihood of a constant and the offset. Without an offset, and for Poisson, it is the
 * total over the total; else Newton's method on the constant. */
double pal_glm_null_deviance(const struct pal_glm_data *data, double theta,
                             double *scratch)
{
    double total = 0.0;
    double exposure = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        total += weight_of(data, i) * data->response[i];
        exposure += weight_of(data, i) * exp(offset_of(data, i));
    }
    if (!(exposure > 0)) {
        return 0.0;
    }
    double constant =
        data->has_no_constant ? 0.0 : log(fmax(total / exposure, DBL_EPSILON));
    bool is_done = theta == 0 || data->offset == NULL || data->has_no_constant;
    for (int step = 0; step < 50 && !is_done; step++) {
        double score = 0.0;
        double information = 0.0;
        for (size_t i = 0; i < data->row_count; i++) {
            double mean = exp(constant + offset_of(data, i));
            double part = weight_of(data, i) / (1.0 + mean / theta);
            score += part * (data->response[i] - mean);
            information += part * mean;
        }
        double change = score / information;
        constant += change;
        is_done = fabs(change) < 1e-13;
    }
    for (size_t i = 0; i < data->row_count; i++) {
        scratch[i] = exp(constant + offset_of(data, i));
    }
    return deviance_of(data, scratch, theta);
}

pal_status pal_glm_finish(const struct pal_glm_data *data, struct pal_glm_steps *memory,
                          struct pal_glm_fit *fit, struct pal_error *err)
{
    size_t used = 0;
    for (size_t i = 0; i < data->row_count; i++) {
        used += weight_of(data, i) > 0;
    }
    fit->rank = memory->solver.kept_count;
    for (size_t k = 0; k < fit->rank; k++) {
        fit->is_estimated[memory->solver.kept[k]] = true;
    }
    fit->df_residual = (double)used - (double)fit->rank;
    fit->pearson = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double mean = fit->mean[i];
        double gap = data->response[i] - mean;
        double variance = fit->theta == 0 ? mean : mean + mean * mean / fit->theta;
        fit->pearson += weight_of(data, i) * gap * gap / variance;
    }
    fit->log_likelihood = pal_glm_log_likelihood(data, fit->mean, fit->theta);
    fit->aic = -2.0 * fit->log_likelihood + 2.0 * (double)fit->rank;
    fit->null_deviance = pal_glm_null_deviance(data, fit->theta, memory->scale);
    pal_status status =
        pal_least_squares_covariance(&memory->solver, fit->covariance, err);
    if (status != PAL_OK) {
        return status;
    }
    return pal_least_squares_hat(&memory->solver, fit->hat, err);
}

pal_status pal_glm_run(const struct pal_glm_data *data,
                       const struct pal_glm_control *control,
                       struct pal_glm_steps *memory, struct pal_glm_fit *fit,
                       bool is_warm, struct pal_error *err)
{
    for (size_t i = 0; i < data->row_count; i++) {
        double y = data->response[i];
        double start = fit->theta == 0 ? y + 0.1 : (y == 0 ? 1.0 / 6.0 : y);
        fit->linear[i] = is_warm ? fit->linear[i] : log(start);
        fit->mean[i] = is_warm ? fit->mean[i] : start;
    }
    return iterate(data, control, memory, fit, err);
}

pal_status pal_glm_prepare(const struct pal_glm_data *data, struct pal_arena *arena,
                           struct pal_glm_steps *memory, struct pal_glm_fit *out,
                           struct pal_error *err)
{
    *out = (struct pal_glm_fit){.status = PAL_FIT_TOO_FEW,
                                .row_count = data->row_count,
                                .column_count = data->column_count};
    pal_status status = check(data, err);
    status = status == PAL_OK ? allocate(data, arena, out, err) : status;
    if (status == PAL_OK) {
        status = pal_least_squares_init(&memory->solver, data->row_count,
                                        data->column_count, arena, err);
    }
    status =
        status == PAL_OK ? get(arena, data->row_count, &memory->response, err) : status;
    status =
        status == PAL_OK ? get(arena, data->row_count, &memory->scale, err) : status;
    status = status == PAL_OK ? get(arena, data->column_count, &memory->before, err)
                              : status;
    return status;
}

pal_status pal_glm_fit(const struct pal_glm_data *data,
                       const struct pal_glm_control *control, struct pal_arena *arena,
                       struct pal_glm_fit *out, struct pal_error *err)
{
    struct pal_glm_steps memory = {0};
    pal_status status = pal_glm_prepare(data, arena, &memory, out, err);
    if (status != PAL_OK || data->row_count == 0 || data->column_count == 0) {
        return status;
    }
    out->theta = control->theta;
    status = pal_glm_run(data, control, &memory, out, false, err);
    if (status != PAL_OK) {
        return status;
    }
    if (memory.solver.kept_count == 0) {
        out->status = PAL_FIT_SINGULAR;
    }
    return pal_glm_finish(data, &memory, out, err);
}

double pal_glm_dispersion(const struct pal_glm_data *data,
                          const struct pal_glm_fit *fit)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double residual = (data->response[i] - fit->mean[i]) / fit->mean[i];
        sum += fit->working_weight[i] * residual * residual;
    }
    return sum;
}

double pal_glm_standard_error(const struct pal_glm_fit *fit, size_t column,
                              double dispersion)
{
    return sqrt(dispersion * fit->covariance[column * fit->column_count + column]);
}

double pal_glm_predict(const struct pal_glm_fit *fit, const double *row, double offset,
                       double dispersion, double *se)
{
    double eta = offset;
    double variance = 0.0;
    size_t p = fit->column_count;
    for (size_t j = 0; j < p; j++) {
        eta += row[j] * fit->coefficient[j];
        for (size_t k = 0; k < p; k++) {
            variance += row[j] * row[k] * fit->covariance[j * p + k];
        }
    }
    if (se != NULL) {
        *se = sqrt(dispersion * fmax(variance, 0.0));
    }
    return eta;
}
