/*
 * Control charts and simple detectors by name.
 */
#include <math.h>
#include <string.h>

#include "stat/chart.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

/* A yearly wave fitted to the rows before the first judged; `epoch` is the step of the year
 * of row 0. */
static pal_status fit_wave(const struct pal_judged *series, double frequency,
                           double epoch, struct pal_arena *arena, double *expected,
                           struct pal_error *err)
{
    const double two_pi = 6.28318530717958647693;
    size_t first = series->first;
    double *design;
    struct pal_glm_fit fit;
    pal_status status = pal_method_alloc(arena, 3 * first, &design, err);
    for (size_t i = 0; status == PAL_OK && i < first; i++) {
        double angle = two_pi / frequency * (epoch + (double)i);
        design[i] = 1.0;
        design[first + i] = cos(angle);
        design[2 * first + i] = sin(angle);
    }
    struct pal_glm_data data = {.design = design,
                                .row_count = first,
                                .column_count = 3,
                                .response = series->counts};
    if (status == PAL_OK) {
        status = pal_glm_fit(&data, &pal_glm_default, arena, &fit, err);
    }
    if (status == PAL_OK && fit.status != PAL_FIT_OK) {
        status = pal_fail(err, PAL_INPUT, "the yearly wave cannot be fitted: %s",
                          pal_fit_status_text(fit.status));
    }
    for (size_t i = 0; status == PAL_OK && i < series->count; i++) {
        double angle = two_pi / frequency * (epoch + (double)(first + i));
        const double row[3] = {1.0, cos(angle), sin(angle)};
        expected[i] = exp(pal_glm_predict(&fit, row, 0.0, 1.0, NULL));
    }
    return status;
}

/* The number given, one for each judged row, or what the rows before them say. */
static pal_status expected_counts(const struct pal_params *params,
                                  const struct pal_judged *series,
                                  struct pal_arena *arena, const double **out,
                                  struct pal_error *err)
{
    double *expected;
    double sum = 0.0;
    size_t first = series->first;
    const char *kind = pal_params_text(params, "m", "mean");
    double given = pal_params_number(params, "m", (double)NAN);
    size_t each_count;
    const double *each = pal_params_array(params, "m", &each_count);
    pal_status status = pal_method_alloc(arena, series->count, &expected, err);
    *out = expected;
    if (status == PAL_OK && each_count > 1) {
        *out = each;
        return each_count == series->count
                   ? PAL_OK
                   : pal_fail(err, PAL_USAGE,
                              "parameter \"m\" has %zu numbers for %zu rows to judge",
                              each_count, series->count);
    }
    if (status == PAL_OK && first == 0 && isnan(given)) {
        status = pal_fail(err, PAL_USAGE,
                          "parameter \"range\" leaves no rows before it to learn the "
                          "expected count from; give \"m\" as a number, or a later "
                          "\"range\"");
    }
    if (status == PAL_OK && isnan(given) && strcmp(kind, "glm") == 0) {
        return fit_wave(series, pal_params_number(params, "freq", 52),
                        pal_params_number(params, "start_epoch", 1), arena, expected,
                        err);
    }
    for (size_t i = 0; status == PAL_OK && i < first; i++) {
        sum += series->counts[i];
    }
    for (size_t i = 0; status == PAL_OK && i < series->count; i++) {
        expected[i] = isnan(given) ? sum / (double)first : given;
    }
    return status;
}

