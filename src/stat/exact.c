/*
 * Exact two-sided p-values and p-values adjusted for many areas.
 *
 * Two-sided: the outcomes whose probability does not exceed that of the one seen times
 * 1 + 1e-7, as R's poisson.test and binom.test sum them. The other tail begins where the
 * density has come down that far; it is found by bisection, since the density falls
 * monotonically away from the mode.
 * Adjusted: Benjamini & Hochberg, JRSS-B 57 (1995) 289; Benjamini & Yekutieli, Ann. Stat. 29
 * (2001) 1165; Holm 1979; Hochberg 1988.
 */
#include <math.h>
#include <stdbool.h>

#include "base/memory.h"
#include "stat/distribution.h"
#include "stat/interval.h"

static const double slack = 1.0 + 1e-7;

struct law {
    double mean; /* Poisson */
    double n;    /* binomial when >= 0 */
    double p;
};

static double density(const struct law *law, double x)
{
    return law->n < 0 ? pal_poisson_density(x, law->mean)
                      : pal_binomial_density(x, law->n, law->p);
}

static double share(const struct law *law, double x, enum pal_tail tail)
{
    return law->n < 0 ? pal_poisson_share(x, law->mean, tail)
                      : pal_binomial_share(x, law->n, law->p, tail);
}

/* First count from `from` upward with density <= limit. */
static double first_above(const struct law *law, double from, double limit)
{
    double low = from - 1.0;
    double high = from;
    double step = 1.0;
    while (density(law, high) > limit) {
        low = high;
        high += step;
        step *= 2;
    }
    double middle;
    while ((middle = pal_count_between(low, high)) > low) {
        if (density(law, middle) > limit) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

/* Last count in -1..from with density <= limit (-1: none). */
static double last_below(const struct law *law, double from, double limit)
{
    double low = -1.0;
    double high = from + 1.0;
    double middle;
    while ((middle = pal_count_between(low, high)) > low) {
        if (density(law, middle) <= limit) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static double two_sided(const struct law *law, double x, double mean)
{
    double limit = density(law, x) * slack;
    if (x == mean) {
        return 1.0;
    }
    double sum;
    if (x < mean) {
        double from = first_above(law, ceil(mean), limit);
        sum = share(law, x, PAL_TAIL_LOWER) + share(law, from - 1.0, PAL_TAIL_UPPER);
    } else {
        double upto = last_below(law, floor(mean), limit);
        sum = share(law, x - 1.0, PAL_TAIL_UPPER) + share(law, upto, PAL_TAIL_LOWER);
    }
    return fmin(sum, 1.0);
}

double pal_poisson_p_value(int64_t count, double mean)
{
    if (mean == 0) {
        return count == 0 ? 1.0 : 0.0;
    }
    struct law law = {.mean = mean, .n = -1.0, .p = 0.0};
    return two_sided(&law, (double)count, mean);
}

double pal_binomial_p_value(int64_t count, int64_t n, double success)
{
    if (success <= 0 || success >= 1) {
        int64_t sure = success <= 0 ? 0 : n;
        return count == sure ? 1.0 : 0.0;
    }
    struct law law = {.mean = 0.0, .n = (double)n, .p = success};
    return two_sided(&law, (double)count, (double)n * success);
}

static void sift_down(const double *p, size_t *order, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count) {
            return;
        }
        if (child + 1 < count && p[order[child]] < p[order[child + 1]]) {
            child++;
        }
        if (p[order[root]] >= p[order[child]]) {
            return;
        }
        size_t held = order[root];
        order[root] = order[child];
        order[child] = held;
        root = child;
    }
}

/* Heap sort of indices by p, ascending: qsort has no context argument. */
static void order_ascending(const double *p, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (size_t i = count / 2; i-- > 0;) {
        sift_down(p, order, i, count);
    }
    for (size_t end = count; end-- > 1;) {
        size_t held = order[0];
        order[0] = order[end];
        order[end] = held;
        sift_down(p, order, 0, end);
    }
}

static void adjust_step_up(const double *p, const size_t *order, size_t count,
                           enum pal_adjust method, double *adjusted)
{
    double n = (double)count;
    double harmonic = 1.0;
    if (method == PAL_ADJUST_BY) {
        harmonic = 0.0;
        for (size_t i = 1; i <= count; i++) {
            harmonic += 1.0 / (double)i;
        }
    }
    double least = 1.0;
    for (size_t i = count; i-- > 0;) {
        double rank = (double)(i + 1);
        double factor =
            method == PAL_ADJUST_HOCHBERG ? n + 1.0 - rank : n / rank * harmonic;
        least = fmin(least, factor * p[order[i]]);
        adjusted[order[i]] = least;
    }
}

static void adjust_holm(const double *p, const size_t *order, size_t count,
                        double *adjusted)
{
    double most = 0.0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, fmin(1.0, (double)(count - i) * p[order[i]]));
        adjusted[order[i]] = most;
    }
}

pal_status pal_adjust_p(const double *p, size_t count, enum pal_adjust method,
                        double *adjusted, struct pal_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!(p[i] >= 0 && p[i] <= 1)) {
            return pal_fail(err, PAL_INPUT, "p-value %zu is %g, not in 0..1", i + 1,
                            p[i]);
        }
    }
    if (count == 0) {
        return PAL_OK;
    }
    size_t *order = pal_alloc_zero(count, sizeof *order);
    if (order == NULL) {
        return pal_fail_memory(err);
    }
    order_ascending(p, order, count);
    switch (method) {
    case PAL_ADJUST_BH:
    case PAL_ADJUST_BY:
    case PAL_ADJUST_HOCHBERG:
        adjust_step_up(p, order, count, method, adjusted);
        break;
    case PAL_ADJUST_HOLM:
        adjust_holm(p, order, count, adjusted);
        break;
    case PAL_ADJUST_BONFERRONI:
        for (size_t i = 0; i < count; i++) {
            adjusted[i] = fmin(1.0, p[i] * (double)count);
        }
        break;
    }
    pal_free(order);
    return PAL_OK;
}
