/*
 * Normal: erfc of the C library; its inverse by Halley's method on the tail from the start
 * of Abramowitz & Stegun 26.2.23. Student's t and F: incomplete beta (A&S 26.5.27, 26.6.2).
 * Chi-square, Poisson: incomplete gamma (26.4.19, 26.4.21). Binomial and negative binomial:
 * incomplete beta (26.5.24, 26.5.26); the negative binomial takes a real size.
 */
#include "stat/distribution.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double sqrt_half = 0.70710678118654752440;
static const double inverse_sqrt_two_pi = 0.39894228040143267794;

static double normal_density(double x)
{
    return inverse_sqrt_two_pi * exp(-0.5 * x * x);
}

double pal_normal_share(double x, enum pal_tail tail)
{
    return 0.5 * erfc((tail == PAL_TAIL_LOWER ? -x : x) * sqrt_half);
}

/* x > 0 with upper share `share` < 1/4 */
static double normal_far_quantile(double share)
{
    double t = sqrt(-2.0 * log(share));
    double x = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                       (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    for (int i = 0; i < 8; i++) {
        double value = pal_normal_share(x, PAL_TAIL_UPPER);
        double density = normal_density(x);
        if (value <= 0 || density <= 0) {
            break;
        }
        /* Newton on log share: exact in shape where the tail is far out */
        double step = log(value / share) * value / density;
        x += step;
        if (fabs(step) <= DBL_EPSILON * x) {
            break;
        }
    }
    return x;
}

/* x with share - 1/2 = `centre`, |centre| <= 1/4 */
static double normal_near_quantile(double centre)
{
    double x = centre / inverse_sqrt_two_pi;
    for (int i = 0; i < 20; i++) {
        double f = (0.5 * erf(x * sqrt_half) - centre) / normal_density(x);
        double step = f / (1.0 + 0.5 * x * f);
        x -= step;
        if (fabs(step) <= DBL_EPSILON * fabs(x)) {
            break;
        }
    }
    return x;
}

double pal_normal_quantile(double share, enum pal_tail tail)
{
    double sign = tail == PAL_TAIL_LOWER ? 1.0 : -1.0;
    if (!(share >= 0 && share <= 1)) {
        return (double)NAN;
    }
    if (share == 0 || share == 1) {
        return share == 0 ? -sign * (double)INFINITY : sign * (double)INFINITY;
    }
    if (share < 0.25) {
        return -sign * normal_far_quantile(share);
    }
    if (share > 0.75) {
        return sign * normal_far_quantile(1.0 - share);
    }
    return sign * normal_near_quantile(share - 0.5);
}

double pal_t_share(double t, double df, enum pal_tail tail)
{
    if (!(df > 0) || isnan(t)) {
        return (double)NAN;
    }
    if (isinf(df)) {
        return pal_normal_share(t, tail);
    }
    double square = t * t;
    double x = isinf(square) ? 0.0 : df / (df + square);
    double y = isinf(square) ? 1.0 : square / (df + square);
    double both = pal_beta_share(0.5 * df, 0.5, x, y, PAL_TAIL_LOWER);
    bool is_far = (t > 0) == (tail == PAL_TAIL_UPPER);
    return is_far ? 0.5 * both : 1.0 - 0.5 * both;
}

double pal_t_quantile(double share, double df, enum pal_tail tail)
{
    if (!(df > 0) || !(share >= 0 && share <= 1)) {
        return (double)NAN;
    }
    double sign = tail == PAL_TAIL_LOWER ? 1.0 : -1.0;
    if (share > 0.5) {
        share = 1.0 - share;
        sign = -sign;
    }
    if (share == 0) {
        return -sign * (double)INFINITY;
    }
    if (share == 0.5) {
        return 0.0;
    }
    if (isinf(df)) {
        return sign * pal_normal_quantile(share, PAL_TAIL_LOWER);
    }
    double y;
    double x = pal_beta_inverse(0.5 * df, 0.5, 2.0 * share, PAL_TAIL_LOWER, &y);
    return -sign * sqrt(df * y / x);
}

double pal_chi_square_share(double x, double df, enum pal_tail tail)
{
    return pal_gamma_share(0.5 * df, 0.5 * x, tail);
}

double pal_chi_square_quantile(double share, double df, enum pal_tail tail)
{
    return 2.0 * pal_gamma_inverse(0.5 * df, share, tail);
}

static bool is_count(double count)
{
    return count >= 0 && count == floor(count);
}

double pal_poisson_density(double count, double mean)
{
    return is_count(count) ? pal_poisson_kernel(count, mean) : 0.0;
}

double pal_poisson_share(double count, double mean, enum pal_tail tail)
{
    if (!(mean >= 0) || isnan(count)) {
        return (double)NAN;
    }
    if (count < 0 || mean == 0) {
        return (count < 0) == (tail == PAL_TAIL_UPPER) ? 1.0 : 0.0;
    }
    /* the count is small where the gamma variable is large */
    return pal_gamma_share(floor(count) + 1.0, mean,
                           tail == PAL_TAIL_LOWER ? PAL_TAIL_UPPER : PAL_TAIL_LOWER);
}

double pal_binomial_density(double count, double n, double p)
{
    return is_count(count) ? pal_binomial_kernel(count, n - count, p, 1.0 - p) : 0.0;
}

double pal_binomial_share(double count, double n, double p, enum pal_tail tail)
{
    if (!(n >= 0) || !(p >= 0 && p <= 1) || isnan(count)) {
        return (double)NAN;
    }
    count = floor(count);
    if (count < 0 || count >= n) {
        return (count < 0) == (tail == PAL_TAIL_UPPER) ? 1.0 : 0.0;
    }
    return pal_beta_share(count + 1.0, n - count, p, 1.0 - p,
                          tail == PAL_TAIL_LOWER ? PAL_TAIL_UPPER : PAL_TAIL_LOWER);
}

double pal_negative_binomial_density(double count, double size, double p)
{
    if (!is_count(count)) {
        return 0.0;
    }
    return pal_binomial_kernel(size, count, p, 1.0 - p) * size / (size + count);
}

double pal_negative_binomial_share(double count, double size, double p,
                                   enum pal_tail tail)
{
    if (!(size > 0) || !(p > 0 && p <= 1) || isnan(count)) {
        return (double)NAN;
    }
    if (count < 0 || p == 1) {
        return (count < 0) == (tail == PAL_TAIL_UPPER) ? 1.0 : 0.0;
    }
    return pal_beta_share(size, floor(count) + 1.0, p, 1.0 - p, tail);
}

/* A distribution of counts as seen by the quantile search. */
struct count_law {
    double (*share)(double count, double first, double second, enum pal_tail tail);
    double first;
    double second;
    double count_max;
};

static double poisson_law(double count, double mean, double unused, enum pal_tail tail)
{
    (void)unused;
    return pal_poisson_share(count, mean, tail);
}

static bool has_reached(const struct count_law *law, double count, double share,
                        enum pal_tail tail)
{
    const double slack = 64 * DBL_EPSILON;
    double value = law->share(count, law->first, law->second, tail);
    return tail == PAL_TAIL_LOWER ? value >= share * (1.0 - slack)
                                  : value <= share * (1.0 + slack);
}

static double count_quantile(const struct count_law *law, double share,
                             enum pal_tail tail, double start)
{
    if (!(share >= 0 && share <= 1)) {
        return (double)NAN;
    }
    if ((tail == PAL_TAIL_LOWER && share == 0) ||
        (tail == PAL_TAIL_UPPER && share == 1)) {
        return 0.0;
    }
    if (share == 0 || share == 1) {
        return law->count_max;
    }
    double high = fmin(fmax(floor(start), 0.0), law->count_max);
    double step = 1.0;
    double low = -1.0; /* never reached */
    while (high < law->count_max && !has_reached(law, high, share, tail)) {
        low = high;
        high = fmin(high + step, law->count_max);
        step *= 2;
    }
    step = 1.0;
    if (low < 0) {
        double probe = high - step;
        while (probe >= 0 && has_reached(law, probe, share, tail)) {
            high = probe;
            step *= 2;
            probe = high - step;
        }
        low = fmax(probe, -1.0);
    }
    double middle;
    while ((middle = pal_count_between(low, high)) > low) {
        if (has_reached(law, middle, share, tail)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

double pal_poisson_quantile(double share, double mean, enum pal_tail tail)
{
    if (!(mean >= 0) || isinf(mean)) {
        return (double)NAN;
    }
    struct count_law law = {poisson_law, mean, 0.0, (double)INFINITY};
    double z = pal_normal_quantile(share, tail);
    return count_quantile(&law, share, tail, isinf(z) ? 0.0 : mean + z * sqrt(mean));
}

double pal_binomial_quantile(double share, double n, double p, enum pal_tail tail)
{
    if (!(n >= 0) || !(p >= 0 && p <= 1)) {
        return (double)NAN;
    }
    struct count_law law = {pal_binomial_share, n, p, n};
    double z = pal_normal_quantile(share, tail);
    double start = isinf(z) ? 0.0 : n * p + z * sqrt(n * p * (1.0 - p));
    return count_quantile(&law, share, tail, start);
}

double pal_negative_binomial_quantile(double share, double size, double p,
                                      enum pal_tail tail)
{
    if (!(size > 0) || !(p > 0 && p <= 1)) {
        return (double)NAN;
    }
    struct count_law law = {pal_negative_binomial_share, size, p, (double)INFINITY};
    double z = pal_normal_quantile(share, tail);
    double mean = size * (1.0 - p) / p;
    double start = isinf(z) ? 0.0 : mean + z * sqrt(mean / p);
    return count_quantile(&law, share, tail, start);
}

double pal_count_between(double low, double high)
{
    double middle = floor(0.5 * low + 0.5 * high);
    return middle < high ? middle : low;
}
