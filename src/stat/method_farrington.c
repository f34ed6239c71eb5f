/*
 * Farrington's detectors by name.
 */
#include <math.h>
#include <string.h>

#include "stat/detect.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

static struct pal_farrington read_farrington(const struct pal_params *params,
                                             bool is_classic)
{
    const char *power = pal_params_text(params, "powertrans", "2/3");
    const char *bound = pal_params_text(params, "thresholdMethod", "delta");
    const char *mode = pal_params_text(params, "mode", "compat");
    size_t limit_count;
    const double *limit = pal_params_array(params, "limit54", &limit_count);
    struct pal_farrington setting = {
        .rule = strcmp(mode, "strict") == 0 ? PAL_RULE_STRICT : PAL_RULE_COMPAT,
        .is_classic = is_classic,
        .frequency = pal_method_size(params, "freq", 52),
        .years_back = pal_method_size(params, "b", 5),
        .half_window = pal_method_size(params, "w", 3),
        .is_reweighted = pal_params_flag(params, "reweight", true),
        .weight_threshold =
            pal_params_number(params, "weightsThreshold", is_classic ? 1.0 : 2.58),
        .alpha = pal_params_number(params, "alpha", 0.05),
        .has_trend = pal_params_flag(params, "trend", true),
        .trend_p = pal_params_number(params, "pThresholdTrend", 0.05),
        .case_min = limit_count == 2 ? limit[0] : 5.0,
        .case_span = limit_count == 2 ? (size_t)fmax(0, limit[1]) : 4,
        .power = PAL_POWER_TWO_THIRDS,
        .period_count = is_classic ? 1 : pal_method_size(params, "noPeriods", 1),
        .past_excluded = pal_method_size(params, "pastWeeksNotIncluded",
                                         pal_params_number(params, "w", 3)),
        .bound = PAL_BOUND_DELTA};
    if (strcmp(power, "1/2") == 0) {
        setting.power = PAL_POWER_HALF;
    } else if (strcmp(power, "none") == 0) {
        setting.power = PAL_POWER_ONE;
    }
    if (strcmp(bound, "nbPlugin") == 0) {
        setting.bound = PAL_BOUND_NB_PLUGIN;
    } else if (strcmp(bound, "muan") == 0) {
        setting.bound = PAL_BOUND_MUAN;
    }
    return setting;
}

static void flexible_row(const struct pal_farrington_point *point,
                         struct pal_datum *cells)
{
    bool has = point->status == PAL_FIT_OK;
    bool is_fitted =
        has || point->status == PAL_FIT_SUPPRESSED || point->status == PAL_FIT_BOUNDARY;
    cells[3] = pal_datum_number_if(has, point->bound);
    cells[4] = pal_datum_flag(point->is_alarm);
    cells[5] = pal_datum_number_if(has, point->expected);
    cells[6] = pal_datum_number_if(is_fitted, point->dispersion);
    cells[7] =
        is_fitted ? pal_datum_flag(point->has_trend) : pal_datum_number_if(false, 0);
    cells[8] = pal_datum_number_if(is_fitted && point->has_trend, point->trend);
    cells[9] = pal_datum_number_if(is_fitted && point->has_p, point->p_value);
    cells[10] = pal_datum_number_if(is_fitted && point->has_p, point->score);
}

static void classic_row(const struct pal_farrington_point *point,
                        struct pal_datum *cells)
{
    bool has = point->status == PAL_FIT_OK;
    bool is_fitted = has || point->status == PAL_FIT_SUPPRESSED;
    cells[2] = pal_datum_number_if(is_fitted, has ? point->bound : 0.0);
    cells[3] = pal_datum_flag(point->is_alarm);
    cells[4] =
        is_fitted ? pal_datum_flag(point->has_trend) : pal_datum_number_if(false, 0);
    cells[5] = pal_datum_number_if(is_fitted, point->p_value);
    cells[6] = pal_datum_number_if(is_fitted, point->expected);
}

