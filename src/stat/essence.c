/*
 * ESSENCE's switch between a regression on the day of the week and an EWMA, as the US
 * National Syndromic Surveillance Program runs it: Burkom et al. 2020,
 * doi 10.1101/2020.08.14.20175398; the constants of the sigma correction are those of
 * CDCgov/Rnssp 0.3.1, which the reference numbers equal to 1e-16.
 *
 * EWMA, twice (w = 0.4, 0.9): z = w y + (1 - w) z before; mean and sd of the baseline of n
 * days that ends `guard` + 1 days before; t = (z - mean) / sigma with
 *   sigma = max(w/u (0.01 + 0.05 (1-w)^2),
 *               sd sqrt(w/(2-w) + 1/n - 2 (1-w)^(g+1) (1 - (1-w)^n) / n)
 *               + (0.1289 - (0.2414 - 0.1826 (1-w)^4) log 0.5) w/u),
 * u = the 95 % point of t with n - 1 degrees. Beyond the 99 % point z is clipped for the
 * next day's recursion. The smaller p of the two is reported, the second's when equal.
 *
 * Regression: constant, day number, Monday to Saturday; n - 8 degrees; forecast not below 0.
 * Points of t are rounded to five decimals, as the tables of the original were.
 */
#include "stat/detect.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "stat/distribution.h"
#include "stat/glm.h"
#include "stat/least_squares.h"

enum { FIRST_EWMA = 7, FIRST_REGRESSION = 11, COLUMNS = 8 };

static double rounded_quantile(double share, double df)
{
    double t = pal_t_quantile(share, df, PAL_TAIL_LOWER);
    return floor(t * 1e5 + 0.5) / 1e5;
}

static double ewma_sigma(double w, double sd, double n, double guard, double u)
{
    double v = 1.0 - w;
    double least = w / u * (0.01 + 0.05 * v * v);
    double correction = (0.1289 - (0.2414 - 0.1826 * v * v * v * v) * log(0.5)) * w / u;
    double spread =
        w / (2.0 - w) + 1.0 / n - 2.0 * pow(v, guard + 1.0) * (1.0 - pow(v, n)) / n;
    return fmax(least, sd * sqrt(spread) + correction);
}

struct baseline {
    size_t first; /* position */
    size_t count;
    double mean;
    double sd;
};

static struct baseline baseline_of(const double *counts, size_t t,
                                   const struct pal_essence *setting)
{
    struct baseline out = {0};
    size_t end = t - setting->guard; /* one past the last */
    out.count = end < setting->baseline_max ? end : setting->baseline_max;
    out.first = end - out.count;
    for (size_t i = out.first; i < end; i++) {
        out.mean += counts[i];
    }
    out.mean /= (double)out.count;
    for (size_t i = out.first; i < end; i++) {
        out.sd += (counts[i] - out.mean) * (counts[i] - out.mean);
    }
    out.sd = sqrt(out.sd / (double)(out.count - 1));
    return out;
}

static void judge_ewma(const double *counts, size_t t,
                       const struct pal_essence *setting, double z[2],
                       struct pal_essence_part *out)
{
    struct baseline base = baseline_of(counts, t, setting);
    double n = (double)base.count;
    double limit = rounded_quantile(0.99, n - 1.0);
    double u = rounded_quantile(0.95, n - 1.0);
    for (int k = 0; k < 2; k++) {
        double sigma =
            ewma_sigma(setting->weights[k], base.sd, n, (double)setting->guard, u);
        double statistic = (z[k] - base.mean) / sigma;
        if (fabs(statistic) > limit) {
            z[k] = base.mean + copysign(limit * sigma, statistic);
        }
        double p = pal_t_share(statistic, n - 1.0, PAL_TAIL_UPPER);
        if (k == 0 || p <= out->p_value) {
            out->p_value = p;
            out->statistic = statistic;
        }
    }
    out->expected = base.mean;
    out->status = PAL_FIT_OK;
}

/* Series with less than one case a day are brought to a scale where the constants of sigma
 * make sense: divided by the median of the positive values. */
static double scale_of(const double *counts, size_t count, double *scratch)
{
    size_t positive = 0;
    double most = 0.0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, counts[i]);
        if (counts[i] > 0) {
            size_t at = positive++;
            while (at > 0 && scratch[at - 1] > counts[i]) {
                scratch[at] = scratch[at - 1];
                at--;
            }
            scratch[at] = counts[i];
        }
    }
    if (most >= 1 || positive == 0) {
        return 1.0;
    }
    return 0.5 * (scratch[(positive - 1) / 2] + scratch[positive / 2]);
}

static void run_ewma(const double *counts, size_t count,
                     const struct pal_essence *setting, double scale, double *scaled,
                     struct pal_essence_point *out)
{
    double z[2] = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        scaled[i] = counts[i] / scale;
    }
    for (size_t t = 0; t < count; t++) {
        for (int k = 0; k < 2; k++) {
            double w = setting->weights[k];
            z[k] = t == 0 ? scaled[0] : w * scaled[t] + (1.0 - w) * z[k];
        }
        out[t].ewma.status = PAL_FIT_TOO_FEW;
        if (t >= FIRST_EWMA + setting->guard) {
            judge_ewma(scaled, t, setting, z, &out[t].ewma);
            out[t].ewma.expected *= scale;
        }
    }
}

