/*
 * Farrington's regression by general least squares: for designs that farrington_periods.c leaves
 * aside, because a column adds nothing to the others.
 */
#include <math.h>
#include <string.h>

#include "stat/farrington_internal.h"
#include "stat/glm.h"

static size_t column_count(const struct pal_farrington *setting, bool has_trend)
{
    size_t periods = setting->is_classic ? 1 : setting->period_count;
    return (has_trend ? 2u : 1u) + (periods > 1 ? periods - 1 : 0);
}

static void fill_design(const struct pal_baseline *base,
                        const struct pal_farrington *setting, bool has_trend,
                        double *design, double *row)
{
    size_t n = base->count;
    size_t columns = column_count(setting, has_trend);
    size_t shift = has_trend ? 2 : 1;
    for (size_t i = 0; i < n; i++) {
        design[i] = 1.0;
        if (has_trend) {
            design[n + i] = base->time[i];
        }
        for (size_t j = shift; j < columns; j++) {
            design[j * n + i] = base->period[i] == j - shift + 2 ? 1.0 : 0.0;
        }
    }
    memset(row, 0, columns * sizeof *row);
    row[0] = 1.0;
    if (has_trend) {
        row[1] = base->time_at;
    }
    if (columns > shift) {
        row[columns - 1] = 1.0;
    }
}

/* R's summary: working weights of the last solve, residuals with the updated mean. */
static double pearson_dispersion(const struct pal_glm_data *data,
                                 const struct pal_glm_fit *fit)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double r = (data->response[i] - fit->mean[i]) / fit->mean[i];
        sum += fit->working_weight[i] * r * r;
    }
    return sum / fit->df_residual;
}

static void downweight(const struct pal_glm_data *data, const struct pal_glm_fit *fit,
                       double dispersion, double threshold, double *weights)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double mean = fit->mean[i];
        double y = data->response[i];
        double s = 1.5 * (pow(y, 2.0 / 3.0) * pow(mean, -1.0 / 6.0) - sqrt(mean)) /
                   sqrt(dispersion * (1.0 - fit->hat[i]));
        weights[i] = s > threshold ? 1.0 / (s * s) : 1.0;
        sum += weights[i];
    }
    double scale = (double)data->row_count / sum;
    for (size_t i = 0; i < data->row_count; i++) {
        weights[i] *= scale;
    }
}

/* The misplaced dispersion of the package. */
static double compat_dispersion(const struct pal_glm_data *data,
                                const struct pal_glm_fit *fit)
{
    double sum = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double r = (data->response[i] - fit->mean[i]) / fit->mean[i];
        sum += data->prior_weight[i] * r * r;
    }
    return sum / fit->df_residual;
}

/* What is asked of the fit at the point judged. */
static void summarise(const struct pal_glm_fit *fit, const double *row, bool has_trend,
                      struct pal_farrington_model *out)
{
    double se;
    out->status = fit->status;
    out->eta = pal_glm_predict(fit, row, 0.0, 1.0, &se);
    out->eta_variance = se * se;
    out->df = fit->df_residual;
    out->has_slope = has_trend && fit->is_estimated[1];
    if (out->has_slope) {
        out->slope = fit->coefficient[1];
        out->slope_variance = fit->covariance[fit->column_count + 1];
    }
}

pal_status pal_farrington_fit_general(const struct pal_baseline *base,
                                      const struct pal_farrington *setting,
                                      bool has_trend, struct pal_arena *arena,
                                      struct pal_farrington_model *out,
                                      struct pal_error *err)
{
    struct pal_glm_fit result;
    *out = (struct pal_farrington_model){.status = PAL_FIT_TOO_FEW};
    size_t columns = column_count(setting, has_trend);
    void *design = NULL;
    void *row = NULL;
    void *weights = NULL;
    void *offset = NULL;
    pal_status status =
        pal_arena_alloc(arena, base->count * columns, sizeof(double), &design, err);
    status = status == PAL_OK
                 ? pal_arena_alloc(arena, columns, sizeof(double), &row, err)
                 : status;
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, base->count, sizeof(double), &weights, err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, base->count, sizeof(double), &offset, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    double *offsets = offset;
    for (size_t i = 0; i < base->count; i++) {
        offsets[i] = log(base->population[i]);
    }
    fill_design(base, setting, has_trend, design, row);
    struct pal_glm_data data = {.design = design,
                                .row_count = base->count,
                                .column_count = columns,
                                .response = base->counts,
                                .offset = offsets};
    struct pal_glm_fit *fit = &result;
    status = pal_glm_fit(&data, &pal_glm_default, arena, fit, err);
    if (status != PAL_OK || fit->status != PAL_FIT_OK) {
        out->status = fit->status;
        return status;
    }
    if (!(fit->df_residual > 0)) {
        return PAL_OK;
    }
    double free_dispersion = pearson_dispersion(&data, fit);
    if (setting->is_reweighted) {
        downweight(&data, fit, fmax(free_dispersion, 1.0), setting->weight_threshold,
                   weights);
        data.prior_weight = weights;
        status = pal_glm_fit(&data, &pal_glm_default, arena, fit, err);
        if (status != PAL_OK || fit->status != PAL_FIT_OK) {
            out->status = fit->status;
            return status;
        }
        free_dispersion = pearson_dispersion(&data, fit);
    }
    summarise(fit, row, has_trend, out);
    out->free_dispersion = free_dispersion;
    out->compat_dispersion =
        setting->is_reweighted ? compat_dispersion(&data, fit) : free_dispersion;
    return PAL_OK;
}
