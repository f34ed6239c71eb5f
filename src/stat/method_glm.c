/*
 * Regressions of counts by name: Poisson, quasi-Poisson, negative binomial.
 */
#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "stat/distribution.h"
#include "stat/formula.h"
#include "stat/glm.h"
#include "stat/method_internal.h"

/* Far beyond any count, and small enough that a quantile's search is short. */
static const double response_max = 1e12;

static pal_status read_model(const struct pal_params *params,
                             const struct pal_frame *in,
                             struct pal_formula_design *design,
                             struct pal_glm_data *data, struct pal_error *err)
{
    const char *formula = pal_params_text(params, "formula", NULL);
    *data = (struct pal_glm_data){0};
    if (formula == NULL) {
        return pal_fail(err, PAL_USAGE, "the parameter \"formula\" is missing");
    }
    pal_status status = pal_formula_make(formula, in, design, err);
    if (status != PAL_OK) {
        return status;
    }
    data->design = design->values;
    data->row_count = design->row_count;
    data->column_count = design->column_count;
    data->offset = design->offset;
    data->has_no_constant = !design->has_constant;
    data->response = design->response[0];
    if (design->is_survival || design->strata != NULL) {
        return pal_fail(err, PAL_INPUT, "Surv( and strata( belong to coxph");
    }
    if (design->column_count == 0) {
        return pal_fail(err, PAL_INPUT, "the formula \"%.200s\" leaves nothing to fit",
                        formula);
    }
    for (size_t i = 0; i < data->row_count; i++) {
        if (data->response[i] > response_max) {
            return pal_fail(err, PAL_INPUT,
                            "a count of %g is too large for a model of counts",
                            data->response[i]);
        }
    }
    return PAL_OK;
}

/* What is listed of each coefficient. */
enum column { COLUMN_COEFFICIENT, COLUMN_SE, COLUMN_Z, COLUMN_P };

struct summary {
    const struct pal_formula_design *design;
    const struct pal_glm_fit *fit;
    double dispersion;
    bool is_quasi;
};

static double coefficient_value(const struct summary *summary, size_t j,
                                enum column column)
{
    const struct pal_glm_fit *fit = summary->fit;
    double se = pal_glm_standard_error(fit, j, summary->dispersion);
    double z = fit->coefficient[j] / se;
    switch (column) {
    case COLUMN_COEFFICIENT:
        return fit->coefficient[j];
    case COLUMN_SE:
        return se;
    case COLUMN_Z:
        return z;
    case COLUMN_P:
        break;
    }
    return 2.0 * (summary->is_quasi
                      ? pal_t_share(fabs(z), fit->df_residual, PAL_TAIL_UPPER)
                      : pal_normal_share(fabs(z), PAL_TAIL_UPPER));
}

/* One section: the same of every coefficient. */
static pal_status add_coefficients(struct pal_frame *out, const char *section,
                                   const struct summary *summary, enum column column,
                                   struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t j = 0; status == PAL_OK && j < summary->design->column_count; j++) {
        bool has = summary->fit->is_estimated[j];
        double value = has ? coefficient_value(summary, j, column) : (double)NAN;
        status = pal_method_add(out, section, summary->design->names[j], value, err);
    }
    return status;
}

struct named_value {
    const char *section;
    const char *name;
    double value;
};

static pal_status add_values(struct pal_frame *out, const struct named_value *values,
                             size_t count, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        status = pal_method_add(out, values[i].section, values[i].name, values[i].value,
                                err);
    }
    return status;
}

/* An empty result of values, with the rows that took no part counted. */
static pal_status begin(struct pal_frame *out, const struct pal_formula_design *design,
                        struct pal_error *err)
{
    pal_status status = pal_method_begin_values(out, err);
    out->left_out = design->left_out;
    return status;
}

static bool is_fitted(const struct pal_glm_fit *fit)
{
    return fit->status == PAL_FIT_OK || fit->status == PAL_FIT_EQUIDISPERSED;
}

