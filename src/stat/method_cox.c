/*
 * Proportional hazards by name; formula "Surv(time, status) ~ covariates".
 */
#include <math.h>
#include <string.h>

#include "stat/cox.h"
#include "stat/distribution.h"
#include "stat/formula.h"
#include "stat/method_internal.h"

/* The two column names in "Surv(a, b)". */
static pal_status read_response(const char *text, struct pal_arena *arena,
                                const char *names[2], struct pal_error *err)
{
    struct pal_view view = pal_view_of(text);
    struct pal_view part;
    struct pal_view copy;
    if (!pal_view_has_prefix(view, PAL_VIEW("Surv(")) ||
        !pal_view_has_suffix(view, PAL_VIEW(")"))) {
        return pal_fail(err, PAL_INPUT, "\"%s\" should be Surv(time, status)", text);
    }
    struct pal_view rest = {view.data + 5, view.size - 6};
    for (size_t k = 0; k < 2; k++) {
        if (!pal_view_split(&rest, ',', &part)) {
            return pal_fail(err, PAL_INPUT, "\"%s\" should be Surv(time, status)",
                            text);
        }
        pal_status status = pal_arena_copy(arena, pal_view_trim(part), &copy, err);
        if (status != PAL_OK) {
            return status;
        }
        names[k] = copy.data;
    }
    return PAL_OK;
}

static pal_status read_data(const struct pal_params *params, const struct pal_frame *in,
                            struct pal_design *design, struct pal_cox_data *out,
                            struct pal_error *err)
{
    const char *names[2] = {"", ""};
    const double *status_values = NULL;
    void *memory = NULL;
    *out = (struct pal_cox_data){.survival = {.count = in->row_count}};
    pal_status status =
        pal_design_make(pal_params_text(params, "formula", ""), in, design, err);
    if (status == PAL_OK) {
        status = read_response(design->response, in->arena, names, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_numbers(in, names[0], &out->survival.exit, err);
    }
    if (status == PAL_OK) {
        status = pal_frame_numbers(in, names[1], &status_values, err);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(in->arena, in->row_count, sizeof(int), &memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    int *cause = memory;
    for (size_t i = 0; i < in->row_count; i++) {
        cause[i] = status_values[i] != 0;
    }
    out->survival.cause = cause;
    out->design = design->values + design->row_count; /* without the constant */
    out->column_count = design->column_count - 1;
    return PAL_OK;
}

static pal_status run_cox(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    struct pal_design design;
    struct pal_cox_data data;
    struct pal_cox_fit fit;
    bool is_breslow = strcmp(pal_params_text(params, "ties", "efron"), "breslow") == 0;
    pal_status status = read_data(params, in, &design, &data, err);
    if (status == PAL_OK) {
        status = pal_cox_fit(&data, is_breslow ? PAL_TIES_BRESLOW : PAL_TIES_EFRON,
                             out->arena, &fit, err);
    }
    if (status == PAL_OK && fit.status != PAL_FIT_OK) {
        status = pal_fail(err, PAL_INPUT, "the model cannot be fitted: %s",
                          pal_fit_status_text(fit.status));
    }
    status = status == PAL_OK ? pal_method_begin_values(out, err) : status;
    double z = pal_normal_quantile(0.025, PAL_TAIL_UPPER);
    for (size_t k = 0; status == PAL_OK && k < 4 * data.column_count; k++) {
        static const char *const sections[4] = {"coef", "se", "hr_lower", "hr_upper"};
        size_t j = k % data.column_count;
        size_t section = k / data.column_count;
        double b = fit.coefficient[j];
        double se = sqrt(fit.covariance[j * data.column_count + j]);
        const double values[4] = {b, se, exp(b - z * se), exp(b + z * se)};
        status = pal_method_add(out, sections[section], design.names[j + 1],
                                values[section], err);
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
     "compares within it."},
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
