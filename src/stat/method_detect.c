/*
 * Surge detectors by name: EARS, ESSENCE, Farrington.
 */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "stat/detect.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

static struct pal_cell flag(bool value)
{
    return pal_cell_number(value ? 1.0 : 0.0);
}

static struct pal_cell number_if(bool has, double value)
{
    return pal_cell_number(has ? value : (double)NAN);
}

pal_status pal_method_ears(const struct pal_params *params, const struct pal_frame *in,
                           struct pal_frame *out, struct pal_error *err)
{
    static const char *const names[] = {"t",
                                        "series",
                                        "observed",
                                        "upperbound",
                                        "alarm",
                                        "upperbound_documented",
                                        "alarm_documented",
                                        "c3_statistic"};
    const char *kind = pal_params_text(params, "method", "C1");
    bool is_c3 = strcmp(kind, "C3") == 0;
    struct pal_ears setting = {
        .kind =
            is_c3 ? PAL_EARS_C3 : (strcmp(kind, "C2") == 0 ? PAL_EARS_C2 : PAL_EARS_C1),
        .baseline_count = (size_t)fmax(0, pal_params_number(params, "baseline", 7)),
        .sd_min = pal_params_number(params, "minSigma", 0.5),
        .alpha = pal_params_number(params, "alpha", is_c3 ? 0.025 : 0.001)};
    const double *counts;
    void *memory = NULL;
    pal_status status = pal_frame_numbers(in, "observed", &counts, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(out->arena, in->row_count,
                                 sizeof(struct pal_ears_point), &memory, err);
    }
    struct pal_ears_point *points = memory;
    if (status == PAL_OK) {
        status = pal_ears_run(counts, in->row_count, &setting, points, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, is_c3 ? 8 : 5, err);
    }
    for (size_t t = 0; status == PAL_OK && t < in->row_count; t++) {
        struct pal_cell *cells;
        const struct pal_ears_point *point = &points[t];
        if (point->status == PAL_FIT_TOO_FEW) {
            continue;
        }
        bool has = point->status == PAL_FIT_OK;
        status = pal_frame_add_row(out, &cells, err);
        if (status != PAL_OK) {
            break;
        }
        cells[0] = pal_cell_number((double)(t + 1));
        cells[1] = pal_cell_number(1);
        cells[2] = pal_cell_number(counts[t]);
        cells[3] = number_if(has, point->bound_compat);
        cells[4] = has ? flag(point->is_alarm_compat) : number_if(false, 0);
        if (is_c3) {
            cells[5] = number_if(has, point->bound);
            cells[6] = has ? flag(point->is_alarm) : number_if(false, 0);
            cells[7] = number_if(has, point->statistic);
        }
    }
    return status;
}

