/*
 * Score intervals: all null values whose standardised distance from what was seen stays below
 * the quantile, with the variance under the null value (Rao; Wilson 1927 is the binomial
 * case). With M the mean under the null value and u units the variance of a count is
 *   quasi phi M; negative binomial M + M^2 / (u theta).
 * Rate ratio: the common rate under ratio r is (a + b) / (r t_a + t_b); for quasi-Poisson
 * this is Wilson's interval of a among a + b, carried over to p / (1 - p) t_b / t_a.
 * Difference of shares: Newcombe, Stat Med 17 (1998) 873, method 10. An estimated dispersion
 * takes Student's t in place of the normal (McCullagh & Nelder 1989, section 9.2).
 */
#include <math.h>
#include <stdbool.h>

#include "stat/dispersion.h"
#include "stat/distribution.h"

static pal_status check(const struct pal_dispersion *dispersion, double level,
                        struct pal_error *err)
{
    enum pal_spread spread = dispersion->spread;
    bool is_known =
        dispersion->status == PAL_FIT_OK || dispersion->status == PAL_FIT_EQUIDISPERSED;
    if (!(level > 0 && level < 1)) {
        return pal_fail(err, PAL_INPUT, "a level lies between 0 and 1, not %g", level);
    }
    if (!is_known) {
        return pal_fail(err, PAL_INPUT, "the dispersion is not known: %s",
                        pal_fit_status_text(dispersion->status));
    }
    if (spread != PAL_SPREAD_NONE &&
        (!(dispersion->value > 0) || isinf(dispersion->value) ||
         !(dispersion->df >= 0))) {
        return pal_fail(err, PAL_INPUT, "a dispersion of %g with %g degrees of freedom",
                        dispersion->value, dispersion->df);
    }
    return PAL_OK;
}

static double quantile(const struct pal_dispersion *dispersion, double level)
{
    double half = 0.5 * (1.0 - level);
    return dispersion->spread != PAL_SPREAD_NONE && dispersion->df > 0
               ? pal_t_quantile(half, dispersion->df, PAL_TAIL_UPPER)
               : pal_normal_quantile(half, PAL_TAIL_UPPER);
}

static double two_sided(const struct pal_dispersion *dispersion, double z)
{
    return fmin(1.0, 2.0 * (dispersion->spread != PAL_SPREAD_NONE && dispersion->df > 0
                                ? pal_t_share(fabs(z), dispersion->df, PAL_TAIL_UPPER)
                                : pal_normal_share(fabs(z), PAL_TAIL_UPPER)));
}

static pal_status check_total(const struct pal_total *total,
                              const struct pal_dispersion *dispersion,
                              struct pal_error *err)
{
    if (dispersion->spread == PAL_SPREAD_BETA_BINOMIAL) {
        return pal_fail(err, PAL_INPUT, "a beta-binomial dispersion is one of shares");
    }
    if (total->count < 0 || !(total->exposure > 0) || isinf(total->exposure) ||
        !(total->units > 0)) {
        return pal_fail(err, PAL_INPUT, "a count of %lld over %g in %g units",
                        (long long)total->count, total->exposure, total->units);
    }
    return PAL_OK;
}

/* Variance of a total whose mean is `mean`. */
static double variance_of(const struct pal_dispersion *dispersion, double mean,
                          double units)
{
    switch (dispersion->spread) {
    case PAL_SPREAD_QUASI:
        return dispersion->value * mean;
    case PAL_SPREAD_NEGATIVE_BINOMIAL:
        return mean + mean * mean / (units * dispersion->value);
    case PAL_SPREAD_NONE:
    case PAL_SPREAD_BETA_BINOMIAL:
        break;
    }
    return mean;
}

pal_status pal_interval_rate_dispersed(const struct pal_total *total,
                                       const struct pal_dispersion *dispersion,
                                       double level, struct pal_interval *out,
                                       struct pal_error *err)
{
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check(dispersion, level, err);
    status = status == PAL_OK ? check_total(total, dispersion, err) : status;
    if (status != PAL_OK) {
        return status;
    }
    double y = (double)total->count;
    double z = quantile(dispersion, level);
    double linear = dispersion->spread == PAL_SPREAD_QUASI ? dispersion->value : 1.0;
    double square = dispersion->spread == PAL_SPREAD_NEGATIVE_BINOMIAL
                        ? 1.0 / (total->units * dispersion->value)
                        : 0.0;
    /* (y - M)^2 = z^2 (linear M + square M^2); the product of the roots is y^2 / lead */
    double lead = 1.0 - z * z * square;
    double middle = y + 0.5 * z * z * linear;
    double root = sqrt(fmax(0.0, middle * middle - lead * y * y));
    out->low = y * y / (middle + root) / total->exposure;
    out->high = lead > 0 ? (middle + root) / lead / total->exposure : (double)INFINITY;
    return PAL_OK;
}

/* How many standard deviations the counts lie from a ratio of `ratio`. */
static double ratio_score(const struct pal_total totals[2],
                          const struct pal_dispersion *dispersion, double ratio)
{
    double ta = totals[0].exposure;
    double tb = totals[1].exposure;
    double a = (double)totals[0].count;
    double b = (double)totals[1].count;
    double rate = (a + b) / (ratio * ta + tb);
    double of_a = variance_of(dispersion, ratio * rate * ta, totals[0].units);
    double of_b = variance_of(dispersion, rate * tb, totals[1].units);
    return (a / ta - ratio * b / tb) /
           sqrt(of_a / (ta * ta) + ratio * ratio * of_b / (tb * tb));
}

