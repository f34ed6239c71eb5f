#include "publish/scale.h"

#include <math.h>
#include <stdio.h>

double pal_scale_at(const struct pal_scale *scale, double value)
{
    if (scale->to == scale->from) {
        return scale->at_from;
    }
    return scale->at_from + (value - scale->from) / (scale->to - scale->from) *
                                (scale->at_to - scale->at_from);
}

static double nice_step(double raw)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10, floor(log10(raw)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * power >= raw * (1 - 1e-9)) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

/* Digits behind the point that a multiple of the step needs. */
static int step_decimals(double step)
{
    int decimals = 0;
    while (decimals < 6 && fabs(step - round(step)) > 1e-9) {
        step *= 10;
        decimals++;
    }
    return decimals;
}

void pal_ticks_from_zero(double high, int wanted, struct pal_ticks *out)
{
    double step = high > 0 && wanted > 0 ? nice_step(high / wanted) : 1;
    size_t last = high > 0 ? (size_t)ceil(high / step - 1e-9) : 1;
    int decimals = step_decimals(step);
    if (last >= PAL_TICK_MAX) {
        last = PAL_TICK_MAX - 1;
    }
    out->count = last + 1;
    for (size_t i = 0; i <= last; i++) {
        out->ticks[i].value = (double)i * step;
        out->ticks[i].label = pal_number_fixed(out->ticks[i].value, decimals);
    }
}

static int month_step(int32_t first, int32_t last, const struct pal_scale *scale,
                      double apart)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240};
    double width = fabs(pal_scale_at(scale, last) - pal_scale_at(scale, first));
    double months = (last - first) / 30.44;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (months <= 0 || width / months * steps[i] >= apart) {
            return steps[i];
        }
    }
    return 600;
}

void pal_ticks_time(int32_t first, int32_t last, const struct pal_scale *scale,
                    double apart, struct pal_ticks *out)
{
    int step = month_step(first, last, scale, apart);
    struct pal_civil date = pal_civil_of(first);
    int32_t number = date.year * 12 + date.month - 1 + (date.day > 1 ? 1 : 0);
    out->count = 0;
    while (number % step != 0) {
        number++;
    }
    for (; out->count < PAL_TICK_MAX; number += step) {
        int32_t year = number / 12;
        int32_t month = number % 12 + 1;
        int32_t day = pal_day_of((struct pal_civil){year, month, 1});
        struct pal_tick *tick = &out->ticks[out->count];
        if (day == PAL_DAY_NONE || day > last) {
            break;
        }
        tick->value = day;
        if (month == 1) {
            (void)snprintf(tick->label.text, sizeof tick->label.text, "%d", year);
        } else {
            (void)snprintf(tick->label.text, sizeof tick->label.text, "%s",
                           pal_month_name_short(month));
        }
        out->count++;
    }
}