/* A missing count is no baseline, and cannot be judged. */
static pal_status read_series(const struct pal_params *params,
                              const struct pal_frame *in,
                              const struct pal_farrington *setting,
                              const struct pal_judged *judged, struct pal_series *out,
                              struct pal_error *err)
{
    void *memory = NULL;
    pal_status status =
        pal_arena_alloc(in->arena, in->row_count, sizeof(bool), &memory, err);
    bool *is_missing = memory;
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        is_missing[i] = isnan(judged->counts[i]);
    }
    out->counts = judged->counts;
    out->is_missing = is_missing;
    if (status == PAL_OK && pal_params_flag(params, "populationOffset", false)) {
        status = pal_frame_numbers(in, "population", &out->population, err);
    }
    if (status == PAL_OK && pal_params_flag(params, "epochAsDate", false)) {
        status = pal_method_days(in, &out->days, err);
        out->is_weekly = setting->frequency == 52;
    }
    return status;
}

static pal_status run_farrington(const struct pal_params *params,
                                 const struct pal_frame *in, bool is_classic,
                                 struct pal_frame *out, struct pal_error *err)
{
    static const char *const flexible[] = {
        "t",   "series", "observed",   "upperbound", "alarm", "expected",
        "phi", "trend",  "trend_coef", "pvalue",     "score"};
    static const char *const classic[] = {"t",     "observed", "upperbound", "alarm",
                                          "trend", "predprob", "median"};
    struct pal_farrington setting = read_farrington(params, is_classic);
    struct pal_series series = {.count = in->row_count};
    struct pal_judged judged;
    struct pal_arena scratch;
    pal_arena_init(&scratch, PAL_SCRATCH_MAX);
    pal_status status = pal_method_series(params, in, true, &judged, err);
    if (status == PAL_OK) {
        status = read_series(params, in, &setting, &judged, &series, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, is_classic ? classic : flexible,
                                is_classic ? 7 : 11, err);
    }
    for (size_t i = 0; status == PAL_OK && i < judged.count; i++) {
        struct pal_farrington_point point;
        struct pal_datum *cells;
        size_t at = judged.rows[i];
        pal_arena_reset(&scratch);
        status = pal_farrington_run(&series, &setting, at, &scratch, &point, err);
        if (status == PAL_OK && point.status == PAL_FIT_TOO_FEW && !judged.is_asked) {
            continue;
        }
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        if (status != PAL_OK) {
            break;
        }
        cells[0] = pal_datum_number((double)(at + 1));
        if (is_classic) {
            cells[1] = pal_datum_number(series.counts[at]);
            classic_row(&point, cells);
        } else {
            cells[1] = pal_datum_number(1);
            cells[2] = pal_datum_number(series.counts[at]);
            flexible_row(&point, cells);
        }
        if (point.status != PAL_FIT_SUPPRESSED) {
            pal_method_say(out, point.status);
        }
    }
    pal_arena_clear(&scratch);
    return status;
}

static pal_status run_farrington_flexible(const struct pal_params *params,
                                          const struct pal_frame *in,
                                          struct pal_frame *out, struct pal_error *err)
{
    return run_farrington(params, in, false, out, err);
}

