/*
 * Likelihood ratio charts for counts: Hohle & Paul, Comput Stat Data Anal 52 (2008) 4357.
 * A change multiplies the mean mu by e^kappa. One step adds
 *   Poisson            kappa y + (1 - e^kappa) mu
 *   negative binomial  kappa y + (y + 1/a) log((1 + a mu) / (1 + a mu e^kappa))
 * to a CUSUM (alarm > limit), or, with kappa unknown, the maximum over the time and the size
 * of the change is taken (alarm >= limit; the two signs are surveillance's). The chart starts
 * anew after an alarm. The reference's negative binomial maximum stops its inner Newton at
 * 1e-6, ours runs on: agreement 1e-5.
 */
#include "stat/chart.h"

#include <math.h>

#include "stat/distribution.h"

static double step_ratio(double y, double mu, double kappa, double a)
{
    if (a == 0) {
        return kappa * y + (1.0 - exp(kappa)) * mu;
    }
    return kappa * y + (y + 1.0 / a) * (log1p(a * mu) - log1p(a * mu * exp(kappa)));
}

static double bounded(double kappa, bool is_decrease)
{
    return is_decrease ? fmin(0.0, kappa) : fmax(0.0, kappa);
}

/* Largest ratio of a change at `from` seen at `to` (both included). The log-likelihood is
 * concave in kappa; Newton's steps are cut to 1. */
static double negative_binomial_ratio(const double *counts, const double *expected,
                                      size_t from, size_t to,
                                      const struct pal_ratio_chart *setting)
{
    double a = setting->nb_alpha;
    double kappa = setting->is_decrease ? -0.5 : 0.5;
    for (int step = 0; step < 200; step++) {
        double score = 0.0;
        double information = 0.0;
        for (size_t i = from; i <= to; i++) {
            double scaled = a * expected[i] * exp(kappa);
            double part = (counts[i] + 1.0 / a) * scaled / (1.0 + scaled);
            score += counts[i] - part;
            information += part / (1.0 + scaled);
        }
        double move = information > 0 ? score / information : 0.0;
        double next =
            bounded(kappa + fmin(fmax(move, -1.0), 1.0), setting->is_decrease);
        bool is_done = fabs(next - kappa) < 1e-12 || next < -50;
        kappa = next;
        if (is_done) {
            break;
        }
    }
    double sum = 0.0;
    for (size_t i = from; i <= to; i++) {
        sum += step_ratio(counts[i], expected[i], kappa, a);
    }
    return sum;
}

/* The steps since the chart's start, the last one being t. */
struct stretch {
    const double *counts;
    const double *expected;
    size_t start;
    size_t t;
};

/* Steps since the start before anything is judged. */
static size_t first_judged(const struct pal_ratio_chart *setting)
{
    bool is_late = setting->window > 0 && setting->nb_alpha == 0;
    return setting->min_steps + (is_late ? 1 : 0);
}

/* Shortest change that is looked for, as the package has it: with a window the charts differ. */
static size_t least_length(const struct pal_ratio_chart *setting)
{
    if (setting->window == 0) {
        return setting->nb_alpha > 0 ? setting->min_steps : 1;
    }
    return setting->nb_alpha > 0 ? setting->min_steps : setting->min_steps + 1;
}

static double largest_ratio(const struct stretch *stretch,
                            const struct pal_ratio_chart *setting)
{
    const double *counts = stretch->counts;
    const double *expected = stretch->expected;
    size_t t = stretch->t;
    double best = 0.0;
    double y = 0.0;
    double mu = 0.0;
    size_t back = 0;
    for (size_t from = t + 1; from-- > stretch->start;) {
        if (setting->window > 0 && back++ > setting->window) {
            break;
        }
        double ratio;
        y += counts[from];
        mu += expected[from];
        bool is_short = t - from + 1 < least_length(setting);
        if (is_short || (setting->is_compat && setting->is_decrease && y == 0 &&
                         setting->nb_alpha == 0)) {
            continue;
        }
        if (setting->nb_alpha > 0) {
            ratio = negative_binomial_ratio(counts, expected, from, t, setting);
        } else {
            double kappa = y > 0 ? log(y / mu) : -(double)INFINITY;
            kappa = bounded(kappa, setting->is_decrease);
            ratio = (y > 0 ? kappa * y : 0.0) + (1.0 - exp(kappa)) * mu;
        }
        best = fmax(best, ratio);
    }
    return best;
}

