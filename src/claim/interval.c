/*
 * Intervals of figures whose events come in bursts. The dispersion (variance over that of a
 * Poisson count) is read from neighbouring weeks of the same place, so that slow drift does
 * not count as noise: von Neumann, Kent, Bellinson & Hart, Ann. Math. Stat. 12 (1941) 153;
 * such an estimate is worth two thirds of its pairs. The intervals are room stat's.
 * Ratio of shares: Katz, Baptista, Azen & Pike, Biometrics 34 (1978) 469.
 */
#include <math.h>

#include "claim/claim_internal.h"
#include "stat/distribution.h"

static const double level = 0.95;

enum { NEIGHBOUR_PAIRS_MIN = 8 };

static struct pal_dispersion dispersion_of(double sum, size_t pairs)
{
    struct pal_dispersion out = {.status = PAL_FIT_TOO_FEW, .value = 1};
    double value = pairs == 0 ? 1 : sum / (double)pairs;
    if (pairs < NEIGHBOUR_PAIRS_MIN) {
        return out;
    }
    out.status = value > 1 ? PAL_FIT_OK : PAL_FIT_EQUIDISPERSED;
    out.spread = value > 1 ? PAL_SPREAD_QUASI : PAL_SPREAD_NONE;
    out.value = value > 1 ? value : 1;
    out.df = 2.0 / 3 * (double)pairs;
    return out;
}

struct pal_dispersion pal_neighbour_counts(const double *counts, const bool *is_whole,
                                           size_t count)
{
    double sum = 0;
    size_t pairs = 0;
    for (size_t i = 1; i < count; i++) {
        double both = counts[i] + counts[i - 1];
        if (!is_whole[i] || !is_whole[i - 1] || both <= 0) {
            continue;
        }
        double apart = counts[i] - counts[i - 1];
        sum += apart * apart / both;
        pairs++;
    }
    return dispersion_of(sum, pairs);
}

struct pal_dispersion pal_neighbour_shares(const double *hits, const double *bases,
                                           size_t count)
{
    double sum = 0;
    size_t pairs = 0;
    for (size_t i = 1; i < count; i++) {
        double base = bases[i] + bases[i - 1];
        double share = base > 0 ? (hits[i] + hits[i - 1]) / base : 0;
        if (bases[i] <= 0 || bases[i - 1] <= 0 || share <= 0 || share >= 1) {
            continue;
        }
        double apart = hits[i] / bases[i] - hits[i - 1] / bases[i - 1];
        double spread = share * (1 - share) * (1 / bases[i] + 1 / bases[i - 1]);
        /* Given the sum of both, the variance is that of drawing without putting back. */
        sum += apart * apart / spread * (base - 1) / base;
        pairs++;
    }
    return dispersion_of(sum, pairs);
}

struct pal_dispersion pal_dispersion_wider(struct pal_dispersion a,
                                           struct pal_dispersion b)
{
    if (b.spread == PAL_SPREAD_NONE) {
        return a;
    }
    return a.spread == PAL_SPREAD_NONE || b.value > a.value ? b : a;
}

pal_status pal_claim_count_interval(int64_t count, double exposure,
                                    const struct pal_dispersion *dispersion,
                                    struct pal_interval *out, struct pal_error *err)
{
    struct pal_total total = {count, exposure, 1};
    if (dispersion->spread != PAL_SPREAD_NONE) {
        return pal_interval_rate_dispersed(&total, dispersion, level, out, err);
    }
    pal_status st = pal_interval_count(count, level, out, err);
    out->low /= exposure;
    out->high /= exposure;
    return st;
}

pal_status pal_claim_share_interval(int64_t part, int64_t whole,
                                    const struct pal_dispersion *dispersion,
                                    struct pal_interval *out, struct pal_error *err)
{
    struct pal_part share = {part, whole, 1};
    return dispersion->spread != PAL_SPREAD_NONE
               ? pal_interval_share_dispersed(&share, dispersion, level, out, err)
               : pal_interval_share_exact(part, whole, level, out, err);
}

pal_status pal_claim_rate_ratio(const struct pal_total totals[2],
                                const struct pal_dispersion *dispersion,
                                struct pal_interval *out, struct pal_error *err)
{
    struct pal_rate_ratio ratio = {.status = PAL_FIT_OK};
    *out = (struct pal_interval){(double)NAN, (double)NAN};
    if (totals[0].count == 0 && totals[1].count == 0) {
        return PAL_OK;
    }
    pal_status st =
        dispersion->spread != PAL_SPREAD_NONE
            ? pal_rate_ratio_dispersed(totals, dispersion, level, &ratio, err)
            : pal_rate_ratio(totals[0].count, totals[0].exposure, totals[1].count,
                             totals[1].exposure, level, &ratio);
    if (st != PAL_OK) {
        return pal_fail(err, st, "the ratio of two rates could not be computed");
    }
    *out = ratio.interval;
    return PAL_OK;
}

struct pal_interval pal_claim_share_ratio(double part_a, double whole_a, double part_b,
                                          double whole_b,
                                          const struct pal_dispersion *dispersion)
{
    if (part_a <= 0 || part_b <= 0) {
        return (struct pal_interval){(double)NAN, (double)NAN};
    }
    bool is_wider = dispersion->spread != PAL_SPREAD_NONE;
    double factor = is_wider ? dispersion->value : 1;
    double quantile = is_wider && dispersion->df > 0
                          ? pal_t_quantile(0.025, dispersion->df, PAL_TAIL_UPPER)
                          : pal_normal_quantile(0.025, PAL_TAIL_UPPER);
    double ratio = part_a / whole_a / (part_b / whole_b);
    double variance = 1 / part_a - 1 / whole_a + 1 / part_b - 1 / whole_b;
    double width = quantile * sqrt(variance > 0 ? factor * variance : 0);
    return (struct pal_interval){ratio * exp(-width), ratio * exp(width)};
}