static pal_status run_cusum(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"t",     "observed",   "cusum",
                                        "alarm", "upperbound", "m"};
    static const char *const scales[] = {
        "standard",      "rossi",          "anscombe", "anscombe2nd",
        "pearsonNegBin", "anscombeNegBin", "none"};
    const char *scale = pal_params_text(params, "trans", "standard");
    struct pal_cusum setting = {
        .reference = pal_params_number(params, "k", 1.04),
        .limit = pal_params_number(params, "h", 2.26),
        .nb_alpha = pal_params_number(params, "alpha", 0.1),
        .is_compat = strcmp(pal_params_text(params, "mode", "compat"), "compat") == 0,
        .is_reset = pal_params_flag(params, "reset", false)};
    struct pal_judged series;
    const double *expected = NULL;
    struct pal_chart_point *points = NULL;
    size_t which = 0;
    while (which < 6 && strcmp(scales[which], scale) != 0) {
        which++;
    }
    setting.scale = (enum pal_cusum_scale)which;
    pal_status status = pal_method_series_dense(params, in, &series, err);
    if (status == PAL_OK) {
        status = expected_counts(params, &series, out->arena, &expected, err);
    }
    status = status == PAL_OK
                 ? pal_method_points(out->arena, series.count, &points, err)
                 : status;
    if (status == PAL_OK) {
        status = pal_cusum_run(series.counts + series.first, expected, series.count,
                               &setting, points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 6, err) : status;
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        struct pal_datum *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_datum_number((double)(series.first + i + 1));
            cells[1] = pal_datum_number(series.counts[series.first + i]);
            cells[2] = pal_datum_number(points[i].statistic);
            cells[3] = pal_datum_number(points[i].is_alarm ? 1.0 : 0.0);
            cells[4] = pal_datum_number(points[i].bound);
            cells[5] = pal_datum_number(expected[i]);
        }
    }
    return status;
}

static const struct pal_setting cusum_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"k", PAL_SETTING_NUMBER, "0..1e9", "1.04", "Reference value."},
    {"h", PAL_SETTING_NUMBER, "0..1e9", "2.26", "Alarm from this sum on."},
    {"m", PAL_SETTING_NUMBER_OR_CHOICE, "mean|glm", "mean",
     "Expected count: a number, one for each row of range, the mean of the rows before "
     "range, or a yearly wave fitted to them."},
    {"trans", PAL_SETTING_CHOICE,
     "standard|rossi|anscombe|anscombe2nd|pearsonNegBin|anscombeNegBin|none",
     "standard", "Scale of the counts."},
    {"alpha", PAL_SETTING_NUMBER, "0..1e9", "0.1",
     "Variance m + alpha m^2 of the negative binomial scales."},
    {"reset", PAL_SETTING_FLAG, NULL, "false", "Start again after an alarm."},
    {"mode", PAL_SETTING_CHOICE, "compat|strict", "compat",
     "upperbound as the package computes it, or the count that would alarm."},
    {"start_epoch", PAL_SETTING_WHOLE, "0..100000", "1",
     "Step of the year of the first row, for m glm."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_cusum = {
    .name = "cusum",
    .summary = "CUSUM of standardised counts",
    .columns_in = "observed",
    .columns_out = "t, observed, cusum, alarm, upperbound, m",
    .source = "Rossi, Lampugnani & Marchi 1999, Stat Med 18:2111",
    .quirk = "surveillance 1.20.3 does not start again after an alarm, so that one "
             "surge alarms for long; reset true does. Its bound of anscombe2nd is no "
             "inverse of the scale, and rossi's is wrong far below the limit: mode "
             "strict gives the right ones. For anscombeNegBin and none its bound is h "
             "minus the new sum, and so is ours. It reads anscombeNegBin off a coarse "
             "table (errors up to 0.002); ours is exact.",
    .settings = cusum_settings,
    .run = run_cusum,
};

/* Each step looks back over all steps since the chart's start; the negative binomial adds up
 * all steps again for each. */
static pal_status check_chart_work(const struct pal_ratio_chart *setting, size_t count,
                                   bool has_cases, struct pal_error *err)
{
    double rows = (double)count;
    double back =
        setting->window > 0 ? fmin(rows, (double)setting->window + 1.0) : rows;
    double steps = rows * back * (setting->nb_alpha > 0 ? 40.0 * back : 20.0);
    steps *= has_cases ? 15.0 : 1.0;
    return setting->is_generalised
               ? pal_method_check_work(steps,
                                       "give a smaller window \"M\" or fewer rows", err)
               : PAL_OK;
}

static pal_status run_ratio_chart(const struct pal_params *params,
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
        .min_steps = pal_method_size(params, "Mtilde", 1),
        .is_compat = strcmp(pal_params_text(params, "mode", "compat"), "compat") == 0,
        .cases_max = pal_params_number(params, "xMax", 10000)};
    bool has_cases = strcmp(pal_params_text(params, "ret", "value"), "cases") == 0;
    double *own = NULL;
    const double *counts;
    const double *expected;
    const double *times;
    struct pal_chart_point *points;
    pal_status status = pal_frame_numbers(in, "observed", &counts, err);
    status = status == PAL_OK ? pal_frame_numbers(in, "mu0", &expected, err) : status;
    status = status == PAL_OK ? pal_frame_numbers(in, "t", &times, err) : status;
    status = status == PAL_OK
                 ? pal_method_points(out->arena, in->row_count, &points, err)
                 : status;
    status = status == PAL_OK ? pal_method_alloc(out->arena, in->row_count, &own, err)
                              : status;
    if (status == PAL_OK && has_cases && setting.is_decrease) {
        status = pal_fail(err, PAL_USAGE,
                          "parameter \"ret\" is value with \"dir\": \"dec\"; cases is "
                          "for a rise");
    }
    if (status == PAL_OK) {
        status = check_chart_work(&setting, in->row_count, has_cases, err);
    }
    if (status == PAL_OK && own != NULL && in->row_count > 0) {
        memcpy(own, counts, in->row_count * sizeof *own);
        status = has_cases ? pal_ratio_chart_bounds(own, expected, in->row_count,
                                                    &setting, points, err)
                           : pal_ratio_chart_run(own, expected, in->row_count, &setting,
                                                 points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 3, err) : status;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        struct pal_datum *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_datum_number(times[i]);
            cells[1] = has_cases ? pal_datum_number_if(isfinite(points[i].bound),
                                                       fmax(0.0, points[i].bound))
                                 : pal_datum_number(points[i].statistic);
            cells[2] = pal_datum_flag(points[i].is_alarm);
        }
    }
    return status;
}

