/*
 * How much more the counts of days vary than those of a Poisson law: alpha of a negative
 * binomial with variance mean + alpha mean^2, from days whose means are known.
 */
#include <math.h>

#include "detect/baseline_internal.h"
#include "stat/special.h"

enum { SECTION_COUNT = 20, COUNT_TABLE = 256, MOMENT_STEP_MAX = 60 };

/* A day's squared residual counts for at most this in moments: days of surges are few and may
 * be huge. */
static const double square_max = 16;
static const double alpha_max = 1e4;

/* ---- by moments ---- */

static double capped_sum(const struct pal_told_days *told, double alpha)
{
    double sum = 0;
    for (size_t i = 0; i < told->count; i++) {
        double mean = told->means[i];
        double residual = told->counts[i] - mean;
        sum += fmin(residual * residual / (mean + alpha * mean * mean), square_max);
    }
    return sum;
}

/* By false position; an end that stays has its value halved (Dowell & Jarratt 1971, BIT
 * 11:168). */
double pal_alpha_by_moments(const struct pal_told_days *told)
{
    double df = (double)told->count;
    df -= fmin(12, df / 4);
    double low = 0;
    double high = 1;
    double at_low = capped_sum(told, low) - df;
    double at_high = capped_sum(told, high) - df;
    if (at_low <= 0) {
        return 0;
    }
    while (high < alpha_max && at_high > 0) {
        low = high;
        at_low = at_high;
        high *= 4;
        at_high = capped_sum(told, high) - df;
    }
    if (at_high > 0) {
        return high;
    }
    int stays = 0; /* -1: low has moved, 1: high has */
    double alpha = high;
    for (int i = 0; i < MOMENT_STEP_MAX; i++) {
        alpha = (low * at_high - high * at_low) / (at_high - at_low);
        double at = capped_sum(told, alpha) - df;
        if (fabs(at) <= 1e-10 * df || high - low <= 1e-12 * high) {
            break;
        }
        if (at > 0) {
            low = alpha;
            at_low = at;
            at_high *= stays == -1 ? 0.5 : 1;
            stays = -1;
        } else {
            high = alpha;
            at_high = at;
            at_low *= stays == 1 ? 0.5 : 1;
            stays = 1;
        }
    }
    return alpha;
}

/* ---- by likelihood ---- */

/* How many days have each small count: their gamma functions are sums of logarithms that all
 * days share. */
struct tally {
    const struct pal_told_days *told;
    double total;
    size_t largest; /* of the counts in the table */
    uint32_t days_with[COUNT_TABLE];
};

static bool is_in_table(double count)
{
    return count < COUNT_TABLE && count == floor(count);
}

static void tally_days(const struct pal_told_days *told, struct tally *out)
{
    *out = (struct tally){.told = told};
    for (size_t i = 0; i < told->count; i++) {
        double count = told->counts[i];
        out->total += count;
        if (is_in_table(count)) {
            size_t whole = (size_t)count;
            out->days_with[whole]++;
            out->largest = whole > out->largest ? whole : out->largest;
        }
    }
}

/* Log-likelihood of alpha, up to what does not depend on it. */
static double likelihood(const struct tally *tally, double alpha)
{
    const struct pal_told_days *told = tally->told;
    double size = 1 / alpha;
    double sum = tally->total * log(alpha);
    double rising = 0; /* log gamma(count + size) - log gamma(size) */
    for (size_t i = 0; i < told->count; i++) {
        double count = told->counts[i];
        sum -= (count + size) * log1p(alpha * told->means[i]);
        if (!is_in_table(count)) {
            sum += pal_log_gamma(count + size) - pal_log_gamma(size);
        }
    }
    for (size_t count = 1; count <= tally->largest; count++) {
        rising += log(size + (double)(count - 1));
        sum += tally->days_with[count] * rising;
    }
    return sum;
}

/* Golden section over the logarithm. */
double pal_alpha_likely(const struct pal_told_days *told)
{
    static const double section = 0.6180339887498949;
    struct tally tally;
    double low = -6;
    double high = 7;
    double a = high - section * (high - low);
    double b = low + section * (high - low);
    tally_days(told, &tally);
    double at_a = likelihood(&tally, exp(a));
    double at_b = likelihood(&tally, exp(b));
    for (int i = 0; i < SECTION_COUNT; i++) {
        if (at_a < at_b) {
            low = a;
            a = b;
            at_a = at_b;
            b = low + section * (high - low);
            at_b = likelihood(&tally, exp(b));
        } else {
            high = b;
            b = a;
            at_b = at_a;
            a = high - section * (high - low);
            at_a = likelihood(&tally, exp(a));
        }
    }
    return low <= -5.9 ? 0 : exp((low + high) / 2);
}
