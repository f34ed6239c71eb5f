/*
 * EARS C1-C3: Hutwagner, Thompson, Seeman & Treadwell, J Urban Health 80 (2003) i89; Fricker,
 * Hegler & Dunfal, Stat Med 27 (2008) 3407.
 *
 *   C1: U = mean + z s over the `baseline_count` values before; C2: the same two steps
 *   earlier; C3: U = mean + s (z - L) with C2's baseline, L = the excess over 1 of the two
 *   previous standardised values. s has divisor n - 1 and is at least sd_min.
 *
 * Quirk of surveillance 1.20.3 to 1.26.0: its C3 puts today's count where its own manual has
 * the baseline mean, so its alarm is (L > z and count > 0) whatever the count. bound_compat
 * is that; bound is the manual's.
 */
#include "stat/detect.h"

#include <math.h>

#include "stat/distribution.h"

struct window {
    double mean;
    double sd;
};

static struct window window_of(const double *values, size_t count, double sd_min)
{
    struct window out = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        out.mean += values[i];
    }
    out.mean /= (double)count;
    for (size_t i = 0; i < count; i++) {
        out.sd += (values[i] - out.mean) * (values[i] - out.mean);
    }
    out.sd = fmax(sqrt(out.sd / (double)(count - 1)), sd_min);
    return out;
}

/* max(0, (y - mean) / sd - 1), with C2's baseline of position t; NaN when sd is 0 and y is
 * the mean. */
static double excess(const double *counts, size_t t, const struct pal_ears *setting)
{
    size_t b = setting->baseline_count;
    struct window w = window_of(counts + t - b - 2, b, setting->sd_min);
    double c = (counts[t] - w.mean) / w.sd - 1.0;
    return isnan(c) ? c : fmax(0.0, c);
}

static void judge_c3(const double *counts, size_t t, const struct pal_ears *setting,
                     double z, struct pal_ears_point *out)
{
    size_t b = setting->baseline_count;
    struct window w = window_of(counts + t - b - 2, b, setting->sd_min);
    double sum = excess(counts, t - 1, setting) + excess(counts, t - 2, setting);
    double today = excess(counts, t, setting);
    double reach = w.sd * (z - sum);
    if (isnan(reach) || isnan(today)) {
        out->status = PAL_FIT_NO_VARIATION;
        for (size_t i = t - b - 4; i <= t; i++) {
            out->status = isnan(counts[i]) ? PAL_FIT_MISSING : out->status;
        }
        return;
    }
    out->status = PAL_FIT_OK;
    out->bound = fmax(0.0, w.mean + reach);
    out->bound_compat = fmax(0.0, counts[t] + reach);
    out->is_alarm = counts[t] > out->bound;
    out->is_alarm_compat = counts[t] > out->bound_compat;
    out->statistic = today + sum;
}

pal_status pal_ears_run(const double *counts, size_t count,
                        const struct pal_ears *setting, struct pal_ears_point *out,
                        struct pal_error *err)
{
    size_t b = setting->baseline_count;
    if (b < 2 || !(setting->alpha > 0 && setting->alpha < 1) ||
        !(setting->sd_min >= 0)) {
        return pal_fail(err, PAL_INPUT,
                        "EARS needs a baseline of 2 or more, alpha within 0..1, and a "
                        "smallest sd of 0 or more");
    }
    /* from the rounded 1 - alpha, as the reference; they differ in the 12th digit */
    double share = 1.0 - setting->alpha;
    double z = share < 1.0 ? pal_normal_quantile(share, PAL_TAIL_LOWER)
                           : pal_normal_quantile(setting->alpha, PAL_TAIL_UPPER);
    size_t lag = setting->kind == PAL_EARS_C1 ? 0 : 2;
    size_t first = b + lag + (setting->kind == PAL_EARS_C3 ? 2 : 0);
    for (size_t t = 0; t < count; t++) {
        out[t] = (struct pal_ears_point){.status = PAL_FIT_TOO_FEW};
        if (t < first) {
            continue;
        }
        if (setting->kind == PAL_EARS_C3) {
            judge_c3(counts, t, setting, z, &out[t]);
            continue;
        }
        struct window w = window_of(counts + t - b - lag, b, setting->sd_min);
        if (isnan(w.mean)) {
            out[t].status = PAL_FIT_MISSING;
            continue;
        }
        out[t].status = PAL_FIT_OK;
        out[t].bound = w.mean + z * w.sd;
        out[t].is_alarm = counts[t] > out[t].bound;
        out[t].bound_compat = out[t].bound;
        out[t].is_alarm_compat = out[t].is_alarm;
    }
    return PAL_OK;
}
