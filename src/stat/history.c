/*
 * Detectors that compare a step with the same season of years before.
 *
 * Bayes: Riebler 2004 (gamma prior, predictive negative binomial): bound
 *   qnbinom(1 - alpha, sum + 1/2, n / (n + 1)). A good fall-back for sparse series.
 * RKI: mean + 2 sd above a mean of 20, else a table of Poisson bounds at the whole part of
 *   the mean.
 * CDC: Stroup, Williamson, Herndon & Karon, Stat Med 8 (1989) 323: sums of four weeks, three
 *   months a year; bound mean + z sd sqrt(1 + 1/n), two-sided alpha.
 * outbreakP: Frisen & Andersson, Sequential Analysis 28 (2009) 71: product of
 *   (isotonic / mean)^count; isotonic regression by pooling adjacent violators.
 */
#include <math.h>

#include "stat/chart.h"
#include "stat/distribution.h"
#include "stat/glm.h"

struct moments {
    double n;
    double sum;
    double square; /* about the mean, by Welford's update */
    double mean;
};

static void add(struct moments *m, double value)
{
    m->n += 1.0;
    m->sum += value;
    double change = value - m->mean;
    m->mean += change / m->n;
    m->square += change * (value - m->mean);
}

/* False when the series does not reach back far enough. */
static bool gather(const double *counts, size_t at, const struct pal_history *history,
                   struct moments *out)
{
    size_t w = history->half_window;
    *out = (struct moments){0};
    if (history->has_recent) {
        if (at < w) {
            return false;
        }
        for (size_t i = at - w; i < at; i++) {
            add(out, counts[i]);
        }
    }
    for (size_t year = 1; year <= history->years_back; year++) {
        size_t back = year * history->frequency;
        if (at < back + w || back < w) {
            return false;
        }
        for (size_t i = at - back - w; i <= at - back + w; i++) {
            add(out, counts[i]);
        }
    }
    /* not Welford's running mean: a mean of exactly 1 must not come out below 1 */
    out->mean = out->sum / out->n;
    return out->n > 0;
}

struct pal_chart_point pal_bayes_judge(const double *counts, size_t count, size_t at,
                                       const struct pal_history *history)
{
    struct pal_chart_point out = {.status = PAL_FIT_TOO_FEW};
    struct moments m;
    if (at >= count || !gather(counts, at, history, &m)) {
        return out;
    }
    out.status = PAL_FIT_OK;
    out.bound = pal_negative_binomial_quantile(history->alpha, m.sum + 0.5,
                                               m.n / (m.n + 1.0), PAL_TAIL_UPPER);
    out.is_alarm = counts[at] > out.bound;
    return out;
}

struct pal_chart_point pal_rki_judge(const double *counts, size_t count, size_t at,
                                     const struct pal_history *history)
{
    static const double table[] = {3.285,  5.323,  6.686,  8.102,  9.598,  11.177,
                                   12.817, 13.765, 14.921, 16.768, 17.633, 19.05,
                                   20.335, 21.364, 22.945, 23.762, 25.4,   26.306,
                                   27.735, 28.966, 30.017};
    struct pal_chart_point out = {.status = PAL_FIT_TOO_FEW};
    struct moments m;
    if (at >= count || !gather(counts, at, history, &m) || m.n < 2) {
        return out;
    }
    out.status = PAL_FIT_OK;
    out.bound = m.mean > 20 ? m.mean + 2.0 * sqrt(m.square / (m.n - 1.0))
                            : table[(size_t)fmin(floor(m.mean), 20)];
    out.is_alarm = counts[at] > out.bound;
    return out;
}

static double four_steps(const double *counts, size_t first)
{
    return counts[first] + counts[first + 1] + counts[first + 2] + counts[first + 3];
}

struct pal_chart_point pal_cdc_judge(const double *counts, size_t count, size_t at,
                                     const struct pal_history *history)
{
    struct pal_chart_point out = {.status = PAL_FIT_TOO_FEW};
    struct moments m = {0};
    size_t months = history->half_window;
    size_t reach = 4 * months + 3;
    if (at >= count || history->frequency < 4 * months + 4 ||
        at < history->years_back * history->frequency + reach) {
        return out;
    }
    for (size_t year = 1; year <= history->years_back; year++) {
        size_t first = at - year * history->frequency - reach;
        for (size_t block = 0; block < 2 * months + 1; block++) {
            add(&m, four_steps(counts, first + 4 * block));
        }
    }
    if (m.n < 2) {
        return out;
    }
    double z = pal_normal_quantile(0.5 * history->alpha, PAL_TAIL_UPPER);
    double sd = sqrt(m.square / (m.n - 1.0));
    out.status = PAL_FIT_OK;
    out.bound = m.mean + z * sd * sqrt(1.0 + 1.0 / m.n);
    out.statistic = four_steps(counts, at - 3);
    out.is_alarm = out.statistic > out.bound;
    return out;
}

struct block {
    double sum;
    double count;
};

pal_status pal_outbreak_run(const double *counts, struct pal_outbreak_steps steps,
                            double limit, struct pal_chart_point *out,
                            struct pal_error *err)
{
    struct pal_arena arena;
    void *memory = NULL;
    double total = 0.0;
    size_t block_count = 0;
    pal_arena_init(&arena, PAL_SCRATCH_MAX);
    pal_status status =
        pal_arena_alloc(&arena, steps.count, sizeof(struct block), &memory, err);
    struct block *blocks = memory;
    for (size_t t = 0; status == PAL_OK && t < steps.count; t++) {
        if (!(counts[t] >= 0) || isinf(counts[t])) {
            status =
                pal_fail(err, PAL_INPUT, "step %zu: %g is no count", t + 1, counts[t]);
            break;
        }
        /* one more value pools from the right only, so blocks are carried on */
        total += counts[t];
        blocks[block_count++] = (struct block){counts[t], 1.0};
        while (block_count > 1 &&
               blocks[block_count - 2].sum * blocks[block_count - 1].count >=
                   blocks[block_count - 1].sum * blocks[block_count - 2].count) {
            blocks[block_count - 2].sum += blocks[block_count - 1].sum;
            blocks[block_count - 2].count += blocks[block_count - 1].count;
            block_count--;
        }
        if (t < steps.first) {
            continue;
        }
        double mean = total / (double)(t + 1);
        double log_ratio = 0.0;
        for (size_t k = 0; k < block_count; k++) {
            if (blocks[k].sum > 0) {
                log_ratio +=
                    blocks[k].sum * log(blocks[k].sum / blocks[k].count / mean);
            }
        }
        out[t] = (struct pal_chart_point){.status = PAL_FIT_OK, .bound = limit};
        out[t].statistic = exp(log_ratio);
        out[t].is_alarm = out[t].statistic > limit;
    }
    pal_arena_clear(&arena);
    return status;
}
