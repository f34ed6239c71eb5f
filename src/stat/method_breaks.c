/*
 * Breaks of a regression by name.
 */
#include <math.h>
#include <string.h>

#include "stat/breaks.h"
#include "stat/formula.h"
#include "stat/method_internal.h"

/* No more breaks than asked for. */
static void limit_breaks(const struct pal_params *params, struct pal_break_fit *fit)
{
    double most = pal_params_number(params, "breaks", (double)fit->break_max);
    fit->break_max = (size_t)fmin((double)fit->break_max, most);
    fit->best = 0;
    for (size_t m = 1; m <= fit->break_max; m++) {
        fit->best = fit->bic[m] < fit->bic[fit->best] ? m : fit->best;
    }
}

static pal_status add_search(struct pal_frame *out, const struct pal_break_fit *fit,
                             struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t m = 0; status == PAL_OK && m <= fit->break_max; m++) {
        status = pal_method_add_indexed(out, "RSS", m, fit->rss[m], err);
    }
    for (size_t m = 0; status == PAL_OK && m <= fit->break_max; m++) {
        status = pal_method_add_indexed(out, "BIC", m, fit->bic[m], err);
    }
    if (status == PAL_OK) {
        status = pal_method_add(out, "optimal", "m", (double)fit->best, err);
    }
    for (size_t m = 1; status == PAL_OK && m <= fit->break_max; m++) {
        struct pal_view section;
        status = pal_arena_format(out->arena, &section, err, "breaks_m%zu", m);
        for (size_t j = 0; status == PAL_OK && j < m; j++) {
            size_t date = fit->breaks[m * (m - 1) / 2 + j];
            status =
                pal_method_add_indexed(out, section.data, j + 1, (double)date, err);
        }
    }
    return status;
}

static pal_status add_intervals(struct pal_frame *out,
                                const struct pal_break_data *data,
                                struct pal_break_set breaks,
                                const struct pal_break_assumption *assumption,
                                struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(
        out->arena, breaks.count + 1, sizeof(struct pal_break_interval), &memory, err);
    struct pal_break_interval *intervals = memory;
    if (status == PAL_OK) {
        status =
            pal_break_intervals(data, breaks, assumption, out->arena, intervals, err);
    }
    static const char *const sections[] = {"ci_lower", "ci_est", "ci_upper"};
    for (size_t k = 0; status == PAL_OK && k < 3 * breaks.count; k++) {
        size_t b = k % breaks.count;
        size_t section = k / breaks.count;
        bool has = intervals[b].status == PAL_FIT_OK;
        double ends = section == 0 ? intervals[b].low : intervals[b].high;
        double value = has ? ends : (double)NAN;
        value = section == 1 ? (double)breaks.dates[b] : value;
        status = pal_method_add_indexed(out, sections[section], b + 1, value, err);
    }
    return status;
}

static pal_status add_coefficients(struct pal_frame *out,
                                   const struct pal_break_data *data,
                                   const struct pal_formula_design *design,
                                   struct pal_break_set breaks, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t j = 0; status == PAL_OK && j < data->column_count; j++) {
        struct pal_view section;
        const char *name = strcmp(design->names[j], "(Intercept)") == 0
                               ? "Intercept"
                               : design->names[j];
        status = pal_arena_format(out->arena, &section, err, "coef_%s", name);
        for (size_t part = 0; status == PAL_OK && part <= breaks.count; part++) {
            double values[PAL_BREAK_COLUMN_MAX];
            status =
                pal_break_coefficients(data, breaks, part, out->arena, values, err);
            if (status == PAL_OK) {
                status =
                    pal_method_add_indexed(out, section.data, part + 1, values[j], err);
            }
        }
    }
    return status;
}

