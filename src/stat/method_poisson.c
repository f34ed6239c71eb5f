/*
 * Exact comparisons of Poisson counts by name: observed with expected, one rate with another.
 */
#include <math.h>

#include "stat/distribution.h"
#include "stat/interval.h"
#include "stat/method_internal.h"

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
