/*
 * Proportional hazards by name; formula "Surv(time, status) ~ covariates".
 */
#include <math.h>
#include <string.h>

#include "stat/cox.h"
#include "stat/distribution.h"
#include "stat/formula.h"
#include "stat/least_squares.h"
#include "stat/method_internal.h"
#include "stat/survival_internal.h"

/* Strata one behind the other in time, by ranks: nobody is at risk in two of them, so that the
 * likelihood of all is the sum of each one's. */
static pal_status part_strata(const struct pal_frame *in, const size_t *strata,
                              struct pal_survival_data *data, struct pal_error *err)
{
    struct pal_risk_table table;
    double *entry = NULL;
    double *exit = NULL;
    pal_status status = pal_risk_table_make(data, in->arena, &table, err);
    if (status == PAL_OK) {
        status = pal_method_alloc(in->arena, data->count, &entry, err);
    }
    if (status == PAL_OK) {
        status = pal_method_alloc(in->arena, data->count, &exit, err);
    }
    for (size_t i = 0; status == PAL_OK && i < data->count; i++) {
        double shift = (double)strata[i] * (double)(table.time_count + 1);
        entry[i] = shift + (double)table.start[i];
        exit[i] = shift + (double)table.position[i] + 1.0;
    }
    data->entry = entry;
    data->exit = exit;
    return status;
}

/* Columns as they differ within strata. */
static void centre(const struct pal_formula_design *design, size_t stratum_count,
                   double *sums, double *columns)
{
    size_t n = design->row_count;
    for (size_t j = 0; j + 1 < design->column_count; j++) {
        const double *column = design->values + (j + 1) * n;
        memset(sums, 0, 2 * stratum_count * sizeof *sums);
        for (size_t i = 0; i < n; i++) {
            size_t stratum = design->strata != NULL ? design->strata[i] : 0;
            sums[2 * stratum] += column[i];
            sums[2 * stratum + 1] += 1.0;
        }
        for (size_t i = 0; i < n; i++) {
            size_t stratum = design->strata != NULL ? design->strata[i] : 0;
            columns[j * n + i] = column[i] - sums[2 * stratum] / sums[2 * stratum + 1];
        }
    }
}

/* Moves the columns that say something new to the front of the design; `place` has where each
 * went, or column_count. */
static pal_status keep_columns(const struct pal_formula_design *design,
                               struct pal_arena *arena, struct pal_cox_data *data,
                               size_t *place, struct pal_error *err)
{
    struct pal_least_squares solver;
    size_t n = design->row_count;
    size_t p = data->column_count;
    size_t stratum_count = 1;
    double *columns = NULL;
    double *sums = NULL;
    double *zeros = NULL;
    for (size_t i = 0; design->strata != NULL && i < n; i++) {
        stratum_count =
            design->strata[i] >= stratum_count ? design->strata[i] + 1 : stratum_count;
    }
    pal_status status = pal_method_alloc(arena, n * p, &columns, err);
    if (status == PAL_OK) {
        status = pal_method_alloc(arena, 2 * stratum_count, &sums, err);
    }
    if (status == PAL_OK) {
        status = pal_method_alloc(arena, n + p, &zeros, err);
    }
    if (status == PAL_OK) {
        status = pal_least_squares_init(&solver, n, p, arena, err);
    }
    if (status == PAL_OK) {
        centre(design, stratum_count, sums, columns);
        status = pal_least_squares_solve(&solver, columns, zeros, NULL, zeros + n, err);
    }
    for (size_t j = 0; status == PAL_OK && j < p; j++) {
        place[j] = p;
    }
    double *values = design->values + n;
    for (size_t k = 0; status == PAL_OK && k < solver.kept_count; k++) {
        place[solver.kept[k]] = k;
        memmove(values + k * n, values + solver.kept[k] * n, n * sizeof *values);
    }
    data->column_count = status == PAL_OK ? solver.kept_count : p;
    return status;
}