static pal_status read_days(const struct pal_frame *in, const int32_t **out,
                            struct pal_error *err)
{
    const char *const *texts;
    void *memory = NULL;
    pal_status status = pal_frame_texts(in, "date", &texts, err);
    if (status == PAL_OK) {
        status =
            pal_arena_alloc(in->arena, in->row_count, sizeof(int32_t), &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    int32_t *days = memory;
    for (size_t i = 0; i < in->row_count; i++) {
        days[i] = pal_day_from_text(texts[i]);
        if (days[i] == PAL_DAY_NONE) {
            return pal_fail(err, PAL_INPUT,
                            "column \"date\", row %zu: \"%s\" is no date (YYYY-MM-DD)",
                            i + 1, texts[i]);
        }
    }
    *out = days;
    return PAL_OK;
}

static struct pal_cell alert_of(enum pal_fit_status status, double p)
{
    if (status != PAL_FIT_OK) {
        return pal_cell_text("grey");
    }
    return pal_cell_text(p < 0.01 ? "red" : (p < 0.05 ? "yellow" : "blue"));
}

static void essence_row(const struct pal_essence_point *point, struct pal_cell *cells)
{
    const struct pal_essence_part *ewma = &point->ewma;
    const struct pal_essence_part *regression = &point->regression;
    const struct pal_essence_part *chosen = point->uses_regression ? regression : ewma;
    bool has_ewma = ewma->status == PAL_FIT_OK;
    bool has_regression = regression->status == PAL_FIT_OK;
    cells[1] = number_if(has_ewma, ewma->expected);
    cells[2] = number_if(has_ewma, ewma->statistic);
    cells[3] = number_if(has_ewma, ewma->p_value);
    cells[4] = alert_of(ewma->status, ewma->p_value);
    cells[5] = number_if(has_regression, regression->expected);
    cells[6] = number_if(has_regression, regression->statistic);
    cells[7] = number_if(has_regression, regression->p_value);
    cells[8] = number_if(has_regression, point->adjusted_r2);
    cells[9] = alert_of(regression->status, regression->p_value);
    cells[10] = flag(point->uses_regression);
    cells[11] = number_if(chosen->status == PAL_FIT_OK, chosen->p_value);
    cells[12] = alert_of(chosen->status, chosen->p_value);
}

pal_status pal_method_essence(const struct pal_params *params,
                              const struct pal_frame *in, struct pal_frame *out,
                              struct pal_error *err)
{
    static const char *const names[] = {"t",
                                        "ewma_expected",
                                        "ewma_stat",
                                        "ewma_p",
                                        "ewma_alert",
                                        "reg_expected",
                                        "reg_stat",
                                        "reg_p",
                                        "reg_adj_r2",
                                        "reg_alert",
                                        "switch_uses_regression",
                                        "switch_p",
                                        "switch_alert"};
    struct pal_essence setting = {
        .baseline_max = (size_t)fmax(0, pal_params_number(params, "B", 28)),
        .guard = (size_t)fmax(0, pal_params_number(params, "g", 2)),
        .weights = {pal_params_number(params, "w1", 0.4),
                    pal_params_number(params, "w2", 0.9)},
        .r2_min = pal_params_number(params, "r2_threshold", 0.6)};
    const double *counts;
    const int32_t *days;
    void *memory = NULL;
    pal_status status = pal_frame_numbers(in, "y", &counts, err);
    status = status == PAL_OK ? read_days(in, &days, err) : status;
    if (status == PAL_OK) {
        status = pal_arena_alloc(out->arena, in->row_count,
                                 sizeof(struct pal_essence_point), &memory, err);
    }
    struct pal_essence_point *points = memory;
    if (status == PAL_OK) {
        status = pal_essence_run(days, counts, in->row_count, &setting, points, err);
    }
    status =
        status == PAL_OK ? pal_frame_init(out, out->arena, names, 13, err) : status;
    for (size_t t = 0; status == PAL_OK && t < in->row_count; t++) {
        struct pal_cell *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_cell_number((double)(t + 1));
            essence_row(&points[t], cells);
        }
    }
    return status;
}

static size_t size_param(const struct pal_params *params, const char *name,
                         double otherwise)
{
    return (size_t)fmin(fmax(0, pal_params_number(params, name, otherwise)), 1e6);
}

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
        .frequency = size_param(params, "freq", 52),
        .years_back = size_param(params, "b", 5),
        .half_window = size_param(params, "w", 3),
        .is_reweighted = pal_params_flag(params, "reweight", true),
        .weight_threshold =
            pal_params_number(params, "weightsThreshold", is_classic ? 1.0 : 2.58),
        .alpha = pal_params_number(params, "alpha", 0.05),
        .has_trend = pal_params_flag(params, "trend", true),
        .trend_p = pal_params_number(params, "pThresholdTrend", 0.05),
        .case_min = limit_count == 2 ? limit[0] : 5.0,
        .case_span = limit_count == 2 ? (size_t)fmax(0, limit[1]) : 4,
        .power = PAL_POWER_TWO_THIRDS,
        .period_count = is_classic ? 1 : size_param(params, "noPeriods", 1),
        .past_excluded = size_param(params, "pastWeeksNotIncluded",
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
                         struct pal_cell *cells)
{
    bool has = point->status == PAL_FIT_OK;
    bool is_fitted = has || point->status == PAL_FIT_SUPPRESSED;
    cells[3] = number_if(has, point->bound);
    cells[4] = flag(point->is_alarm);
    cells[5] = number_if(has, point->expected);
    cells[6] = number_if(is_fitted, point->dispersion);
    cells[7] = is_fitted ? flag(point->has_trend) : number_if(false, 0);
    cells[8] = number_if(is_fitted && point->has_trend, point->trend);
    cells[9] = number_if(is_fitted, point->p_value);
    cells[10] = number_if(is_fitted, point->score);
}

static void classic_row(const struct pal_farrington_point *point,
                        struct pal_cell *cells)
{
    bool has = point->status == PAL_FIT_OK;
    bool is_fitted = has || point->status == PAL_FIT_SUPPRESSED;
    cells[2] = pal_cell_number(has ? point->bound : 0.0);
    cells[3] = flag(point->is_alarm);
    cells[4] = is_fitted ? flag(point->has_trend) : number_if(false, 0);
    cells[5] = number_if(is_fitted, point->p_value);
    cells[6] = number_if(is_fitted, point->expected);
}

/* Positions asked for, all by default; 1-based in "range". */
static pal_status read_range(const struct pal_params *params, size_t row_count,
                             size_t index, size_t *at, struct pal_error *err)
{
    size_t range_count;
    const double *range = pal_params_array(params, "range", &range_count);
    double position = range == NULL ? (double)(index + 1) : range[index];
    *at = 0;
    if (!(position >= 1 && position <= (double)row_count)) {
        return pal_fail(err, PAL_INPUT, "\"range\" asks for row %g of %zu", position,
                        row_count);
    }
    *at = (size_t)position - 1;
    return PAL_OK;
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
    struct pal_arena scratch;
    size_t range_count;
    (void)pal_params_array(params, "range", &range_count);
    range_count = range_count == 0 ? in->row_count : range_count;
    pal_arena_init(&scratch, PAL_SCRATCH_MAX);
    pal_status status = pal_frame_numbers(in, "observed", &series.counts, err);
    if (status == PAL_OK && pal_params_flag(params, "populationOffset", false)) {
        status = pal_frame_numbers(in, "population", &series.population, err);
    }
    if (status == PAL_OK && pal_params_flag(params, "epochAsDate", false)) {
        status = read_days(in, &series.days, err);
        series.is_weekly = setting.frequency == 52;
    }
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, is_classic ? classic : flexible,
                                is_classic ? 7 : 11, err);
    }
    for (size_t i = 0; status == PAL_OK && i < range_count; i++) {
        struct pal_farrington_point point;
        struct pal_cell *cells;
        size_t at;
        status = read_range(params, in->row_count, i, &at, err);
        if (status == PAL_OK) {
            pal_arena_reset(&scratch);
            status = pal_farrington_run(&series, &setting, at, &scratch, &point, err);
        }
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        if (status != PAL_OK) {
            break;
        }
        cells[0] = pal_cell_number((double)(at + 1));
        if (is_classic) {
            cells[1] = pal_cell_number(series.counts[at]);
            classic_row(&point, cells);
        } else {
            cells[1] = pal_cell_number(1);
            cells[2] = pal_cell_number(series.counts[at]);
            flexible_row(&point, cells);
        }
    }
    pal_arena_clear(&scratch);
    return status;
}

pal_status pal_method_farrington_flexible(const struct pal_params *params,
                                          const struct pal_frame *in,
                                          struct pal_frame *out, struct pal_error *err)
{
    return run_farrington(params, in, false, out, err);
}

pal_status pal_method_farrington(const struct pal_params *params,
                                 const struct pal_frame *in, struct pal_frame *out,
                                 struct pal_error *err)
{
    return run_farrington(params, in, true, out, err);
}
