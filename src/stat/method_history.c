/*
 * Detectors that look at the same season of years before, by name.
 */
#include <math.h>
#include <string.h>

#include "stat/chart.h"
#include "stat/distribution.h"
#include "stat/method_internal.h"

typedef struct pal_chart_point (*judge_fn)(const double *counts, size_t count,
                                           size_t at,
                                           const struct pal_history *history);

struct detector {
    judge_fn judge;
    struct pal_history usual; /* the defaults */
    bool
        has_sum; /* the CDC method, which judges sums and counts its window in months */
};

static pal_status run_history(const struct detector *detector,
                              const struct pal_params *params,
                              const struct pal_frame *in, struct pal_frame *out,
                              struct pal_error *err)
{
    static const char *const names[] = {"t", "observed", "upperbound", "alarm", "aggr"};
    const struct pal_history *usual = &detector->usual;
    bool has_sum = detector->has_sum;
    struct pal_history history = {
        .frequency = pal_method_size(params, "freq", 52),
        .years_back = pal_method_size(params, "b", (double)usual->years_back),
        .half_window =
            pal_method_size(params, has_sum ? "m" : "w", (double)usual->half_window),
        .has_recent = pal_params_flag(params, "actY", usual->has_recent),
        .alpha = pal_params_number(params, "alpha", usual->alpha)};
    struct pal_judged series;
    pal_status status = pal_method_series(params, in, false, &series, err);
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, has_sum ? 5 : 4, err);
    }
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        size_t at = series.rows[i];
        struct pal_datum *cells = NULL;
        struct pal_chart_point point =
            detector->judge(series.counts, in->row_count, at, &history);
        if (point.status == PAL_FIT_TOO_FEW && !series.is_asked) {
            continue;
        }
        status = pal_frame_add_row(out, &cells, err);
        if (status != PAL_OK) {
            break;
        }
        pal_method_say(out, point.status);
        cells[0] = pal_datum_number((double)(at + 1));
        cells[1] = pal_datum_number(series.counts[at]);
        if (point.status == PAL_FIT_OK) {
            cells[2] = pal_datum_number(point.bound);
            cells[3] = pal_datum_number(point.is_alarm ? 1.0 : 0.0);
        }
        if (point.status == PAL_FIT_OK && has_sum) {
            cells[4] = pal_datum_number(point.statistic);
        }
    }
    return status;
}

static pal_status run_bayes(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_frame *out, struct pal_error *err)
{
    static const struct detector detector = {
        pal_bayes_judge, {0, 0, 6, true, 0.05}, false};
    return run_history(&detector, params, in, out, err);
}