static pal_status add_tests(struct pal_frame *out, const struct pal_break_data *data,
                            double share, bool has_tail, struct pal_error *err)
{
    double *process;
    double statistic = 0.0;
    double p_value = 1.0;
    struct pal_sup_f sup_f;
    pal_status status =
        pal_method_alloc(out->arena, data->row_count + 1, &process, err);
    if (status == PAL_OK) {
        status = pal_ols_cusum(data, out->arena, process, &statistic, &p_value, err);
    }
    if (status == PAL_OK) {
        status = pal_sup_f_test(data, share, out->arena, &sup_f, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    const struct {
        const char *section;
        const char *name;
        double value;
    } rows[] = {{"olscusum", "stat", statistic},
                {"olscusum", "p", p_value},
                {"supF", "stat", sup_f.statistic},
                {"supF", "p", (double)NAN}, /* Hansen's table is not ours to ship */
                {"supF", "argmax", (double)sup_f.position}};
    for (size_t k = 0; status == PAL_OK && k < sizeof rows / sizeof rows[0]; k++) {
        status = pal_method_add(out, rows[k].section, rows[k].name, rows[k].value, err);
    }
    for (size_t i = 0; status == PAL_OK && i <= data->row_count; i++) {
        status = pal_method_add_indexed(out, "olscusum_process", i, process[i], err);
    }
    if (status == PAL_OK && has_tail) {
        status = pal_method_add(out, "supF", "p_tail", sup_f.p_tail, err);
    }
    return status;
}

static pal_status run_breaks(const struct pal_params *params,
                             const struct pal_frame *in, struct pal_frame *out,
                             struct pal_error *err)
{
    struct pal_formula_design design = {0};
    struct pal_break_data data = {0};
    struct pal_break_fit fit;
    double share = pal_params_number(params, "h", 0.15);
    pal_status status =
        pal_formula_make(pal_params_text(params, "formula", "y ~ 1"), in, &design, err);
    if (status == PAL_OK) {
        data.design = design.values;
        data.row_count = design.row_count;
        data.column_count = design.column_count;
        data.response = design.response[0];
        if (design.offset != NULL || design.strata != NULL || design.is_survival) {
            return pal_fail(err, PAL_INPUT,
                            "offset(, strata( and Surv( have no place in this formula");
        }
        if (design.column_count == 0) {
            return pal_fail(err, PAL_INPUT, "the formula leaves nothing to fit");
        }
    }
    if (status == PAL_OK && share >= 1) { /* in rows */
        share = (floor(share) + 0.5) / (double)data.row_count;
    }
    if (status == PAL_OK && share > 0) {
        double rows = (double)data.row_count;
        double columns = (double)data.column_count + 1.0;
        status =
            pal_method_check_work(rows * rows * (1.0 / share + 3.0 * columns * columns),
                                  "give a larger \"h\" or fewer rows", err);
    }
    if (status == PAL_OK) {
        status = pal_break_search(&data, share, out->arena, &fit, err);
    }
    if (status == PAL_OK) {
        limit_breaks(params, &fit);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    out->left_out = design.left_out;
    status = status == PAL_OK ? add_search(out, &fit, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    size_t best = fit.best;
    struct pal_break_set breaks = {fit.breaks + (best > 0 ? best * (best - 1) / 2 : 0),
                                   best};
    const struct pal_break_assumption assumption = {
        .level = pal_params_number(params, "level", 0.95),
        .has_one_design = !pal_params_flag(params, "het.reg", true),
        .has_one_variance = !pal_params_flag(params, "het.err", true)};
    status = add_intervals(out, &data, breaks, &assumption, err);
    if (status == PAL_OK) {
        status = add_coefficients(out, &data, &design, breaks, err);
    }
    bool has_tail = pal_params_flag(params, "p_tail", false);
    return status == PAL_OK ? add_tests(out, &data, share, has_tail, err) : status;
}

static const struct pal_setting breaks_settings[] = {
    {"formula", PAL_SETTING_TEXT, NULL, "y ~ 1", "Response and terms in R's notation."},
    {"h", PAL_SETTING_NUMBER, "0..1000000", "0.15",
     "Least segment, as a share of the rows, or in rows from 1 on."},
    {"breaks", PAL_SETTING_WHOLE, "1..1000", NULL,
     "Most breaks to look for; as many as fit without it."},
    {"het.reg", PAL_SETTING_FLAG, NULL, "true",
     "Regressors may differ between segments (intervals)."},
    {"het.err", PAL_SETTING_FLAG, NULL, "true",
     "Errors may differ between segments (intervals)."},
    {"p_tail", PAL_SETTING_FLAG, NULL, "false",
     "A last row gives the approximate tail p of supF."},
    {"level", PAL_SETTING_NUMBER, "0..1", "0.95", "Coverage of the intervals."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_breaks = {
    .name = "bai_perron",
    .summary = "breaks of a regression, with intervals and tests",
    .columns_in = "the formula's",
    .columns_out = "section, name, value",
    .source =
        "Bai & Perron 2003, J Appl Econometrics 18:1; Bai 1997, RES 79:551; Ploberger "
        "& Kraemer 1992, Econometrica 60:271; Andrews 1993, Econometrica 61:821",
    .quirk = "The p of supF is not given: the reference reads it from Hansen's 1997 "
             "table. p_tail is DeLong's approximation of the tail, good "
             "below about 0.1.",
    .settings = breaks_settings,
    .run = run_breaks,
};
