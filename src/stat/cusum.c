/*
 * CUSUM: Rossi, Lampugnani & Marchi, Stat Med 18 (1999) 2111. C = max(0, C + x - k), alarm
 * when C >= h. Scales of a count y with mean m:
 *   standard (y - m) / sqrt m; Rossi (y - 3 m + 2 sqrt(y m)) / (2 sqrt m);
 *   Anscombe 1.5 (y^(2/3) - m^(2/3)) / m^(1/6), second order with m^(2/3) - m^(-1/3) / 9;
 *   Pearson, negative binomial (y - m) / sqrt(m + alpha m^2).
 * Quirk of surveillance 1.20.3: no reset after an alarm, so that one surge alarms for long and
 * the bound sinks to 0. Its bound is rounded up for the standard scale only, and it gives no
 * inverse of the second-order scale; ours does.
 */
#include "stat/chart.h"

#include <math.h>

static double scaled(double y, double m, const struct pal_cusum *setting)
{
    switch (setting->scale) {
    case PAL_CUSUM_STANDARD:
        return (y - m) / sqrt(m);
    case PAL_CUSUM_ROSSI:
        return (y - 3.0 * m + 2.0 * sqrt(y * m)) / (2.0 * sqrt(m));
    case PAL_CUSUM_ANSCOMBE:
        return 1.5 * (pow(y, 2.0 / 3.0) - pow(m, 2.0 / 3.0)) / pow(m, 1.0 / 6.0);
    case PAL_CUSUM_ANSCOMBE_SECOND: {
        double centre = pow(m, 2.0 / 3.0) - pow(m, -1.0 / 3.0) / 9.0;
        return 1.5 * (pow(y, 2.0 / 3.0) - centre) / pow(m, 1.0 / 6.0);
    }
    case PAL_CUSUM_PEARSON_NB:
        break;
    }
    return (y - m) / sqrt(m + setting->nb_alpha * m * m);
}

/* The count whose scaled value is x. */
static double unscaled(double x, double m, const struct pal_cusum *setting)
{
    double root = sqrt(m);
    double power = pow(m, 2.0 / 3.0);
    switch (setting->scale) {
    case PAL_CUSUM_STANDARD:
        return fmax(0.0, ceil(x * root + m));
    case PAL_CUSUM_ROSSI: {
        double u = sqrt(fmax(0.0, 4.0 * m + 2.0 * x * root)) - root;
        return u > 0 ? u * u : 0.0;
    }
    case PAL_CUSUM_ANSCOMBE:
        return pow(fmax(0.0, x * pow(m, 1.0 / 6.0) / 1.5 + power), 1.5);
    case PAL_CUSUM_ANSCOMBE_SECOND: {
        double centre = power - pow(m, -1.0 / 3.0) / 9.0;
        return pow(fmax(0.0, x * pow(m, 1.0 / 6.0) / 1.5 + centre), 1.5);
    }
    case PAL_CUSUM_PEARSON_NB:
        break;
    }
    return fmax(0.0, x * sqrt(m + setting->nb_alpha * m * m) + m);
}

pal_status pal_cusum_run(const double *counts, const double *expected, size_t count,
                         const struct pal_cusum *setting, struct pal_chart_point *out,
                         struct pal_error *err)
{
    double sum = 0.0;
    for (size_t t = 0; t < count; t++) {
        if (!(counts[t] >= 0) || !(expected[t] > 0) || isinf(counts[t] + expected[t])) {
            return pal_fail(
                err, PAL_INPUT,
                "step %zu: a CUSUM needs counts from 0 on and means above 0", t + 1);
        }
        out[t] = (struct pal_chart_point){.status = PAL_FIT_OK};
        double need = setting->limit - sum + setting->reference;
        out[t].bound = unscaled(need, expected[t], setting);
        sum = fmax(0.0,
                   sum + scaled(counts[t], expected[t], setting) - setting->reference);
        out[t].statistic = sum;
        out[t].is_alarm = sum >= setting->limit;
        if (out[t].is_alarm && setting->is_reset) {
            sum = 0.0;
        }
    }
    return PAL_OK;
}