static const struct pal_setting ratio_chart_settings[] = {
    {"range", PAL_SETTING_NOTE, NULL, NULL, "The input holds the rows to judge."},
    {"c.ARL", PAL_SETTING_NUMBER, "0..1e9", "5", "Limit of the chart."},
    {"alpha", PAL_SETTING_NUMBER, "0..1e9", "0",
     "Variance mu + alpha mu^2; 0 is Poisson."},
    {"theta", PAL_SETTING_NUMBER, "-100..100", NULL,
     "Logarithm of the change that is looked for; without it the change is estimated."},
    {"Mtilde", PAL_SETTING_WHOLE, "0..1000000", "1",
     "With M: first step that is judged after the start."},
    {"M", PAL_SETTING_NUMBER, "-1..1000000", "-1",
     "Changes at most so many steps back; -1 for any."},
    {"change", PAL_SETTING_CHOICE, "intercept", "intercept",
     "What changes: the level."},
    {"dir", PAL_SETTING_CHOICE, "inc|dec", "inc", "A rise or a drop."},
    {"ret", PAL_SETTING_CHOICE, "value|cases", "value",
     "stat is the statistic, or the count that would alarm."},
    {"mode", PAL_SETTING_CHOICE, "compat|strict", "compat",
     "A run of zeros is passed over as the package does, or counted as a drop."},
    {"xMax", PAL_SETTING_NUMBER, "0..1e9", "10000",
     "Largest count tried for ret cases."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_ratio_chart = {
    .name = "glrnb",
    .summary = "likelihood ratio charts, Poisson and negative binomial",
    .columns_in = "t, observed, mu0",
    .columns_out = "t, stat, alarm",
    .source = "Hoehle & Paul 2008, Comput Stat Data Anal 52:4357",
    .quirk = "surveillance alarms above the limit with a known change and from the "
             "limit on with an unknown one; so do we. Its inner maximum for the "
             "negative binomial stops at 1e-6, ours runs on.",
    .settings = ratio_chart_settings,
    .run = run_ratio_chart,
};
