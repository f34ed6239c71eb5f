/*
 * CUSUM: Rossi, Lampugnani & Marchi, Stat Med 18 (1999) 2111. C = max(0, C + x - k), alarm
 * when C >= h. Scales of a count y with mean m:
 *   standard (y - m) / sqrt m; Rossi (y - 3 m + 2 sqrt(y m)) / (2 sqrt m);
 *   Anscombe 1.5 (y^(2/3) - m^(2/3)) / m^(1/6), second order with m^(2/3) - m^(-1/3) / 9;
 *   Pearson, negative binomial (y - m) / sqrt(m + alpha m^2); Anscombe, negative binomial
 *   1.5 (y^(2/3) F(-alpha y) - m^(2/3) F(-alpha m)) / (m + alpha m^2)^(1/6),
 *   F(z) = 2F1(1/3, 2/3; 5/3; z).
 * Quirk of surveillance 1.20.3: no reset after an alarm, so that one surge alarms for long and
 * the bound sinks to 0. Its bound is rounded up for the standard scale only, is no inverse of
 * the second-order scale (m^(1/3) for m^(-1/3)), and takes a root's sign away below the bound
 * of Rossi's; is_compat does the same. It reads 2F1 off a table; ours is exact.
 */
#include "stat/chart.h"

#include <math.h>

/* 2F1(1/3, 2/3; 5/3; -x). Up to 8 by Pfaff's transformation: (1 + x)^(-1/3) 2F1(1/3, 1; 5/3;
 * w) with w = x / (1 + x) (Abramowitz & Stegun 15.3.4), whose terms are all positive. Beyond,
 * in powers of 1 / x (15.3.7): 2 x^(-1/3) 2F1(1/3, -1/3; 2/3; -1 / x), as Gamma(5/3) Gamma(1/3)
 * is 2 Gamma(2/3) Gamma(4/3), and a term in x^(-2/3) alone. */
static double hypergeometric(double x)
{
    double w = x / (1.0 + x);
    double term = 1.0;
    double sum = 1.0;
    if (x > 8.0) {
        /* Gamma(5/3) Gamma(-1/3) / Gamma(1/3) */
        const double last = -1.3689268119594515;
        for (int n = 0; n < 60; n++) {
            term *=
                -(1.0 / 3.0 + n) * (-1.0 / 3.0 + n) / ((2.0 / 3.0 + n) * (1.0 + n) * x);
            sum += term;
        }
        return 2.0 / cbrt(x) * sum + last * pow(x, -2.0 / 3.0);
    }
    for (int n = 0; n < 5000 && term * x > 1e-17 * sum; n++) {
        term *= (1.0 / 3.0 + n) / (5.0 / 3.0 + n) * w;
        sum += term;
    }
    return sum / cbrt(1.0 + x);
}

static double anscombe_nb(double y, double m, double a)
{
    double high = pow(y, 2.0 / 3.0) * hypergeometric(a * y);
    double low = pow(m, 2.0 / 3.0) * hypergeometric(a * m);
    return 1.5 * (high - low) / pow(m + a * m * m, 1.0 / 6.0);
}

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
        return (y - m) / sqrt(m + setting->nb_alpha * m * m);
    case PAL_CUSUM_ANSCOMBE_NB:
        return anscombe_nb(y, m, setting->nb_alpha);
    case PAL_CUSUM_NONE:
        break;
    }
    return y;
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
        double radicand = 4.0 * m + 2.0 * x * root;
        double u = sqrt(fmax(0.0, radicand)) - root;
        /* far below the limit any count alarms; the package squares the sign away */
        return u > 0 || (setting->is_compat && radicand >= 0) ? u * u : 0.0;
    }
    case PAL_CUSUM_ANSCOMBE:
        return pow(fmax(0.0, x * pow(m, 1.0 / 6.0) / 1.5 + power), 1.5);
    case PAL_CUSUM_ANSCOMBE_SECOND: {
        double centre =
            power - pow(m, setting->is_compat ? 1.0 / 3.0 : -1.0 / 3.0) / 9.0;
        return pow(fmax(0.0, x * pow(m, 1.0 / 6.0) / 1.5 + centre), 1.5);
    }
    case PAL_CUSUM_PEARSON_NB:
        return fmax(0.0, x * sqrt(m + setting->nb_alpha * m * m) + m);
    case PAL_CUSUM_ANSCOMBE_NB:
    case PAL_CUSUM_NONE:
        break;
    }
    return 0.0; /* set from the sum, as the reference does */
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
        if (setting->scale == PAL_CUSUM_ANSCOMBE_NB ||
            setting->scale == PAL_CUSUM_NONE) {
            out[t].bound = fmax(0.0, setting->limit - sum);
        }
        if (out[t].is_alarm && setting->is_reset) {
            sum = 0.0;
        }
    }
    return PAL_OK;
}