/* Where the score is z; it falls as the ratio grows. */
static double solve_ratio(const struct pal_total totals[2],
                          const struct pal_dispersion *dispersion, double z)
{
    double low = -100.0; /* logarithms: 4e-44 to 3e43 */
    double high = 100.0;
    for (int step = 0; step < 200 && high - low > 1e-14; step++) {
        double middle = 0.5 * (low + high);
        if (ratio_score(totals, dispersion, exp(middle)) > z) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return exp(0.5 * (low + high));
}

pal_status pal_rate_ratio_dispersed(const struct pal_total totals[2],
                                    const struct pal_dispersion *dispersion,
                                    double level, struct pal_rate_ratio *out,
                                    struct pal_error *err)
{
    *out = (struct pal_rate_ratio){.status = PAL_FIT_NO_EVENT};
    pal_status status = check(dispersion, level, err);
    for (int k = 0; status == PAL_OK && k < 2; k++) {
        status = check_total(&totals[k], dispersion, err);
    }
    if (status != PAL_OK || totals[0].count + totals[1].count == 0) {
        return status;
    }
    double z = quantile(dispersion, level);
    double a = (double)totals[0].count / totals[0].exposure;
    double b = (double)totals[1].count / totals[1].exposure;
    out->status = PAL_FIT_OK;
    out->ratio = totals[1].count > 0 ? a / b : (double)INFINITY;
    out->interval.low = totals[0].count > 0 ? solve_ratio(totals, dispersion, z) : 0.0;
    out->interval.high =
        totals[1].count > 0 ? solve_ratio(totals, dispersion, -z) : (double)INFINITY;
    out->p_value = two_sided(dispersion, ratio_score(totals, dispersion, 1.0));
    return PAL_OK;
}

/* By what the variance of a share is larger than a binomial one's. */
static pal_status share_factor(const struct pal_part *part,
                               const struct pal_dispersion *dispersion, double *out,
                               struct pal_error *err)
{
    *out = 1.0;
    if (part->whole <= 0 || part->part < 0 || part->part > part->whole ||
        !(part->units > 0)) {
        return pal_fail(err, PAL_INPUT, "%lld of %lld in %g units is no share",
                        (long long)part->part, (long long)part->whole, part->units);
    }
    if (dispersion->spread == PAL_SPREAD_NEGATIVE_BINOMIAL) {
        return pal_fail(err, PAL_INPUT,
                        "a negative binomial dispersion is one of counts");
    }
    if (dispersion->spread == PAL_SPREAD_QUASI) {
        *out = dispersion->value;
    } else if (dispersion->spread == PAL_SPREAD_BETA_BINOMIAL) {
        double size = (double)part->whole / part->units;
        *out = fmax(1.0, 1.0 + (size - 1.0) * dispersion->value);
    }
    return PAL_OK;
}

static struct pal_interval wilson(double part, double whole, double factor, double z)
{
    double n = whole / factor;
    double share = part / whole;
    double centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    double half =
        z / (1.0 + z * z / n) * sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    struct pal_interval out = {fmax(0.0, centre - half), fmin(1.0, centre + half)};
    out.low = part == 0 ? 0.0 : out.low;
    out.high = part == whole ? 1.0 : out.high;
    return out;
}

pal_status pal_interval_share_dispersed(const struct pal_part *part,
                                        const struct pal_dispersion *dispersion,
                                        double level, struct pal_interval *out,
                                        struct pal_error *err)
{
    double factor;
    *out = (struct pal_interval){0.0, 0.0};
    pal_status status = check(dispersion, level, err);
    status = status == PAL_OK ? share_factor(part, dispersion, &factor, err) : status;
    if (status == PAL_OK) {
        *out = wilson((double)part->part, (double)part->whole, factor,
                      quantile(dispersion, level));
    }
    return status;
}

pal_status pal_share_difference(const struct pal_part parts[2],
                                const struct pal_dispersion *dispersion, double level,
                                struct pal_share_difference *out, struct pal_error *err)
{
    static const struct pal_dispersion none = {PAL_FIT_OK, PAL_SPREAD_NONE, 0.0, 0.0};
    const struct pal_dispersion *used = dispersion != NULL ? dispersion : &none;
    struct pal_interval intervals[2];
    double shares[2];
    double factors[2];
    *out = (struct pal_share_difference){0};
    pal_status status = check(used, level, err);
    for (int k = 0; status == PAL_OK && k < 2; k++) {
        status = share_factor(&parts[k], used, &factors[k], err);
        shares[k] =
            status == PAL_OK ? (double)parts[k].part / (double)parts[k].whole : 0;
    }
    if (status != PAL_OK) {
        return status;
    }
    double z = quantile(used, level);
    for (int k = 0; k < 2; k++) {
        intervals[k] =
            wilson((double)parts[k].part, (double)parts[k].whole, factors[k], z);
    }
    out->difference = shares[0] - shares[1];
    out->interval.low = out->difference - hypot(shares[0] - intervals[0].low,
                                                intervals[1].high - shares[1]);
    out->interval.high = out->difference + hypot(intervals[0].high - shares[0],
                                                 shares[1] - intervals[1].low);
    double whole = (double)parts[0].whole + (double)parts[1].whole;
    double pooled = ((double)parts[0].part + (double)parts[1].part) / whole;
    double variance =
        pooled * (1.0 - pooled) *
        (factors[0] / (double)parts[0].whole + factors[1] / (double)parts[1].whole);
    out->p_value =
        variance > 0 ? two_sided(used, out->difference / sqrt(variance)) : 1.0;
    return PAL_OK;
}
