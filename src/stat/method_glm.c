/*
 * Regressions and exact Poisson comparisons by name.
 */
#include <math.h>
#include <string.h>

#include "base/parse.h"
#include "stat/distribution.h"
#include "stat/formula.h"
#include "stat/glm.h"
#include "stat/interval.h"
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

static const struct pal_setting glm_settings[] = {
    {"formula", PAL_SETTING_TEXT, NULL, NULL,
     "Response and terms in R's notation: + - * : / ^ and ., arithmetic in I(x^2), "
     "log(), "
     "sqrt(), exp(), sin(), cos() and so on, factor(), relevel(), poly(), offset(); - "
     "1 for "
     "no constant."},
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
    {"formula", PAL_SETTING_TEXT, NULL, NULL,
     "Response and terms in R's notation: + - * : / ^ and ., arithmetic in I(x^2), "
     "log(), "
     "sqrt(), exp(), sin(), cos() and so on, factor(), relevel(), poly(), offset(); - "
     "1 for "
     "no constant."},
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

static pal_status read_count(double value, const char *column, size_t row, int64_t *out,
                             struct pal_error *err)
{
    *out = 0;
    if (!(value >= 0 && value <= 1e15) || value != floor(value)) {
        return pal_fail(err, PAL_INPUT, "column \"%s\", row %zu: %g is no count",
                        column, row + 1, value);
    }
    *out = (int64_t)value;
    return PAL_OK;
}

/* One area's columns before the adjusted p-values: rate to byar_upper. */
static pal_status compare_count(int64_t count, double expected, double level,
                                double cells[8], struct pal_error *err)
{
    struct pal_interval exact;
    struct pal_interval byar;
    pal_status status = pal_interval_count(count, level, &exact, err);
    if (status == PAL_OK) {
        status = pal_interval_count_byar(count, level, &byar, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    double x = (double)count;
    double above = pal_poisson_share(x, expected, PAL_TAIL_UPPER);
    cells[0] = x / expected;
    cells[1] = exact.low / expected;
    cells[2] = exact.high / expected;
    cells[3] = pal_poisson_p_value(count, expected);
    cells[4] = pal_poisson_share(x - 1.0, expected, PAL_TAIL_UPPER);
    cells[5] = above + 0.5 * pal_poisson_density(x, expected);
    cells[6] = byar.low / expected;
    cells[7] = byar.high / expected;
    return PAL_OK;
}

/* Beyond 1e12 the sums behind an exact interval take seconds a row. */
static pal_status check_counts(const double *counts, const double *others, size_t rows,
                               struct pal_error *err)
{
    double steps = 0.0;
    for (size_t i = 0; i < rows; i++) {
        steps += 50.0 * sqrt(fmax(0.0, counts[i] + (others != NULL ? others[i] : 0.0)));
    }
    return pal_method_check_work(steps, "give fewer rows with counts as large as these",
                                 err);
}

static pal_status run_poisson_fdr(const struct pal_params *params,
                                  const struct pal_frame *in, struct pal_frame *out,
                                  struct pal_error *err)
{
    static const char *const names[] = {
        "i",         "rate",          "lower",      "upper",      "p_two",
        "p_greater", "p_mid_greater", "byar_lower", "byar_upper", "bh",
        "by",        "holm",          "hochberg",   "bonferroni"};
    const double *counts;
    const double *expected;
    double *p;
    double *adjusted;
    double level = pal_params_number(params, "conf_level", 0.95);
    pal_status status = pal_frame_numbers(in, "count", &counts, err);
    status =
        status == PAL_OK ? pal_frame_numbers(in, "expected", &expected, err) : status;
    status = status == PAL_OK ? pal_method_alloc(out->arena, in->row_count, &p, err)
                              : status;
    status = status == PAL_OK
                 ? pal_method_alloc(out->arena, in->row_count, &adjusted, err)
                 : status;
    status =
        status == PAL_OK ? pal_frame_init(out, out->arena, names, 14, err) : status;
    if (status == PAL_OK) {
        status = check_counts(counts, NULL, in->row_count, err);
    }
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        int64_t count;
        double values[8];
        struct pal_datum *cells;
        status = read_count(counts[i], "count", i, &count, err);
        if (status == PAL_OK && !(expected[i] > 0)) {
            status = pal_fail(err, PAL_INPUT,
                              "column \"expected\", row %zu: must be above 0", i + 1);
        }
        if (status == PAL_OK) {
            status = compare_count(count, expected[i], level, values, err);
        }
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        for (size_t k = 0; status == PAL_OK && k < 8; k++) {
            cells[0] = pal_datum_number((double)(i + 1));
            cells[k + 1] = pal_datum_number(values[k]);
            p[i] = values[4]; /* the question is excess, so the one-sided p */
        }
    }
    static const enum pal_adjust order[] = {PAL_ADJUST_BH, PAL_ADJUST_BY,
                                            PAL_ADJUST_HOLM, PAL_ADJUST_HOCHBERG,
                                            PAL_ADJUST_BONFERRONI};
    for (size_t k = 0; status == PAL_OK && k < 5; k++) {
        status = pal_adjust_p(p, in->row_count, order[k], adjusted, err);
        for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
            out->cells[i * 14 + 9 + k] = pal_datum_number(adjusted[i]);
        }
    }
    return status;
}

static const struct pal_setting poisson_fdr_settings[] = {
    {"conf_level", PAL_SETTING_NUMBER, "0..1", "0.95", "Coverage of the intervals."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_poisson_fdr = {
    .name = "poisson_exact_and_fdr",
    .summary = "observed against expected counts, with false discovery rates",
    .columns_in = "count, expected",
    .columns_out = "i, rate, lower, upper, p_two, p_greater, p_mid_greater, "
                   "byar_lower, byar_upper, bh, by, holm, hochberg, bonferroni",
    .source = "Garwood 1936, Biometrika 28:437; Benjamini & Hochberg 1995; Benjamini & "
              "Yekutieli 2001",
    .quirk = "The adjusted p-values are of p_greater: the question is excess.",
    .settings = poisson_fdr_settings,
    .run = run_poisson_fdr,
};

static pal_status run_rate_ratio(const struct pal_params *params,
                                 const struct pal_frame *in, struct pal_frame *out,
                                 struct pal_error *err)
{
    static const char *const names[] = {"i", "ratio", "lower", "upper", "p"};
    static const char *const columns[] = {"x1", "t1", "x2", "t2"};
    const double *values[4];
    double level = pal_params_number(params, "conf_level", 0.95);
    pal_status status = pal_frame_init(out, out->arena, names, 5, err);
    for (size_t k = 0; status == PAL_OK && k < 4; k++) {
        status = pal_frame_numbers(in, columns[k], &values[k], err);
    }
    if (status == PAL_OK) {
        status = check_counts(values[0], values[2], in->row_count, err);
    }
    for (size_t i = 0; status == PAL_OK && i < in->row_count; i++) {
        int64_t counts[2] = {0, 0};
        struct pal_rate_ratio ratio;
        struct pal_datum *cells;
        status = read_count(values[0][i], "x1", i, &counts[0], err);
        if (status == PAL_OK) {
            status = read_count(values[2][i], "x2", i, &counts[1], err);
        }
        if (status == PAL_OK && pal_rate_ratio(counts[0], values[1][i], counts[1],
                                               values[3][i], level, &ratio) != PAL_OK) {
            status = pal_fail(
                err, PAL_INPUT,
                "row %zu: times must be above 0 and the level within 0..1", i + 1);
        }
        status = status == PAL_OK ? pal_frame_add_row(out, &cells, err) : status;
        if (status == PAL_OK) {
            cells[0] = pal_datum_number((double)(i + 1));
        }
        if (status == PAL_OK && ratio.status == PAL_FIT_NO_EVENT) {
            cells[2] = pal_datum_number(0.0); /* two counts of 0 exclude no ratio */
            cells[3] = pal_datum_number((double)INFINITY);
            cells[4] = pal_datum_number(1.0);
        }
        if (status == PAL_OK && ratio.status == PAL_FIT_OK) {
            cells[1] = pal_datum_number(ratio.ratio);
            cells[2] = pal_datum_number(ratio.interval.low);
            cells[3] = pal_datum_number(ratio.interval.high);
            cells[4] = pal_datum_number(ratio.p_value);
        }
    }
    return status;
}

static const struct pal_setting rate_ratio_settings[] = {
    {"conf_level", PAL_SETTING_NUMBER, "0..1", "0.95", "Coverage of the interval."},
    {NULL, PAL_SETTING_NOTE, NULL, NULL, NULL},
};

const struct pal_method pal_method_rate_ratio = {
    .name = "poisson_rate_ratio",
    .summary = "ratio of two rates",
    .columns_in = "x1, t1, x2, t2",
    .columns_out = "i, ratio, lower, upper, p",
    .source = "Przyborowski & Wilenski 1940; Clopper & Pearson 1934",
    .settings = rate_ratio_settings,
    .run = run_rate_ratio,
};
