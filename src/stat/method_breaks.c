/*
 * Breaks of a regression by name.
 */
#include <math.h>

#include "stat/breaks.h"
#include "stat/formula.h"
#include "stat/method_internal.h"

static pal_status add_search(struct pal_frame *out, const struct pal_break_fit *fit,
                             struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t m = 0; status == PAL_OK && m <= fit->break_max; m++) {
        status = pal_method_add_indexed(out, "RSS", m, fit->rss[m], err);
        if (status == PAL_OK) {
            status = pal_method_add_indexed(out, "BIC", m, fit->bic[m], err);
        }
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
                                struct pal_break_set breaks, struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(
        out->arena, breaks.count + 1, sizeof(struct pal_break_interval), &memory, err);
    struct pal_break_interval *intervals = memory;
    if (status == PAL_OK) {
        status = pal_break_intervals(data, breaks, 0.95, out->arena, intervals, err);
    }
    for (size_t b = 0; status == PAL_OK && b < breaks.count; b++) {
        bool has = intervals[b].status == PAL_FIT_OK;
        double low = has ? intervals[b].low : (double)NAN;
        double high = has ? intervals[b].high : (double)NAN;
        status = pal_method_add_indexed(out, "ci_lower", b + 1, low, err);
        if (status == PAL_OK) {
            status = pal_method_add_indexed(out, "ci_est", b + 1,
                                            (double)breaks.dates[b], err);
        }
        if (status == PAL_OK) {
            status = pal_method_add_indexed(out, "ci_upper", b + 1, high, err);
        }
    }
    return status;
}

static pal_status add_coefficients(struct pal_frame *out,
                                   const struct pal_break_data *data,
                                   const struct pal_design *design,
                                   struct pal_break_set breaks, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t segment = 0; status == PAL_OK && segment <= breaks.count; segment++) {
        double values[PAL_BREAK_COLUMN_MAX];
        status = pal_break_coefficients(data, breaks, segment, out->arena, values, err);
        for (size_t j = 0; status == PAL_OK && j < data->column_count; j++) {
            struct pal_view section;
            const char *name = j == 0 ? "Intercept" : design->names[j];
            status = pal_arena_format(out->arena, &section, err, "coef_%s", name);
            if (status == PAL_OK) {
                status = pal_method_add_indexed(out, section.data, segment + 1,
                                                values[j], err);
            }
        }
    }
    return status;
}

static pal_status add_tests(struct pal_frame *out, const struct pal_break_data *data,
                            double share, struct pal_error *err)
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
                {"supF", "p_tail", sup_f.p_tail},
                {"supF", "argmax", (double)sup_f.position}};
    for (size_t k = 0; status == PAL_OK && k < sizeof rows / sizeof rows[0]; k++) {
        status = pal_method_add(out, rows[k].section, rows[k].name, rows[k].value, err);
    }
    for (size_t i = 0; status == PAL_OK && i <= data->row_count; i++) {
        status = pal_method_add_indexed(out, "olscusum_process", i, process[i], err);
    }
    return status;
}

pal_status pal_method_breaks(const struct pal_params *params,
                             const struct pal_frame *in, struct pal_frame *out,
                             struct pal_error *err)
{
    struct pal_design design;
    struct pal_break_data data = {0};
    struct pal_break_fit fit;
    double share = pal_params_number(params, "h", 0.15);
    pal_status status =
        pal_design_make(pal_params_text(params, "formula", "y ~ 1"), in, &design, err);
    if (status == PAL_OK) {
        data.design = design.values;
        data.row_count = design.row_count;
        data.column_count = design.column_count;
        status = pal_frame_numbers(in, design.response, &data.response, err);
    }
    if (status == PAL_OK) {
        status = pal_break_search(&data, share, out->arena, &fit, err);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    status = status == PAL_OK ? add_search(out, &fit, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    size_t best = fit.best;
    struct pal_break_set breaks = {fit.breaks + (best > 0 ? best * (best - 1) / 2 : 0),
                                   best};
    status = add_intervals(out, &data, breaks, err);
    if (status == PAL_OK) {
        status = add_coefficients(out, &data, &design, breaks, err);
    }
    return status == PAL_OK ? add_tests(out, &data, share, err) : status;
}