static const struct pal_setting bayes_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"b", PAL_SETTING_WHOLE, "0..100", "0", "Years back."},
    {"w", PAL_SETTING_WHOLE, "0..1000", "6",
     "Steps on both sides of the same step in years before, and just before the step "
     "judged."},
    {"actY", PAL_SETTING_FLAG, NULL, "true", "Also the w steps just before."},
    {"alpha", PAL_SETTING_NUMBER, "0..1", "0.05",
     "One-sided share of false alarms that the bound is set for."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_bayes = {
    .name = "bayes",
    .summary = "predictive bound from the same season; for sparse series",
    .columns_in = "observed",
    .columns_out = "t, observed, upperbound, alarm",
    .source = "Riebler 2004; Hoehle 2007, Comput Stat 22:571",
    .settings = bayes_settings,
    .run = run_bayes,
};

static pal_status run_rki(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    static const struct detector detector = {
        pal_rki_judge, {0, 2, 4, false, 0.0}, false};
    return run_history(&detector, params, in, out, err);
}

static const struct pal_setting rki_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"b", PAL_SETTING_WHOLE, "0..100", "2", "Years back."},
    {"w", PAL_SETTING_WHOLE, "0..1000", "4",
     "Steps on both sides of the same step in years before, and just before the step "
     "judged."},
    {"actY", PAL_SETTING_FLAG, NULL, "false", "Also the w steps just before."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_rki = {
    .name = "rki",
    .summary = "mean and two standard deviations, or a Poisson table",
    .columns_in = "observed",
    .columns_out = "t, observed, upperbound, alarm",
    .source = "Hoehle 2007, Comput Stat 22:571",
    .settings = rki_settings,
    .run = run_rki,
};

static pal_status run_cdc(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    static const struct detector detector = {
        pal_cdc_judge, {0, 5, 1, false, 0.025}, true};
    return run_history(&detector, params, in, out, err);
}

static const struct pal_setting cdc_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "52..52", "52", "Weekly only."},
    {"b", PAL_SETTING_WHOLE, "1..100", "5", "Years back."},
    {"m", PAL_SETTING_WHOLE, "0..12", "1", "Months on both sides."},
    {"alpha", PAL_SETTING_NUMBER, "0..1", "0.025",
     "Two-sided: the bound leaves alpha / 2 above it."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_cdc = {
    .name = "cdc",
    .summary = "four-week sums against years before (Stroup 1989)",
    .columns_in = "observed",
    .columns_out = "t, observed, upperbound, alarm, aggr",
    .source = "Stroup et al. 1989, Stat Med 8:323",
    .settings = cdc_settings,
    .run = run_cdc,
};

struct bound_search {
    double limit;
    double most;
    struct pal_chart_point *points; /* room for all steps */
};

/* Smallest last count that would alarm, all counts before it as they are; 0 when 0 alarms
 * already or `most` does not. The ratio grows with the last count. */
static pal_status least_alarm(double *counts, size_t at,
                              const struct bound_search *search, double *out,
                              struct pal_error *err)
{
    double low = 0.0;
    double high = search->most;
    double held = counts[at];
    const struct pal_outbreak_steps steps = {at, at + 1};
    *out = 0.0;
    pal_status status = PAL_OK;
    for (int step = 0; status == PAL_OK; step++) {
        double middle = step == 0   ? low
                        : step == 1 ? high
                                    : pal_count_between(low, high);
        if (step > 1 && middle <= low) {
            break;
        }
        counts[at] = middle;
        status = pal_outbreak_run(counts, steps, search->limit, search->points, err);
        bool is_alarm = status == PAL_OK && search->points[at].is_alarm;
        if ((step == 0 && is_alarm) || (step == 1 && !is_alarm)) {
            counts[at] = held;
            return status;
        }
        low = is_alarm ? low : middle;
        high = is_alarm ? middle : high;
    }
    counts[at] = held;
    *out = high;
    return status;
}

static pal_status run_outbreak(const struct pal_params *params,
                               const struct pal_frame *in, struct pal_frame *out,
                               struct pal_error *err)
{
    static const char *const names[] = {"t", "observed", "upperbound", "alarm"};
    struct pal_judged series;
    struct pal_chart_point *points = NULL;
    struct pal_chart_point *tried = NULL;
    double *counts = NULL;
    double limit = pal_params_number(params, "k", 100);
    double most = floor(pal_params_number(params, "maxUpperboundCases", 1e5));
    bool has_cases = strcmp(pal_params_text(params, "ret", "value"), "cases") == 0;
    pal_status status = pal_method_series(params, in, false, &series, err);
    status = status == PAL_OK
                 ? pal_method_points(out->arena, in->row_count, &points, err)
                 : status;
    status = status == PAL_OK
                 ? pal_method_points(out->arena, in->row_count, &tried, err)
                 : status;
    status = status == PAL_OK
                 ? pal_method_alloc(out->arena, in->row_count, &counts, err)
                 : status;
    const struct pal_outbreak_steps steps = {0, in->row_count};
    double rows = (double)in->row_count;
    if (status == PAL_OK) {
        status = pal_method_check_work(
            rows * rows * 20.0 +
                (has_cases ? 500.0 * rows * (double)series.count : 0.0),
            "give fewer rows, or a smaller \"range\" with ret cases", err);
    }
    if (status == PAL_OK && counts != NULL) {
        memcpy(counts, series.counts, in->row_count * sizeof *counts);
        status = pal_outbreak_run(series.counts, steps, limit, points, err);
    }
    status = status == PAL_OK ? pal_frame_init(out, out->arena, names, 4, err) : status;
    for (size_t i = 0; status == PAL_OK && i < series.count; i++) {
        struct pal_datum *cells;
        size_t at = series.rows[i];
        double bound = points[at].statistic;
        bool has_bound = true;
        if (has_cases && counts != NULL) {
            const struct bound_search search = {limit, most, tried};
            status = least_alarm(counts, at, &search, &bound, err);
            has_bound = bound > 0 && at > 0;
        }
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        if (status == PAL_OK) {
            cells[0] = pal_datum_number((double)(at + 1));
            cells[1] = pal_datum_number(series.counts[at]);
            cells[2] = pal_datum_number_if(has_bound, bound);
            cells[3] = pal_datum_flag(points[at].is_alarm);
        }
    }
    return status;
}

static const struct pal_setting outbreak_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"freq", PAL_SETTING_WHOLE, "1..1000", "52",
     "Steps a year: 52 weekly, 365 daily, 12 monthly."},
    {"k", PAL_SETTING_NUMBER, "0..1e300", "100", "Alarm above this likelihood ratio."},
    {"ret", PAL_SETTING_CHOICE, "value|cases", "value",
     "upperbound is the likelihood ratio, or the count that would alarm."},
    {"maxUpperboundCases", PAL_SETTING_NUMBER, "0..1e9", "100000",
     "Largest count tried for ret cases."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_outbreak = {
    .name = "outbreakP",
    .summary = "start of an outbreak by isotonic regression",
    .columns_in = "observed",
    .columns_out = "t, observed, upperbound, alarm",
    .source = "Frisen & Andersson 2009, Stat Med 28:3252",
    .settings = outbreak_settings,
    .run = run_outbreak,
};
