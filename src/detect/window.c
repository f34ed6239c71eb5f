/*
 * A window of days against its usual. The count that would have come without a surge is taken
 * as negative binomial with the window's expected count and a variance of three parts: chance
 * of single days, the likeness of days in a row (scale), and the error of the fit.
 */
#include <math.h>

#include "detect/baseline_internal.h"
#include "stat/distribution.h"

/* The scale between the lengths that were looked at; beyond the longest, the longest's. */
static double scale_of(const struct pal_baseline *baseline, int32_t length)
{
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        if (length <= pal_window_lengths[k]) {
            return baseline->scale[k];
        }
    }
    return baseline->scale[PAL_WINDOW_LENGTH_COUNT - 1];
}

/* Variance of the sum of expected counts by the fit's error: g' C g, g = sum mean x. */
static double fit_variance(const struct pal_baseline *baseline, size_t first,
                           size_t last)
{
    const struct pal_design *design = baseline->design;
    size_t n = design->column_count;
    double gradient[PAL_DESIGN_COLUMN_MAX] = {0};
    double variance = 0;
    for (size_t i = first; i <= last; i++) {
        const struct pal_design_row *row = &design->rows[i];
        for (int k = 0; k < row->count; k++) {
            gradient[row->column[k]] += baseline->expected[i] * row->value[k];
        }
    }
    for (size_t a = 0; a < n; a++) {
        if (gradient[a] == 0) {
            continue;
        }
        double sum = 0;
        for (size_t b = 0; b < n; b++) {
            sum += baseline->covariance[a * n + b] * gradient[b];
        }
        variance += gradient[a] * sum;
    }
    return fmax(variance, 0);
}

struct pal_window pal_baseline_window(const struct pal_baseline *baseline, size_t first,
                                      size_t last)
{
    struct pal_window window = {.first = first, .last = last};
    size_t end = last + 1;
    window.covered = baseline->sum_covered[end] - baseline->sum_covered[first];
    window.observed = baseline->sum_observed[end] - baseline->sum_observed[first];
    window.expected = baseline->sum_expected[end] - baseline->sum_expected[first];
    window.variance = baseline->sum_variance[end] - baseline->sum_variance[first];
    double scale = scale_of(baseline, window.covered);
    window.variance *= scale;
    for (int i = 0; i < 3; i++) {
        window.free[i] = baseline->sum_free[i][end] - baseline->sum_free[i][first];
    }
    window.free[2] *= scale;
    if (baseline->status == PAL_FIT_OK) {
        window.variance += fit_variance(baseline, first, last);
    }
    return window;
}

/* A mean of 0 has no distribution but 0; this is far below any that a fit gives. */
static const double mean_min = 1e-9;

static bool is_poisson(const struct pal_window *window)
{
    return window->variance <= window->expected * (1 + 1e-9);
}

static double size_of(const struct pal_window *window, double mean)
{
    return mean * mean / (window->variance - mean);
}

double pal_window_p(const struct pal_window *window, double observed)
{
    double mean = fmax(window->expected, mean_min);
    if (observed <= 0) {
        return 1;
    }
    if (is_poisson(window) || window->variance <= mean) {
        return pal_poisson_share(observed - 1, mean, PAL_TAIL_UPPER);
    }
    double size = size_of(window, mean);
    return pal_negative_binomial_share(observed - 1, size, size / (size + mean),
                                       PAL_TAIL_UPPER);
}

/* Minus the logarithm of the probability of exactly `observed`. */
static double log_density(const struct pal_window *window, double observed)
{
    double mean = fmax(window->expected, mean_min);
    if (is_poisson(window) || window->variance <= mean) {
        return mean - observed * log(mean) + pal_log_gamma(observed + 1);
    }
    double size = size_of(window, mean);
    return pal_log_gamma(observed + 1) + pal_log_gamma(size) -
           pal_log_gamma(observed + size) - size * log(size / (size + mean)) -
           observed * log(mean / (size + mean));
}

double pal_window_log_p(const struct pal_window *window, double observed)
{
    double p = pal_window_p(window, observed);
    if (p > 1e-280) {
        return -log(fmin(p, 1));
    }
    return log_density(window, observed);
}

double pal_window_surprise(const struct pal_window *window)
{
    struct pal_window work = *window;
    struct pal_window free = *window;
    work.observed -= window->free[0];
    work.expected = fmax(window->expected - window->free[1], 0);
    work.variance = fmax(window->variance - window->free[2], work.expected);
    free.expected = window->free[1];
    free.variance = window->free[2];
    if (window->free[1] <= mean_min) {
        return pal_window_log_p(window, window->observed);
    }
    double of_free = pal_window_log_p(&free, window->free[0]);
    if (work.expected <= mean_min) {
        return of_free;
    }
    double of_work = pal_window_log_p(&work, work.observed);
    double sum = of_work + of_free;
    /* Fisher's method: Q(2, sum) = e^-sum (1 + sum). */
    double both = sum - log1p(sum);
    return fmax(fmax(of_work, both) - log(2), 0);
}

double pal_window_critical(const struct pal_window *window, double p)
{
    double low = 0;
    double high = fmax(8, 2 * window->expected);
    if (p >= 1) {
        return 0;
    }
    while (pal_window_p(window, high) > p && high < 1e12) {
        low = high;
        high *= 2;
    }
    high = ceil(high);
    low = floor(low);
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        if (pal_window_p(window, middle) > p) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

void pal_window_usual(const struct pal_window *window, double level, double *low,
                      double *high)
{
    double tail = (1 - level) / 2;
    double mean = fmax(window->expected, mean_min);
    if (is_poisson(window) || window->variance <= mean) {
        *low = pal_poisson_quantile(tail, mean, PAL_TAIL_LOWER);
        *high = pal_poisson_quantile(tail, mean, PAL_TAIL_UPPER);
        return;
    }
    double size = size_of(window, mean);
    double p = size / (size + mean);
    *low = pal_negative_binomial_quantile(tail, size, p, PAL_TAIL_LOWER);
    *high = pal_negative_binomial_quantile(tail, size, p, PAL_TAIL_UPPER);
}