static pal_status run_glm(const struct pal_params *params, const struct pal_frame *in,
                          struct pal_frame *out, struct pal_error *err)
{
    struct pal_formula_design design = {0};
    struct pal_glm_data data;
    struct pal_glm_fit fit;
    struct pal_glm_fit rough;
    bool is_quasi =
        strcmp(pal_params_text(params, "family", "poisson"), "quasipoisson") == 0;
    pal_status status = read_model(params, in, &design, &data, err);
    if (status == PAL_OK) {
        status = pal_glm_fit(&data, &pal_glm_exact, out->arena, &fit, err);
    }
    if (status == PAL_OK && !is_fitted(&fit)) {
        return pal_method_only_status(out, fit.status, err);
    }
    if (status == PAL_OK) {
        status = pal_glm_fit(&data, &pal_glm_default, out->arena, &rough, err);
    }
    status = status == PAL_OK ? begin(out, &design, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    double dispersion =
        is_quasi ? pal_glm_dispersion(&data, &fit) / fit.df_residual : 1.0;
    const struct summary summary = {&design, &fit, dispersion, is_quasi};
    static const char *const sections[] = {"coef", "se", "z", "p"};
    for (int k = 0; status == PAL_OK && k < 4; k++) {
        status = add_coefficients(out, sections[k], &summary, (enum column)k, err);
    }
    const struct named_value values[] = {
        {"fit", "deviance", fit.deviance},
        {"fit", "null_deviance", fit.null_deviance},
        {"fit", "df_residual", fit.df_residual},
        {"fit", "aic", is_quasi ? (double)NAN : fit.aic},
        {"fit", "loglik", is_quasi ? (double)NAN : fit.log_likelihood},
        {"fit", "dispersion", dispersion},
        {"fit", "iter", fit.iteration_count},
        {"default_eps", "deviance", rough.deviance},
        {"default_eps", "iter", rough.iteration_count},
    };
    if (status == PAL_OK) {
        status = add_values(out, values, sizeof values / sizeof values[0], err);
    }
    for (size_t i = 0; status == PAL_OK && i < data.row_count; i++) {
        status =
            pal_method_add_indexed(out, "fitted", design.rows[i] + 1, fit.mean[i], err);
    }
    for (size_t i = 0; status == PAL_OK && i < data.row_count; i++) {
        double pearson = (data.response[i] - fit.mean[i]) / sqrt(fit.mean[i]);
        status =
            pal_method_add_indexed(out, "pearson", design.rows[i] + 1, pearson, err);
    }
    for (size_t i = 0; status == PAL_OK && i < data.row_count; i++) {
        status =
            pal_method_add_indexed(out, "hat", design.rows[i] + 1, fit.hat[i], err);
    }
    return status;
}

#define FORMULA_MEANING                                                                \
    "Response and terms in R's notation: + - * : / ^ and ., arithmetic in I(x^2), "    \
    "log(), sqrt(), exp(), sin(), cos() and so on, factor(), relevel(), poly(), "      \
    "offset(); - 1 for no constant."

static const struct pal_setting glm_settings[] = {
    {"formula", PAL_SETTING_TEXT, NULL, NULL, FORMULA_MEANING},
    {"family", PAL_SETTING_CHOICE, "poisson|quasipoisson", "poisson",
     "Poisson, or Poisson with a dispersion (Pearson / df)."},
    {"link", PAL_SETTING_CHOICE, "log", "log", "Logarithm only."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_glm = {
    .name = "glm",
    .summary = "Poisson or quasi-Poisson regression",
    .columns_in = "the formula's",
    .columns_out = "section, name, value",
    .source = "McCullagh & Nelder 1989; R's glm",
    .settings = glm_settings,
    .run = run_glm,
};

static pal_status add_quantiles(struct pal_frame *out, const struct pal_glm_fit *fit,
                                const size_t *rows, struct pal_error *err)
{
    static const struct {
        const char *name;
        double share;
    } wanted[] = {{"plugin_quantile_0.025", 0.025},
                  {"plugin_quantile_0.95", 0.95},
                  {"plugin_quantile_0.975", 0.975}};
    pal_status status = PAL_OK;
    for (size_t k = 0; k < sizeof wanted / sizeof wanted[0]; k++) {
        for (size_t i = 0; status == PAL_OK && i < fit->row_count; i++) {
            double mean = fit->mean[i];
            double value =
                fit->theta > 0
                    ? pal_negative_binomial_quantile(wanted[k].share, fit->theta,
                                                     fit->theta / (fit->theta + mean),
                                                     PAL_TAIL_LOWER)
                    : pal_poisson_quantile(wanted[k].share, mean, PAL_TAIL_LOWER);
            status =
                pal_method_add_indexed(out, wanted[k].name, rows[i] + 1, value, err);
        }
    }
    return status;
}

/* Coefficients, standard errors and what sums a fit up; "mle" or "default". */
static pal_status add_nb_fit(struct pal_frame *out, const char *const sections[3],
                             const struct summary *summary, bool is_default,
                             struct pal_error *err)
{
    const struct pal_glm_fit *fit = summary->fit;
    bool has_theta = fit->theta > 0;
    const char *section = sections[2];
    double log_likelihood = fit->log_likelihood;
    const struct named_value values[] = {
        {section, "theta", has_theta ? fit->theta : (double)INFINITY},
        {section, "se_theta", has_theta ? fit->theta_se : (double)NAN},
        {section, "loglik", log_likelihood},
        {section, "twologlik", 2.0 * log_likelihood},
        {section, "aic", fit->aic + (has_theta ? 2.0 : 0.0)},
        {section, "deviance", fit->deviance},
        {section, is_default ? "null_deviance" : "df_residual",
         is_default ? fit->null_deviance : fit->df_residual},
    };
    pal_status status =
        add_coefficients(out, sections[0], summary, COLUMN_COEFFICIENT, err);
    if (status == PAL_OK) {
        status = add_coefficients(out, sections[1], summary, COLUMN_SE, err);
    }
    if (status == PAL_OK) {
        status = add_values(out, values, is_default ? 2 : 3, err);
    }
    return status == PAL_OK ? add_values(out, values + 3, 4, err) : status;
}

static pal_status run_glm_nb(const struct pal_params *params,
                             const struct pal_frame *in, struct pal_frame *out,
                             struct pal_error *err)
{
    static const char *const exact_sections[] = {"mle_coef", "mle_se", "mle"};
    static const char *const early_sections[] = {"default_coef", "default_se",
                                                 "default"};
    struct pal_formula_design design = {0};
    struct pal_glm_data data;
    struct pal_glm_fit fit;
    struct pal_glm_fit early;
    pal_status status = read_model(params, in, &design, &data, err);
    if (status == PAL_OK) {
        status = pal_glm_fit_negative_binomial(&data, out->arena, &fit, err);
    }
    if (status == PAL_OK && !is_fitted(&fit)) {
        return pal_method_only_status(out, fit.status, err);
    }
    if (status == PAL_OK) {
        status = pal_glm_fit_negative_binomial_early(&data, out->arena, &early, err);
    }
    status = status == PAL_OK ? begin(out, &design, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    /* without overdispersion the reference's theta is where it happens to stop */
    bool has_early = fit.theta > 0 && early.status == PAL_FIT_OK;
    const struct summary exact_summary = {&design, &fit, 1.0, false};
    const struct summary early_summary = {&design, has_early ? &early : &fit, 1.0,
                                          false};
    status = add_nb_fit(out, exact_sections, &exact_summary, false, err);
    if (status == PAL_OK) {
        status = add_nb_fit(out, early_sections, &early_summary, true, err);
    }
    for (size_t i = 0; status == PAL_OK && i < data.row_count; i++) {
        status = pal_method_add_indexed(out, "mle_fitted", design.rows[i] + 1,
                                        fit.mean[i], err);
    }
    return status == PAL_OK ? add_quantiles(out, &fit, design.rows, err) : status;
}

static const struct pal_setting glm_nb_settings[] = {
    {"formula", PAL_SETTING_TEXT, NULL, NULL, FORMULA_MEANING},
    {"link", PAL_SETTING_CHOICE, "log", "log", "Logarithm only."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_glm_nb = {
    .name = "glm.nb",
    .summary = "negative binomial regression",
    .columns_in = "the formula's",
    .columns_out = "section, name, value",
    .source = "Lawless 1987, Can J Stat 15:209; Venables & Ripley 2002, section 7.4",
    .quirk = "MASS's glm.nb stops early (default_ rows, and so do ours); the mle_ rows "
             "are the joint maximum, and the right ones.",
    .settings = glm_nb_settings,
    .run = run_glm_nb,
};
