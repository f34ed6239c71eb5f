/*
 * Garwood, Biometrika 28 (1936) 437: the limits are gamma quantiles with shapes x and x + 1.
 * Byar: Breslow & Day (1987) vol. II, p. 69. Clopper & Pearson, Biometrika 26 (1934) 404:
 * beta quantiles. Wilson, JASA 22 (1927) 209. Rate ratio: x_a given x_a + x_b is binomial
 * with p / (1 - p) = ratio * t_a / t_b (Przyborowski & Wilenski 1940), as R's poisson.test
 * has it. Quantile by order statistics: David & Nagaraja, Order Statistics, section 7.1.
 */
#include "stat/interval.h"

#include <math.h>
#include <stdbool.h>

#include "stat/distribution.h"

static bool is_level(double level)
{
    return level > 0 && level < 1;
}

static pal_status check_count(int64_t count, double level, struct pal_error *err)
{
    if (count < 0) {
        return pal_fail(err, PAL_INPUT, "a count cannot be negative: %lld",
                        (long long)count);
    }
    if (!is_level(level)) {
        return pal_fail(err, PAL_INPUT, "a level lies between 0 and 1, not %g", level);
    }
    return PAL_OK;
}

pal_status pal_interval_count(int64_t count, double level, struct pal_interval *out,
                              struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check_count(count, level, err);
    if (status != PAL_OK) {
        return status;
    }
    double half = 0.5 * (1.0 - level);
    double x = (double)count;
    out->low = count == 0 ? 0.0 : pal_gamma_inverse(x, half, PAL_TAIL_LOWER);
    out->high = pal_gamma_inverse(x + 1.0, half, PAL_TAIL_UPPER);
    return PAL_OK;
}

pal_status pal_interval_count_byar(int64_t count, double level,
                                   struct pal_interval *out, struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check_count(count, level, err);
    if (status != PAL_OK) {
        return status;
    }
    double z = pal_normal_quantile(0.5 * (1.0 - level), PAL_TAIL_UPPER);
    double x = (double)count;
    if (count > 0) {
        double root = 1.0 - 1.0 / (9.0 * x) - z / (3.0 * sqrt(x));
        out->low = fmax(0.0, x * root * root * root);
    }
    double y = x + 1.0;
    double root = 1.0 - 1.0 / (9.0 * y) + z / (3.0 * sqrt(y));
    out->high = y * root * root * root;
    return PAL_OK;
}

static pal_status check_share(int64_t part, int64_t whole, double level,
                              struct pal_error *err)
{
    if (whole <= 0 || part < 0 || part > whole) {
        return pal_fail(err, PAL_INPUT, "%lld of %lld is not a share", (long long)part,
                        (long long)whole);
    }
    return check_count(part, level, err);
}

/* Clopper-Pearson limits of p and, to keep digits near 1, of 1 - p. */
static void exact_share(int64_t part, int64_t whole, double level, double low[2],
                        double high[2])
{
    double half = 0.5 * (1.0 - level);
    double x = (double)part;
    double rest = (double)(whole - part);
    low[0] = 0.0;
    low[1] = 1.0;
    high[0] = 1.0;
    high[1] = 0.0;
    if (part > 0) {
        low[0] = pal_beta_inverse(x, rest + 1.0, half, PAL_TAIL_LOWER, &low[1]);
    }
    if (part < whole) {
        high[0] = pal_beta_inverse(x + 1.0, rest, half, PAL_TAIL_UPPER, &high[1]);
    }
}

pal_status pal_interval_share_exact(int64_t part, int64_t whole, double level,
                                    struct pal_interval *out, struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check_share(part, whole, level, err);
    if (status != PAL_OK) {
        return status;
    }
    double low[2];
    double high[2];
    exact_share(part, whole, level, low, high);
    *out = (struct pal_interval){low[0], high[0]};
    return PAL_OK;
}

pal_status pal_interval_share_wilson(int64_t part, int64_t whole, double level,
                                     struct pal_interval *out, struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check_share(part, whole, level, err);
    if (status != PAL_OK) {
        return status;
    }
    double z = pal_normal_quantile(0.5 * (1.0 - level), PAL_TAIL_UPPER);
    double n = (double)whole;
    double p = (double)part / n;
    double centre = p + z * z / (2.0 * n);
    double reach = z * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
    double scale = 1.0 + z * z / n;
    out->low = part == 0 ? 0.0 : fmax(0.0, (centre - reach) / scale);
    out->high = part == whole ? 1.0 : fmin(1.0, (centre + reach) / scale);
    return PAL_OK;
}