struct regression {
    struct pal_least_squares solver;
    double *design;
    double *coefficient;
};

static void design_row(const int32_t *days, size_t first, size_t t, double row[COLUMNS])
{
    row[0] = 1.0;
    row[1] = (double)(t - first + 1);
    int32_t weekday = pal_weekday_of(days[t]);
    for (int32_t k = 0; k < 6; k++) {
        row[2 + k] = weekday == k ? 1.0 : 0.0;
    }
}

static double residual_square(const struct regression *regression,
                              const double *response, size_t n)
{
    double sse = 0.0;
    for (size_t i = 0; i < n; i++) {
        double fitted = 0.0;
        for (size_t j = 0; j < COLUMNS; j++) {
            fitted += regression->design[j * n + i] * regression->coefficient[j];
        }
        sse += (response[i] - fitted) * (response[i] - fitted);
    }
    return sse;
}

static pal_status judge_regression(const int32_t *days, const double *counts, size_t t,
                                   const struct pal_essence *setting,
                                   struct regression *regression,
                                   struct pal_essence_point *out)
{
    struct baseline base = baseline_of(counts, t, setting);
    size_t n = base.count;
    double row[COLUMNS];
    for (size_t i = 0; i < n; i++) {
        design_row(days, base.first, base.first + i, row);
        for (size_t j = 0; j < COLUMNS; j++) {
            regression->design[j * n + i] = row[j];
        }
    }
    regression->solver.row_count = n;
    const double *response = counts + base.first;
    pal_status status =
        pal_least_squares_solve(&regression->solver, regression->design, response, NULL,
                                regression->coefficient, NULL);
    if (status != PAL_OK) {
        return status;
    }
    double df = (double)n - COLUMNS;
    double size = (double)n;
    double sse = residual_square(regression, response, n);
    double total = base.sd * base.sd * (size - 1.0);
    double least = 0.01 / rounded_quantile(0.95, df);
    double inflation = (size + 7.0) * (size - 4.0) / (size * (size - 7.0));
    double sigma = fmax(sqrt(sse / df) * sqrt(inflation), least);
    design_row(days, base.first, t, row);
    double forecast = 0.0;
    for (size_t j = 0; j < COLUMNS; j++) {
        forecast += row[j] * regression->coefficient[j];
    }
    forecast = fmax(forecast, 0.0);
    out->regression.expected = forecast;
    out->regression.statistic = (counts[t] - forecast) / sigma;
    out->regression.p_value =
        pal_t_share(out->regression.statistic, df, PAL_TAIL_UPPER);
    out->regression.status = PAL_FIT_OK;
    out->adjusted_r2 = total > 0 ? 1.0 - (sse / df) / (total / (size - 1.0)) : 0.0;
    return PAL_OK;
}

static pal_status run(const int32_t *days, const double *counts, size_t count,
                      const struct pal_essence *setting, struct pal_arena *arena,
                      struct pal_essence_point *out)
{
    void *scratch = NULL;
    void *scaled = NULL;
    void *design = NULL;
    void *coefficient = NULL;
    struct regression regression = {0};
    size_t most = setting->baseline_max;
    pal_status status = pal_arena_alloc(arena, count, sizeof(double), &scratch, NULL);
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, count, sizeof(double), &scaled, NULL);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, COLUMNS * most, sizeof(double), &design, NULL);
    }
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, COLUMNS, sizeof(double), &coefficient, NULL);
    }
    if (status == PAL_OK) {
        status = pal_least_squares_init(&regression.solver, most, COLUMNS, arena, NULL);
    }
    if (status != PAL_OK) {
        return status;
    }
    regression.design = design;
    regression.coefficient = coefficient;
    double scale = scale_of(counts, count, scratch);
    run_ewma(counts, count, setting, scale, scaled, out);
    for (size_t t = 0; t < count && status == PAL_OK; t++) {
        out[t].regression.status = PAL_FIT_TOO_FEW;
        if (t >= FIRST_REGRESSION + setting->guard) {
            status = judge_regression(days, counts, t, setting, &regression, &out[t]);
            out[t].uses_regression = out[t].adjusted_r2 >= setting->r2_min;
        }
    }
    return status;
}

pal_status pal_essence_run(const int32_t *days, const double *counts, size_t count,
                           const struct pal_essence *setting,
                           struct pal_essence_point *out, struct pal_error *err)
{
    if (setting->baseline_max < FIRST_REGRESSION) {
        return pal_fail(err, PAL_INPUT, "ESSENCE needs a baseline of %d days or more",
                        FIRST_REGRESSION);
    }
    for (size_t t = 0; t < count; t++) {
        out[t] = (struct pal_essence_point){.adjusted_r2 = 0.0};
        if (!isfinite(counts[t]) || (t > 0 && days[t] != days[t - 1] + 1)) {
            return pal_fail(
                err, PAL_INPUT,
                "day %zu: ESSENCE needs a number for every day, one day after "
                "the other",
                t + 1);
        }
    }
    struct pal_arena arena;
    pal_arena_init(&arena, PAL_SCRATCH_MAX);
    pal_status status = run(days, counts, count, setting, &arena, out);
    pal_arena_clear(&arena);
    if (status != PAL_OK) {
        return pal_fail(err, status, "ESSENCE over %zu days did not get its memory",
                        count);
    }
    return PAL_OK;
}
