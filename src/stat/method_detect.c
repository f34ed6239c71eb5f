/*
 * Surge detectors by name: EARS, ESSENCE, Farrington.
 */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "stat/detect.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

/* From upperbound on; without today's count there is a bound and no verdict. */
static void ears_row(const struct pal_ears_point *point, bool has_count, bool is_c3,
                     struct pal_datum *cells)
{
    bool has = point->status == PAL_FIT_OK;
    bool has_verdict = has && has_count;
    cells[3] = pal_datum_number_if(has, point->bound_compat);
    cells[4] = pal_datum_number_if(has_verdict, point->is_alarm_compat ? 1.0 : 0.0);
    if (is_c3) {
        cells[5] = pal_datum_number_if(has, point->bound);
        cells[6] = pal_datum_number_if(has_verdict, point->is_alarm ? 1.0 : 0.0);
        cells[7] = pal_datum_number_if(has, point->statistic);
    }
}

static pal_status run_ears(const struct pal_params *params, const struct pal_frame *in,
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
    struct pal_judged judged;
    void *memory = NULL;
    pal_status status = pal_method_series(params, in, true, &judged, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(out->arena, in->row_count,
                                 sizeof(struct pal_ears_point), &memory, err);
    }
    struct pal_ears_point *points = memory;
    if (status == PAL_OK) {
        status = pal_ears_run(judged.counts, in->row_count, &setting, points, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_init(out, out->arena, names, is_c3 ? 8 : 5, err);
    }
    for (size_t i = 0; status == PAL_OK && i < judged.count; i++) {
        struct pal_datum *cells;
        size_t t = judged.rows[i];
        const struct pal_ears_point *point = &points[t];
        if (point->status == PAL_FIT_TOO_FEW && !judged.is_asked) {
            continue;
        }
        bool has = point->status == PAL_FIT_OK;
        status = pal_frame_add_row(out, &cells, err);
        if (status != PAL_OK) {
            break;
        }
        cells[0] = pal_datum_number((double)(t + 1));
        cells[1] = pal_datum_number(1);
        cells[2] = pal_datum_number(judged.counts[t]);
        ears_row(point, !isnan(judged.counts[t]), is_c3, cells);
        bool is_missing = has && isnan(judged.counts[t]);
        pal_method_say(out, is_missing ? PAL_FIT_MISSING : point->status);
    }
    return status;
}

static const struct pal_setting ears_settings[] = {
    {"range", PAL_SETTING_NUMBERS, "1..", NULL,
     "Rows of the input to judge, from 1; all that can be judged without it."},
    {"method", PAL_SETTING_CHOICE, "C1|C2|C3", "C1",
     "The baseline's distance: C1 ends the step before, C2 and C3 leave out two steps; "
     "C3 adds up three."},
    {"baseline", PAL_SETTING_WHOLE, "3..1000", "7", "Steps of the baseline."},
    {"minSigma", PAL_SETTING_NUMBER, "0..1e9", "0.5",
     "Least standard deviation. The package's default is 0, which alarms at any count "
     "after a quiet week."},
    {"alpha", PAL_SETTING_NUMBER, "0..1", "0.001, C3 0.025",
     "One-sided share of false alarms that the bound is set for."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_ears = {
    .name = "earsC",
    .summary = "EARS C1, C2, C3: a 7-day baseline",
    .columns_in = "observed; series where there are several",
    .has_series = true,
    .columns_out = "t, series, observed, upperbound, alarm; C3 also "
                   "upperbound_documented, alarm_documented, c3_statistic",
    .source = "Hutwagner et al. 2003, J Urban Health 80(2) i89; Fricker, Hegler & "
              "Dunfee 2008, Stat Med 27:3407",
    .quirk = "surveillance's earsC centres C3 on the day's own count, so that its "
             "alarm does not depend on it. upperbound and alarm are the package's, so "
             "that they can be compared; upperbound_documented and alarm_documented "
             "are right (the manual's rule) and are what Palladium uses elsewhere. "
             "With minSigma 0 and a baseline without variation C3 has no value.",
    .settings = ears_settings,
    .run = run_ears,
};

static struct pal_datum alert_of(enum pal_fit_status status, double p)
{
    if (status != PAL_FIT_OK) {
        return pal_datum_text("grey");
    }
    return pal_datum_text(p < 0.01 ? "red" : (p < 0.05 ? "yellow" : "blue"));
}

static void essence_row(const struct pal_essence_point *point, struct pal_datum *cells)
{
    const struct pal_essence_part *ewma = &point->ewma;
    const struct pal_essence_part *regression = &point->regression;
    const struct pal_essence_part *chosen = point->uses_regression ? regression : ewma;
    bool has_ewma = ewma->status == PAL_FIT_OK;
    bool has_regression = regression->status == PAL_FIT_OK;
    cells[1] = pal_datum_number_if(has_ewma, ewma->expected);
    cells[2] = pal_datum_number_if(has_ewma, ewma->statistic);
    cells[3] = pal_datum_number_if(has_ewma, ewma->p_value);
    cells[4] = alert_of(ewma->status, ewma->p_value);
    cells[5] = pal_datum_number_if(has_regression, regression->expected);
    cells[6] = pal_datum_number_if(has_regression, regression->statistic);
    cells[7] = pal_datum_number_if(has_regression, regression->p_value);
    cells[8] = pal_datum_number_if(has_regression, point->adjusted_r2);
    cells[9] = alert_of(regression->status, regression->p_value);
    cells[10] = pal_datum_flag(point->uses_regression);
    cells[11] = pal_datum_number_if(chosen->status == PAL_FIT_OK, chosen->p_value);
    cells[12] = alert_of(chosen->status, chosen->p_value);
}

static pal_status run_essence(const struct pal_params *params,
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
    status = status == PAL_OK ? pal_method_days(in, &days, err) : status;
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
        struct pal_datum *cells;
        status = pal_frame_add_row(out, &cells, err);
        if (status == PAL_OK) {
            cells[0] = pal_datum_number((double)(t + 1));
            essence_row(&points[t], cells);
        }
    }
    return status;
}

static const struct pal_setting essence_settings[] = {
    {"B", PAL_SETTING_WHOLE, "11..1000", "28",
     "Days of the baseline, once there are so many."},
    {"g", PAL_SETTING_WHOLE, "0..100", "2", "Days just before that are no baseline."},
    {"w1", PAL_SETTING_NUMBER, "0..1", "0.4", "First smoothing weight."},
    {"w2", PAL_SETTING_NUMBER, "0..1", "0.9", "Second smoothing weight."},
    {"r2_threshold", PAL_SETTING_NUMBER, "0..1", "0.6",
     "Adjusted R squared from which the regression judges."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_essence = {
    .name = "essence_switch",
    .summary = "ESSENCE: regression on the day of the week or EWMA",
    .columns_in = "date, y",
    .columns_out =
        "t, ewma_expected, ewma_stat, ewma_p, ewma_alert, reg_expected, reg_stat, "
        "reg_p, reg_adj_r2, reg_alert, switch_uses_regression, switch_p, switch_alert",
    .source = "Burkom et al. 2020, doi 10.1101/2020.08.14.20175398",
    .settings = essence_settings,
    .run = run_essence,
};
