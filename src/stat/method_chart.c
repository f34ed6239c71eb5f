/*
 * Control charts and simple detectors by name.
 */
#include <math.h>
#include <string.h>

#include "stat/chart.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

/* A series and the rows of it to judge. */
struct judged {
    const double *counts;
    size_t first;
    size_t count;
};

/* Column "observed"; rows 1-based in "range", without gaps; all without it. */
static pal_status read_series(const struct pal_params *params,
                              const struct pal_frame *in, struct judged *out,
                              struct pal_error *err)
{
    const double *range = pal_params_array(params, "range", &out->count);
    size_t row_count = in->row_count;
    out->first = 0;
    pal_status status = pal_frame_numbers(in, "observed", &out->counts, err);
    if (status != PAL_OK || range == NULL) {
        out->count = row_count;
        return status;
    }
    for (size_t i = 0; i < out->count; i++) {
        if (!(range[i] >= 1 && range[i] <= (double)row_count) ||
            (i > 0 && range[i] != range[i - 1] + 1)) {
            return pal_fail(
                err, PAL_INPUT,
                "\"range\" must name rows of the input, one after the other");
        }
    }
    out->first = (size_t)range[0] - 1;
    return PAL_OK;
}

static size_t size_param(const struct pal_params *params, const char *name,
                         double otherwise)
{
    return (size_t)fmin(fmax(0, pal_params_number(params, name, otherwise)), 1e6);
}

static pal_status alloc_points(struct pal_arena *arena, size_t count,
                               struct pal_chart_point **out, struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, count, sizeof **out, &memory, err);
    *out = memory;
    return status;
}

/* Means from the rows before `first`: their mean, or a yearly wave fitted to them. */
static pal_status expected_counts(const struct pal_params *params,
                                  const struct judged *series, struct pal_arena *arena,
                                  const double **out, struct pal_error *err)
{
    const double *counts = series->counts;
    size_t first = series->first;
    size_t count = series->count;
    double *expected;
    double *design;
    struct pal_glm_fit fit;
    const double two_pi = 6.28318530717958647693;
    const char *kind = pal_params_text(params, "m", "mean");
    double frequency = pal_params_number(params, "freq", 52);
    pal_status status = pal_method_alloc(arena, count, &expected, err);
    *out = expected;
    if (status == PAL_OK && first == 0) {
        status = pal_fail(err, PAL_INPUT,
                          "there are no rows before \"range\" to learn from");
    }
    if (status != PAL_OK) {
        return status;
    }
    if (strcmp(kind, "glm") != 0) {
        double sum = 0.0;
        for (size_t i = 0; i < first; i++) {
            sum += counts[i];
        }
        for (size_t i = 0; i < count; i++) {
            expected[i] = sum / (double)first;
        }
        return PAL_OK;
    }
    status = pal_method_alloc(arena, 3 * first, &design, err);
    for (size_t i = 0; status == PAL_OK && i < first; i++) {
        double angle = two_pi * (double)(i + 1) / frequency;
        design[i] = 1.0;
        design[first + i] = cos(angle);
        design[2 * first + i] = sin(angle);
    }
    struct pal_glm_data data = {
        .design = design, .row_count = first, .column_count = 3, .response = counts};
    if (status == PAL_OK) {
        status = pal_glm_fit(&data, &pal_glm_default, arena, &fit, err);
    }
    if (status == PAL_OK && fit.status != PAL_FIT_OK) {
        status = pal_fail(err, PAL_INPUT, "the means cannot be fitted: %s",
                          pal_fit_status_text(fit.status));
    }
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        double angle = two_pi * (double)(first + i + 1) / frequency;
        const double row[3] = {1.0, cos(angle), sin(angle)};
        expected[i] = exp(pal_glm_predict(&fit, row, 0.0, 1.0, NULL));
    }
    return status;
}

pal_status pal_method_cusum(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"t",     "observed",   "cusum",
                                        "alarm", "upperbound", "m"};
    static const char *const scales[] = {"standard", "rossi", "anscombe", "anscombe2nd",
                                         "pearsonNegBin"};
    const char *scale = pal_params_text(params, "trans", "standard");
    struct pal_cusum setting = {.reference = pal_params_number(params, "k", 1.04),
                                .limit = pal_params_number(params, "h", 2.26),
                                .nb_alpha = pal_params_number(params, "alpha", 0.1),
                                .is_reset = pal_params_flag(params, "reset", false)};
    struct judged series = {NULL, 0, 0};
    const double *expected = NULL;
    struct pal_chart_point *points = NULL;
    size_t which = 0;
    while (which < 5 && strcmp(scales[which], scale) != 0) {
        which++;
    }
    if (which == 5) {
        return pal_fail(err, PAL_USAGE, "no scale is called \"%s\"", scale);
    }
    setting.scale = (enum pal_cusum_scale)which;
    pal_status status = read_series(params, in, &series, err);
    if (status == PAL_OK) {
        status = expected_counts(params, &series, out->arena, &expected, err);
    }
    status = status == PAL_OK ? alloc_points(out->arena, series.count, &points, err)
                              : status;
    if (status == PAL_OK) {
        status = pal_cusum_run(series.counts + series.first, expected, series.count,
                               &setting, points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 6, err) : status;
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        struct pal_cell *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_cell_number((double)(series.first + i + 1));
            cells[1] = pal_cell_number(series.counts[series.first + i]);
            cells[2] = pal_cell_number(points[i].statistic);
            cells[3] = pal_cell_number(points[i].is_alarm ? 1.0 : 0.0);
            cells[4] = pal_cell_number(points[i].bound);
            cells[5] = pal_cell_number(expected[i]);
        }
    }
    return status;
}