pal_status pal_rate_ratio(int64_t count_a, double time_a, int64_t count_b,
                          double time_b, double level, struct pal_rate_ratio *out)
{
    *out = (struct pal_rate_ratio){.status = PAL_FIT_NO_EVENT};
    if (count_a < 0 || count_b < 0 || !(time_a > 0) || !(time_b > 0) ||
        !is_level(level)) {
        return PAL_INPUT;
    }
    int64_t total = count_a + count_b;
    if (total == 0) {
        return PAL_OK;
    }
    double low[2];
    double high[2];
    exact_share(count_a, total, level, low, high);
    double scale = time_b / time_a;
    out->ratio = count_b == 0 ? (double)INFINITY
                              : (double)count_a / time_a / ((double)count_b / time_b);
    out->interval.low = low[0] / low[1] * scale;
    out->interval.high = count_b == 0 ? (double)INFINITY : high[0] / high[1] * scale;
    out->p_value = pal_binomial_p_value(count_a, total, time_a / (time_a + time_b));
    out->status = PAL_FIT_OK;
    return PAL_OK;
}

pal_status pal_interval_mean_of(double mean, double sd, int64_t count, double level,
                                struct pal_interval *out, enum pal_fit_status *fit)
{
    *out = (struct pal_interval){0.0, 0.0};
    *fit = PAL_FIT_TOO_FEW;
    if (count < 0 || !is_level(level) || !isfinite(mean) || (count > 1 && !(sd >= 0))) {
        return PAL_INPUT;
    }
    if (count < 2) {
        return PAL_OK;
    }
    double n = (double)count;
    double reach =
        pal_t_quantile(0.5 * (1.0 - level), n - 1.0, PAL_TAIL_UPPER) * sd / sqrt(n);
    *out = (struct pal_interval){mean - reach, mean + reach};
    *fit = PAL_FIT_OK;
    return PAL_OK;
}

pal_status pal_interval_mean(const double *values, size_t count, double level,
                             struct pal_interval *out, enum pal_fit_status *fit,
                             struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    *fit = PAL_FIT_TOO_FEW;
    double mean = 0.0;
    double square = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return pal_fail(err, PAL_INPUT, "value %zu of a mean is not a number",
                            i + 1);
        }
        double change = values[i] - mean;
        mean += change / (double)(i + 1);
        square += change * (values[i] - mean);
    }
    double sd = count > 1 ? sqrt(square / (double)(count - 1)) : 0.0;
    pal_status status = pal_interval_mean_of(mean, sd, (int64_t)count, level, out, fit);
    if (status != PAL_OK) {
        return pal_fail(err, status, "a level lies between 0 and 1, not %g", level);
    }
    return PAL_OK;
}

pal_status pal_interval_quantile_ranks(int64_t count, double probability, double level,
                                       int64_t ranks[2], enum pal_fit_status *fit)
{
    ranks[0] = 0;
    ranks[1] = 0;
    *fit = PAL_FIT_TOO_FEW;
    if (count < 0 || !(probability > 0 && probability < 1) || !is_level(level)) {
        return PAL_INPUT;
    }
    if (count == 0) {
        return PAL_OK;
    }
    /* B values lie below the quantile, B binomial: P(B < low) and P(B >= high) are both at
     * most half of what the level leaves. */
    const double half = 0.5 * (1.0 - level);
    const double n = (double)count;
    double low = pal_binomial_quantile(half, n, probability, PAL_TAIL_LOWER);
    double high = pal_binomial_quantile(half, n, probability, PAL_TAIL_UPPER) + 1.0;
    if (pal_binomial_share(low, n, probability, PAL_TAIL_LOWER) <= half) {
        low += 1.0;
    }
    if (low < 1.0 || high > n) {
        return PAL_OK;
    }
    ranks[0] = (int64_t)low;
    ranks[1] = (int64_t)high;
    *fit = PAL_FIT_OK;
    return PAL_OK;
}

pal_status pal_interval_quantile(const double *sorted, size_t count, double probability,
                                 double level, struct pal_interval *out,
                                 enum pal_fit_status *fit)
{
    int64_t ranks[2];
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status =
        pal_interval_quantile_ranks((int64_t)count, probability, level, ranks, fit);
    if (status == PAL_OK && *fit == PAL_FIT_OK) {
        *out = (struct pal_interval){sorted[ranks[0] - 1], sorted[ranks[1] - 1]};
    }
    return status;
}

pal_status pal_interval_median(const double *sorted, size_t count, double level,
                               struct pal_interval *out, enum pal_fit_status *fit)
{
    return pal_interval_quantile(sorted, count, 0.5, level, out, fit);
}