static pal_status read_data(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_formula_design *design, struct pal_cox_data *out,
                            struct pal_error *err)
{
    const char *formula = pal_params_text(params, "formula", "");
    *out = (struct pal_cox_data){.column_count = 0};
    pal_status status = pal_formula_make(formula, in, design, err);
    if (status != PAL_OK) {
        return status;
    }
    if (!design->is_survival) {
        return pal_fail(err, PAL_INPUT,
                        "the formula's left side should be Surv(time, status) or "
                        "Surv(entry, time, status)");
    }
    if (design->offset != NULL) {
        return pal_fail(err, PAL_INPUT, "coxph takes no offset(");
    }
    size_t last = design->response_count - 1;
    struct pal_survival_data *times = &out->survival;
    times->count = design->row_count;
    times->entry = last == 2 ? design->response[0] : NULL;
    times->exit = design->response[last - 1];
    status = pal_method_events(in->arena, design->response[last], design->row_count,
                               design->rows, &times->cause, err);
    if (status == PAL_OK && design->strata != NULL) {
        status = part_strata(in, design->strata, times, err);
    }
    if (status == PAL_OK) {
        out->design = design->values + design->row_count; /* without the constant */
        out->column_count = design->column_count - 1;
    }
    return status;
}

static pal_status run_cox(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    struct pal_formula_design design = {0};
    struct pal_cox_data data;
    struct pal_cox_fit fit;
    bool is_breslow = strcmp(pal_params_text(params, "ties", "efron"), "breslow") == 0;
    size_t place[PAL_COX_COLUMN_MAX] = {0};
    pal_status status = read_data(params, in, &design, &data, err);
    if (status == PAL_OK && data.column_count > PAL_COX_COLUMN_MAX) {
        status = pal_fail(err, PAL_LIMIT, "%zu covariates; at most %d",
                          data.column_count, PAL_COX_COLUMN_MAX);
    }
    if (status == PAL_OK && data.column_count > 0 && design.row_count > 0) {
        status = keep_columns(&design, out->arena, &data, place, err);
    }
    if (status == PAL_OK && data.column_count == 0 && design.column_count > 1) {
        return pal_method_only_status(out, PAL_FIT_SINGULAR, err);
    }
    if (status == PAL_OK) {
        status = pal_cox_fit(&data, is_breslow ? PAL_TIES_BRESLOW : PAL_TIES_EFRON,
                             out->arena, &fit, err);
    }
    if (status == PAL_OK && fit.status != PAL_FIT_OK) {
        return pal_method_only_status(out, fit.status, err);
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    out->left_out = design.left_out;
    double level = pal_params_number(params, "conf_level", 0.95);
    double z = pal_normal_quantile(0.5 * (1.0 - level), PAL_TAIL_UPPER);
    size_t shown = design.column_count - 1;
    for (size_t k = 0; status == PAL_OK && k < 4 * shown; k++) {
        static const char *const sections[4] = {"coef", "se", "hr_lower", "hr_upper"};
        size_t j = place[k % shown];
        double values[4] = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};
        if (j < data.column_count) {
            double b = fit.coefficient[j];
            double se = sqrt(fit.covariance[j * data.column_count + j]);
            values[0] = b;
            values[1] = se;
            values[2] = exp(b - z * se);
            values[3] = exp(b + z * se);
        }
        status = pal_method_add(out, sections[k / shown], design.names[k % shown + 1],
                                values[k / shown], err);
    }
    if (status != PAL_OK) {
        return status;
    }
    const struct {
        const char *name;
        double value;
    } rows[] = {{"loglik0", fit.log_likelihood[0]},
                {"loglik", fit.log_likelihood[1]},
                {"lrt", fit.likelihood_ratio},
                {"wald", fit.wald},
                {"score", fit.score},
                {"concordance", fit.concordance}};
    for (size_t k = 0; status == PAL_OK && k < sizeof rows / sizeof rows[0]; k++) {
        status = pal_method_add(out, "fit", rows[k].name, rows[k].value, err);
    }
    return status;
}

static const struct pal_setting cox_settings[] = {
    {"formula", PAL_SETTING_TEXT, NULL, NULL,
     "Surv(time, status) ~ terms, or Surv(entry, time, status) ~ terms; strata(column) "
     "compares within it. The status is 0 or 1, or 1 or 2."},
    {"ties", PAL_SETTING_CHOICE, "efron|breslow", "efron",
     "How tied events are counted."},
    {"conf_level", PAL_SETTING_NUMBER, "0..1", "0.95",
     "Coverage of the hazard ratios' intervals."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_cox = {
    .name = "coxph",
    .summary = "what shortens stays: proportional hazards",
    .columns_in = "the formula's",
    .columns_out = "section, name, value",
    .source =
        "Cox 1972; Efron 1977, JASA 72:557; Breslow 1974; Kalbfleisch & Prentice 2002",
    .settings = cox_settings,
    .run = run_cox,
};