pal_status pal_method_ratio_chart(const struct pal_params *params,
                                  const struct pal_frame *in, struct pal_frame *out,
                                  struct pal_error *err)
{
    static const char *const names[] = {"t", "stat", "alarm"};
    double kappa = pal_params_number(params, "theta", (double)NAN);
    double window = pal_params_number(params, "M", -1);
    struct pal_ratio_chart setting = {
        .is_generalised = isnan(kappa),
        .kappa = isnan(kappa) ? 0.0 : kappa,
        .limit = pal_params_number(params, "c.ARL", 5),
        .nb_alpha = pal_params_number(params, "alpha", 0),
        .is_decrease = strcmp(pal_params_text(params, "dir", "inc"), "dec") == 0,
        .window = window > 0 ? (size_t)fmin(window, 1e6) : 0,
        .min_steps = size_param(params, "Mtilde", 1)};
    const double *counts;
    const double *expected;
    const double *times;
    struct pal_chart_point *points;
    pal_status status = pal_frame_numbers(in, "observed", &counts, err);
    status = status == PAL_OK ? pal_frame_numbers(in, "mu0", &expected, err) : status;
    status = status == PAL_OK ? pal_frame_numbers(in, "t", &times, err) : status;
    status = status == PAL_OK ? alloc_points(out->arena, in->row_count, &points, err)
                              : status;
    if (status == PAL_OK) {
        status =
            pal_ratio_chart_run(counts, expected, in->row_count, &setting, points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 3, err) : status;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        struct pal_cell *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_cell_number(times[i]);
            cells[1] = pal_cell_number(points[i].statistic);
            cells[2] = pal_cell_number(points[i].is_alarm ? 1.0 : 0.0);
        }
    }
    return status;
}

typedef struct pal_chart_point (*judge_fn)(const double *counts, size_t count,
                                           size_t at,
                                           const struct pal_history *history);

/* `has_sum`: the CDC method, which judges sums and counts its window in months. */
static pal_status run_history(const struct pal_params *params,
                              const struct pal_frame *in, judge_fn judge, bool has_sum,
                              struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"t", "observed", "upperbound", "alarm", "aggr"};
    struct pal_history history = {.frequency = size_param(params, "freq", 52),
                                  .years_back = size_param(params, "b", 0),
                                  .half_window = size_param(params, "w", 6),
                                  .has_recent = pal_params_flag(params, "actY", true),
                                  .alpha = pal_params_number(params, "alpha", 0.05)};
    if (has_sum) {
        history.years_back = size_param(params, "b", 5);
        history.half_window = size_param(params, "m", 1);
    }
    struct judged series = {NULL, 0, 0};
    pal_status status = read_series(params, in, &series, err);
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, has_sum ? 5 : 4, err);
    }
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        size_t at = series.first + i;
        struct pal_cell *cells = NULL;
        struct pal_chart_point point =
            judge(series.counts, in->row_count, at, &history);
        status = pal_frame_add_row(out, &cells, err);
        if (status != PAL_OK) {
            break;
        }
        cells[0] = pal_cell_number((double)(at + 1));
        cells[1] = pal_cell_number(series.counts[at]);
        if (point.status == PAL_FIT_OK) {
            cells[2] = pal_cell_number(point.bound);
            cells[3] = pal_cell_number(point.is_alarm ? 1.0 : 0.0);
        }
        if (point.status == PAL_FIT_OK && has_sum) {
            cells[4] = pal_cell_number(point.statistic);
        }
    }
    return status;
}

pal_status pal_method_bayes(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_frame *out, struct pal_error *err)
{
    return run_history(params, in, pal_bayes_judge, false, out, err);
}

pal_status pal_method_rki(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    return run_history(params, in, pal_rki_judge, false, out, err);
}

pal_status pal_method_cdc(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    return run_history(params, in, pal_cdc_judge, true, out, err);
}

pal_status pal_method_outbreak(const struct pal_params *params,
                               const struct pal_frame *in, struct pal_frame *out,
                               struct pal_error *err)
{
    static const char *const names[] = {"t", "observed", "upperbound", "alarm"};
    struct judged series = {NULL, 0, 0};
    struct pal_chart_point *points = NULL;
    pal_status status = read_series(params, in, &series, err);
    status = status == PAL_OK ? alloc_points(out->arena, series.count, &points, err)
                              : status;
    if (status == PAL_OK) {
        status = pal_outbreak_run(series.counts + series.first, series.count,
                                  pal_params_number(params, "k", 100), points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 4, err) : status;
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        struct pal_cell *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_cell_number((double)(series.first + i + 1));
            cells[1] = pal_cell_number(series.counts[series.first + i]);
            cells[2] = pal_cell_number(points[i].statistic);
            cells[3] = pal_cell_number(points[i].is_alarm ? 1.0 : 0.0);
        }
    }
    return status;
}
