/*
 * Kaplan & Meier, JASA 53 (1958) 457; Greenwood's variance; Nelson-Aalen's cumulated hazard
 * with variance sum d / n^2. Bands: log, S exp(+-z se / S) up to 1; log-log,
 * S^exp(+-z se / (S log S)), Kalbfleisch & Prentice (2002) section 1.4; plain, S +- z se;
 * logit, and the arc sine of the root (Nair 1984). Where the curve is still 1 only log and
 * plain have a band. Quantiles as R's
 * quantile.survfit: Brookmeyer & Crowley, Biometrics 38 (1982) 29, with the middle of a flat
 * step that is hit within 1.5e-8. Restricted mean: variance sum A_i^2 d_i / (n_i (n_i - d_i)),
 * A_i the area from t_i on (Klein & Moeschberger 2003, section 4.5).
 */
#include "stat/survival.h"

#include <math.h>

#include "stat/distribution.h"
#include "stat/survival_internal.h"

static void bands(struct pal_survival_step *step, double log_variance, double z,
                  enum pal_survival_band band)
{
    double root = sqrt(log_variance);
    double s = step->survival;
    step->has_se = s > 0;
    step->se = step->has_se ? s * root : 0.0;
    step->has_band =
        step->has_se && (s < 1 || band == PAL_BAND_LOG || band == PAL_BAND_PLAIN);
    double half = z * root; /* on the scale of log S */
    switch (band) {
    case PAL_BAND_LOG:
        step->low = s * exp(-half);
        step->high = fmin(1.0, s * exp(half));
        break;
    case PAL_BAND_LOG_LOG:
        step->low = pow(s, exp(-half / log(s)));
        step->high = pow(s, exp(half / log(s)));
        break;
    case PAL_BAND_PLAIN:
        step->low = fmax(0.0, s - s * half);
        step->high = fmin(1.0, s + s * half);
        break;
    case PAL_BAND_LOGIT: {
        double logit = log(s / (1.0 - s));
        step->low = 1.0 - 1.0 / (1.0 + exp(logit - half / (1.0 - s)));
        step->high = 1.0 - 1.0 / (1.0 + exp(logit + half / (1.0 - s)));
        break;
    }
    case PAL_BAND_ARCSIN: {
        double angle = asin(sqrt(s));
        double turn = 0.5 * half * sqrt(s / (1.0 - s));
        step->low = pow(sin(fmax(0.0, angle - turn)), 2.0);
        step->high = pow(sin(fmin(1.57079632679489661923, angle + turn)), 2.0);
        break;
    }
    case PAL_BAND_NONE:
        step->has_band = false;
        break;
    }
    if (!step->has_band) {
        step->low = 0.0;
        step->high = 0.0;
    }
}

static pal_status count_steps(const struct pal_survival_data *data,
                              struct pal_arena *arena,
                              const struct pal_risk_table *table,
                              struct pal_survival_step *steps, struct pal_error *err)
{
    void *memory = NULL;
    pal_status status =
        pal_arena_alloc(arena, table->time_count + 1, sizeof(double), &memory, err);
    if (status != PAL_OK) {
        return status;
    }
    double *change = memory; /* of the risk set at each time */
    for (size_t i = 0; i < data->count; i++) {
        change[table->start[i]] += 1.0;
        change[table->position[i] + 1] -= 1.0;
        if (data->cause[i] > 0) {
            steps[table->position[i]].events += 1.0;
        } else {
            steps[table->position[i]].censored += 1.0;
        }
    }
    double at_risk = 0.0;
    for (size_t k = 0; k < table->time_count; k++) {
        at_risk += change[k];
        steps[k].at_risk = at_risk;
        steps[k].time = table->time[k];
    }
    return PAL_OK;
}

pal_status pal_kaplan_meier(const struct pal_survival_data *data, double level,
                            enum pal_survival_band band, struct pal_arena *arena,
                            struct pal_survival_curve *out, struct pal_error *err)
{
    struct pal_risk_table table;
    void *memory = NULL;
    *out = (struct pal_survival_curve){NULL, 0};
    if (!(level > 0 && level < 1)) {
        return pal_fail(err, PAL_INPUT, "a level lies between 0 and 1, not %g", level);
    }
    pal_status status = pal_risk_table_make(data, arena, &table, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, table.time_count,
                                 sizeof(struct pal_survival_step), &memory, err);
    }
    if (status == PAL_OK) {
        status = count_steps(data, arena, &table, memory, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    out->steps = memory;
    out->count = table.time_count;
    double z = pal_normal_quantile(0.5 * (1.0 - level), PAL_TAIL_UPPER);
    double survival = 1.0;
    double log_variance = 0.0;
    double hazard = 0.0;
    double hazard_variance = 0.0;
    for (size_t k = 0; k < out->count; k++) {
        struct pal_survival_step *step = &out->steps[k];
        double n = step->at_risk;
        double d = step->events;
        if (d > 0) {
            survival *= (n - d) / n;
            log_variance += d / (n * (n - d));
            hazard += d / n;
            hazard_variance += d / (n * n);
        }
        step->survival = survival;
        step->hazard = hazard;
        step->hazard_se = sqrt(hazard_variance);
        bands(step, log_variance, z, band);
    }
    return PAL_OK;
}

static double curve_value(const struct pal_survival_step *step, int which, bool *has)
{
    *has = which == 0 || step->has_band;
    return which == 0 ? step->survival : (which == 1 ? step->low : step->high);
}

void pal_survival_quantile(const struct pal_survival_curve *curve, double share,
                           double value[3], enum pal_fit_status status[3])
{
    const double tolerance = 1.4901161193847656e-08;
    double wanted = 1.0 - share;
    for (int which = 0; which < 3; which++) {
        value[which] = 0.0;
        status[which] = PAL_FIT_NOT_REACHED;
        bool is_flat = false;
        double flat_from = 0.0;
        for (size_t k = 0; k < curve->count; k++) {
            const struct pal_survival_step *step = &curve->steps[k];
            bool has;
            double height = curve_value(step, which, &has);
            if (!has) {
                continue;
            }
            if (height < wanted - tolerance) {
                value[which] = is_flat ? 0.5 * (flat_from + step->time) : step->time;
                status[which] = PAL_FIT_OK;
                break;
            }
            if (!is_flat && height <= wanted + tolerance) {
                is_flat = true;
                flat_from = step->time;
            }
        }
    }
}

void pal_survival_restricted_mean(const struct pal_survival_curve *curve, double tau,
                                  double *mean, double *se)
{
    double area = 0.0;
    double variance = 0.0;
    double right = tau;
    for (size_t k = curve->count; k-- > 0;) {
        const struct pal_survival_step *step = &curve->steps[k];
        if (step->time >= tau) {
            continue;
        }
        area += step->survival * (right - step->time);
        right = step->time;
        double rest = step->at_risk - step->events;
        if (step->events > 0 && rest > 0) {
            variance += area * area * step->events / (step->at_risk * rest);
        }
    }
    *mean = area + right;
    *se = sqrt(variance);
}