/* The count at which a known change reaches the limit; the step's ratio is linear in it. */
static double known_bound(double mu, double sum, const struct pal_ratio_chart *setting)
{
    double kappa = setting->kappa;
    double a = setting->nb_alpha;
    double need = setting->limit - sum;
    if (a == 0) {
        return (need + (exp(kappa) - 1.0) * mu) / kappa;
    }
    double part = log1p(a * mu) - log1p(a * mu * exp(kappa));
    return (need - part / a) / (kappa + part);
}

/* Smallest last count that alarms. */
static double least_alarm(double *counts, const struct stretch *stretch,
                          const struct pal_ratio_chart *setting)
{
    double held = counts[stretch->t];
    double low = -1.0;
    double high = floor(setting->cases_max);
    counts[stretch->t] = high;
    bool is_found = largest_ratio(stretch, setting) >= setting->limit;
    double middle;
    while (is_found && (middle = pal_count_between(low, high)) > low) {
        counts[stretch->t] = middle;
        if (largest_ratio(stretch, setting) >= setting->limit) {
            high = middle;
        } else {
            low = middle;
        }
    }
    counts[stretch->t] = held;
    return is_found ? high : (double)INFINITY;
}

pal_status pal_ratio_chart_bounds(double *counts, const double *expected, size_t count,
                                  const struct pal_ratio_chart *setting,
                                  struct pal_chart_point *out, struct pal_error *err)
{
    size_t start = 0;
    pal_status status = pal_ratio_chart_run(counts, expected, count, setting, out, err);
    for (size_t t = 0; status == PAL_OK && setting->is_generalised && t < count; t++) {
        const struct stretch stretch = {counts, expected, start, t};
        bool is_judged = t - start + 1 >= first_judged(setting);
        out[t].bound = is_judged ? least_alarm(counts, &stretch, setting) : 0.0;
        start = out[t].is_alarm ? t + 1 : start;
    }
    return status;
}

pal_status pal_ratio_chart_run(const double *counts, const double *expected,
                               size_t count, const struct pal_ratio_chart *setting,
                               struct pal_chart_point *out, struct pal_error *err)
{
    size_t start = 0;
    double sum = 0.0;
    if (!(setting->nb_alpha >= 0)) {
        return pal_fail(err, PAL_INPUT, "a dispersion is 0 or more, not %g",
                        setting->nb_alpha);
    }
    for (size_t t = 0; t < count; t++) {
        if (!(counts[t] >= 0) || !(expected[t] > 0) || isinf(counts[t] + expected[t])) {
            return pal_fail(
                err, PAL_INPUT,
                "step %zu: the chart needs counts from 0 on and means above 0", t + 1);
        }
        out[t] = (struct pal_chart_point){.status = PAL_FIT_OK};
        if (!setting->is_generalised) {
            out[t].bound = known_bound(expected[t], sum, setting);
            sum +=
                step_ratio(counts[t], expected[t], setting->kappa, setting->nb_alpha);
            sum = fmax(0.0, sum);
            out[t].statistic = sum;
            out[t].is_alarm = sum > setting->limit;
        } else if (t - start + 1 >= first_judged(setting)) {
            const struct stretch stretch = {counts, expected, start, t};
            out[t].statistic = largest_ratio(&stretch, setting);
            out[t].is_alarm = out[t].statistic >= setting->limit;
        }
        if (out[t].is_alarm) {
            sum = 0.0;
            start = t + 1;
        }
    }
    return PAL_OK;
}
