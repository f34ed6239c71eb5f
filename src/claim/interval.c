/*
 * Intervals of figures whose events come in bursts. The dispersion (variance over that of a
 * Poisson count) is read from neighbouring weeks of the same place, so that slow drift does
 * not count as noise: von Neumann, Kent, Bellinson & Hart, Ann. Math. Stat. 12 (1941) 153.
 * Count: gamma interval of Garwood, Biometrika 28 (1936) 437, on count / dispersion. Share:
 * Korn & Graubard, Survey Methodology 24 (1998) 193. Ratio of rates: binomial given the sum.
 * Ratio of shares: Katz, Baptista, Azen & Pike, Biometrics 34 (1978) 469.
 */
#include <math.h>

#include "claim/claim_internal.h"
#include "stat/distribution.h"
#include "stat/special.h"

static const double half = 0.025;

double pal_dispersion_of_counts(const double *counts, const bool *is_whole,
                                size_t count, size_t *pairs)
{
    double sum = 0;
    *pairs = 0;
    for (size_t i = 1; i < count; i++) {
        double both = counts[i] + counts[i - 1];
        if (!is_whole[i] || !is_whole[i - 1] || both <= 0) {
            continue;
        }
        double apart = counts[i] - counts[i - 1];
        sum += apart * apart / both;
        (*pairs)++;
    }
    return *pairs == 0 ? 1 : sum / (double)*pairs;
}

double pal_dispersion_of_shares(const double *hits, const double *bases, size_t count,
                                size_t *pairs)
{
    double sum = 0;
    *pairs = 0;
    for (size_t i = 1; i < count; i++) {
        double base = bases[i] + bases[i - 1];
        double share = base > 0 ? (hits[i] + hits[i - 1]) / base : 0;
        if (bases[i] <= 0 || bases[i - 1] <= 0 || share <= 0 || share >= 1 || base < 2) {
            continue;
        }
        double apart = hits[i] / bases[i] - hits[i - 1] / bases[i - 1];
        double spread = share * (1 - share) * (1 / bases[i] + 1 / bases[i - 1]);
        sum += apart * apart / spread * (base - 1) / base;
        (*pairs)++;
    }
    return *pairs == 0 ? 1 : sum / (double)*pairs;
}

struct pal_interval pal_claim_count_interval(double count, double dispersion)
{
    double n = count / dispersion;
    struct pal_interval out = {0, 0};
    if (n > 0) {
        out.low = dispersion * pal_gamma_inverse(n, half, PAL_TAIL_LOWER);
    }
    out.high = dispersion * pal_gamma_inverse(n + 1, half, PAL_TAIL_UPPER);
    return out;
}

struct pal_interval pal_claim_share_interval(double part, double whole,
                                             double dispersion)
{
    double x = part / dispersion;
    double rest = (whole - part) / dispersion;
    struct pal_interval out = {0, 1};
    if (x > 0) {
        out.low = pal_beta_inverse(x, rest + 1, half, PAL_TAIL_LOWER, NULL);
    }
    if (rest > 0) {
        out.high = pal_beta_inverse(x + 1, rest, half, PAL_TAIL_UPPER, NULL);
    }
    return out;
}

struct pal_interval pal_claim_rate_ratio(double count_a, double time_a, double count_b,
                                         double time_b, double dispersion)
{
    double a = count_a / dispersion;
    double b = count_b / dispersion;
    double times = time_b / time_a;
    double rest = 0;
    struct pal_interval out = {0, (double)INFINITY};
    if (a <= 0 && b <= 0) {
        return (struct pal_interval){(double)NAN, (double)NAN};
    }
    if (a > 0) {
        double part = pal_beta_inverse(a, b + 1, half, PAL_TAIL_LOWER, &rest);
        out.low = part / rest * times;
    }
    if (b > 0) {
        double part = pal_beta_inverse(a + 1, b, half, PAL_TAIL_UPPER, &rest);
        out.high = part / rest * times;
    }
    return out;
}

struct pal_interval pal_claim_share_ratio(double part_a, double whole_a, double part_b,
                                          double whole_b, double dispersion)
{
    if (part_a <= 0 || part_b <= 0) {
        return (struct pal_interval){(double)NAN, (double)NAN};
    }
    double ratio = part_a / whole_a / (part_b / whole_b);
    double variance = 1 / part_a - 1 / whole_a + 1 / part_b - 1 / whole_b;
    double width = pal_normal_quantile(half, PAL_TAIL_UPPER) *
                   sqrt(variance > 0 ? dispersion * variance : 0);
    return (struct pal_interval){ratio * exp(-width), ratio * exp(width)};
}
