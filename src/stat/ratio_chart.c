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

static double largest_ratio(const double *counts, const double *expected, size_t start,
                            size_t t, const struct pal_ratio_chart *setting)
{
    double best = 0.0;
    double y = 0.0;
    double mu = 0.0;
    size_t back = 0;
    for (size_t from = t + 1; from-- > start;) {
        if (setting->window > 0 && back++ >= setting->window) {
            break;
        }
        double ratio;
        y += counts[from];
        mu += expected[from];
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
            sum +=
                step_ratio(counts[t], expected[t], setting->kappa, setting->nb_alpha);
            sum = fmax(0.0, sum);
            out[t].statistic = sum;
            out[t].is_alarm = sum > setting->limit;
        } else if (setting->window == 0 || t - start >= setting->min_steps) {
            out[t].statistic = largest_ratio(counts, expected, start, t, setting);
            out[t].is_alarm = out[t].statistic >= setting->limit;
        }
        if (out[t].is_alarm) {
            sum = 0.0;
            start = t + 1;
        }
    }
    return PAL_OK;
}