static const struct pal_setting farrington_flexible_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"epochAsDate", PAL_SETTING_FLAG, NULL, "false",
     "Reference points are the same dates of years before (column date), not multiples "
     "of freq."},
    {"b", PAL_SETTING_WHOLE, "1..100", "5", "Years back."},
    {"w", PAL_SETTING_WHOLE, "0..100", "3",
     "Steps on both sides of each reference point."},
    {"reweight", PAL_SETTING_FLAG, NULL, "true",
     "Past surges count less: baseline points with large residuals get a lower "
     "weight."},
    {"weightsThreshold", PAL_SETTING_NUMBER, "0..1e9", "2.58",
     "Residual from which a point's weight is lowered."},
    {"alpha", PAL_SETTING_NUMBER, "0..1", "0.05",
     "One-sided share of false alarms that the bound is set for."},
    {"trend", PAL_SETTING_FLAG, NULL, "true",
     "A trend in time is fitted, and kept when it is clear and does not go beyond what "
     "was seen."},
    {"pThresholdTrend", PAL_SETTING_NUMBER, "0..1", "0.05",
     "The trend is kept below this p; 1 keeps it whenever it does not go beyond what "
     "was seen."},
    {"limit54", PAL_SETTING_NUMBERS, "0..1e9", "[5, 4]",
     "No verdict with fewer than the first number of cases in the last steps, as many "
     "as the second number."},
    {"powertrans", PAL_SETTING_CHOICE, "2/3|1/2|none", "2/3",
     "Power under which counts are taken as normal (delta)."},
    {"populationOffset", PAL_SETTING_FLAG, NULL, "false",
     "Rates: the logarithm of column population is an offset."},
    {"noPeriods", PAL_SETTING_WHOLE, "1..100", "1",
     "Parts of the year with a level of their own; 10 for Noufaily's settings."},
    {"pastWeeksNotIncluded", PAL_SETTING_WHOLE, "0..100000", "w",
     "Steps just before the one judged that are no baseline; 26 for Noufaily's "
     "settings."},
    {"thresholdMethod", PAL_SETTING_CHOICE, "delta|nbPlugin|muan", "delta",
     "Bound: normal after the power, or a quantile of the negative binomial."},
    {"fitFun", PAL_SETTING_CHOICE, "algo.farrington.fitGLM.flexible",
     "algo.farrington.fitGLM.flexible", "How the reference fits."},
    {"mode", PAL_SETTING_CHOICE, "compat|strict", "compat",
     "As the package computes, or as the papers say."},
    {"glmWarnings", PAL_SETTING_NOTE, NULL, NULL,
     "Whether the reference shows warnings."},
    {"verbose", PAL_SETTING_NOTE, NULL, NULL, "Whether the reference talks."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_farrington_flexible = {
    .name = "farringtonFlexible",
    .summary = "Farrington flexible (Noufaily et al. 2013)",
    .columns_in = "observed; date with epochAsDate, population with populationOffset, "
                  "series where there are several",
    .has_series = true,
    .columns_out = "t, series, observed, upperbound, alarm, expected, phi, trend, "
                   "trend_coef, pvalue, score",
    .source = "Noufaily et al. 2013, Stat Med 32:1206; Farrington et al. 1996, JRSS-A "
              "159:547; Salmon, Schumacher & Hoehle 2016, JSS 70(10)",
    .quirk = "surveillance overwrites the fit's weights before it takes the standard "
             "error and the trend test, so that both use sum(weight * working "
             "residual^2) / df in place of the dispersion. mode compat does the same; "
             "mode strict uses the dispersion, as the papers have it.",
    .settings = farrington_flexible_settings,
    .run = run_farrington_flexible,
};

static pal_status run_farrington_classic(const struct pal_params *params,
                                         const struct pal_frame *in,
                                         struct pal_frame *out, struct pal_error *err)
{
    return run_farrington(params, in, true, out, err);
}

static const struct pal_setting farrington_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"epochAsDate", PAL_SETTING_FLAG, NULL, "false",
     "Reference points are the same dates of years before (column date), not multiples "
     "of freq."},
    {"b", PAL_SETTING_WHOLE, "1..100", "5", "Years back."},
    {"w", PAL_SETTING_WHOLE, "0..100", "3",
     "Steps on both sides of each reference point."},
    {"reweight", PAL_SETTING_FLAG, NULL, "true",
     "Past surges count less: baseline points with large residuals get a lower "
     "weight."},
    {"alpha", PAL_SETTING_NUMBER, "0..1", "0.05",
     "Two-sided: the bound leaves alpha / 2 above it."},
    {"trend", PAL_SETTING_FLAG, NULL, "true",
     "A trend in time is fitted, and kept when it is clear and does not go beyond what "
     "was seen."},
    {"limit54", PAL_SETTING_NUMBERS, "0..1e9", "[5, 4]",
     "No verdict with fewer than the first number of cases in the last steps, as many "
     "as the second number."},
    {"powertrans", PAL_SETTING_CHOICE, "2/3|1/2|none", "2/3",
     "Power under which counts are taken as normal (delta)."},
    {"fitFun", PAL_SETTING_CHOICE, "algo.farrington.fitGLM.fast|algo.farrington.fitGLM",
     "algo.farrington.fitGLM.fast",
     "How the reference fits; both give the same numbers."},
    {"plot", PAL_SETTING_NOTE, NULL, NULL, "Whether the reference draws."},
    {"verbose", PAL_SETTING_NOTE, NULL, NULL, "Whether the reference talks."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_farrington = {
    .name = "farrington",
    .summary = "Farrington (1996)",
    .columns_in = "observed; date with epochAsDate",
    .columns_out = "t, observed, upperbound, alarm, trend, predprob, median",
    .source = "Farrington et al. 1996, JRSS-A 159:547",
    .quirk = "upperbound and alarm are 0 where there is no verdict, as in the package; "
             "predprob is the probability of fewer cases.",
    .settings = farrington_settings,
    .run = run_farrington_classic,
};
