/*
 * Farrington, Andrews, Beale & Catchpole, JRSS-A 159 (1996) 547; Noufaily et al., Stat Med 32
 * (2013) 1206; Salmon, Schumacher & Hohle, J Stat Software 70 (2016) 10.
 *
 * A quasi-Poisson regression of the baseline on time and period; once fitted, steps with a
 * large Anscombe residual s = 1.5 (y^(2/3) mu^(-1/6) - mu^(1/2)) / sqrt(phi (1 - h)) get the
 * weight g s^-2, the others g, and it is fitted again. The trend stays when there are three
 * years, it is significant, and the forecast does not exceed the largest baseline count;
 * else everything is redone without. The bound is that of a new observation, with the
 * variance phi mu + se^2.
 *
 * Quirks of surveillance's farringtonFlexible (1.20.3, 1.26.0), kept under PAL_RULE_COMPAT:
 * the weights overwrite the fit's own and the dispersion is misplaced, so that standard
 * errors and trend test use sum(weight ((y - mu) / mu)^2) / df instead of phi (bounds move by
 * up to 16 % with delta, 25 % with muan). The score of the count bounds takes the linear
 * predictor where the mean is meant. Strict uses phi and the mean. Both: the covariance is
 * that of the last solve of R's iteration. Since 2013 the flexible bound is one-sided; the
 * classic one is two-sided. Noufaily et al. always keep the trend: trend_p = 1.
 */
#include <math.h>
#include <string.h>

#include "stat/distribution.h"
#include "stat/farrington_internal.h"

struct model {
    struct pal_farrington_model fit;
    double dispersion; /* >= 1 */
    double se_dispersion;
    double offset;
};

static pal_status fit_once(struct pal_baseline *base,
                           const struct pal_farrington *setting, bool has_trend,
                           struct pal_arena *arena, struct model *out,
                           struct pal_error *err)
{
    struct pal_farrington_model *fit = &out->fit;
    pal_status status =
        pal_farrington_fit_periods(base, setting, has_trend, arena, fit, err);
    if (status == PAL_OK && !fit->is_done) {
        status = pal_farrington_fit_general(base, setting, has_trend, arena, fit, err);
    }
    if (status != PAL_OK || fit->status != PAL_FIT_OK) {
        return status;
    }
    out->dispersion = fmax(fit->free_dispersion, 1.0);
    out->se_dispersion = out->dispersion;
    if (setting->is_classic) {
        out->se_dispersion = fit->free_dispersion; /* of the trend test only */
    } else if (setting->rule == PAL_RULE_COMPAT) {
        out->se_dispersion = fit->compat_dispersion;
    }
    return PAL_OK;
}

static double most_of(const struct pal_baseline *base)
{
    double most = 0.0;
    for (size_t i = 0; i < base->count; i++) {
        most = fmax(most, base->counts[i]);
    }
    return most;
}

/* Counts that are all the same have no trend; the fit would leave rounding as one. */
static bool is_flat(const struct pal_baseline *base)
{
    for (size_t i = 1; i < base->count; i++) {
        if (base->counts[i] != base->counts[0] ||
            base->population[i] != base->population[0]) {
            return false;
        }
    }
    return true;
}

static bool keeps_trend(const struct pal_baseline *base,
                        const struct pal_farrington *setting, const struct model *model)
{
    const struct pal_farrington_model *fit = &model->fit;
    if (fit->status != PAL_FIT_OK || setting->years_back < 3 || !fit->has_slope ||
        exp(fit->eta + model->offset) > most_of(base) || is_flat(base)) {
        return false;
    }
    double se = sqrt(model->se_dispersion * fit->slope_variance);
    double p = 2.0 * pal_t_share(fabs(fit->slope / se), fit->df, PAL_TAIL_UPPER);
    return p < setting->trend_p || setting->trend_p >= 1;
}

static double raise(double value, enum pal_power power)
{
    switch (power) {
    case PAL_POWER_TWO_THIRDS:
        return pow(value, 2.0 / 3.0);
    case PAL_POWER_HALF:
        return sqrt(value);
    case PAL_POWER_ONE:
        break;
    }
    return value;
}

static double lower(double value, enum pal_power power)
{
    switch (power) {
    case PAL_POWER_TWO_THIRDS:
        return pow(value, 1.5);
    case PAL_POWER_HALF:
        return value * value;
    case PAL_POWER_ONE:
        break;
    }
    return value;
}

static double power_sd(double mean, double tau, enum pal_power power)
{
    switch (power) {
    case PAL_POWER_TWO_THIRDS:
        return sqrt(4.0 / 9.0 * pow(mean, 1.0 / 3.0) * tau);
    case PAL_POWER_HALF:
        return sqrt(tau / 4.0);
    case PAL_POWER_ONE:
        break;
    }
    return sqrt(mean * tau);
}

static void bound_by_power(const struct pal_farrington *setting, double count,
                           double se, struct pal_farrington_point *out)
{
    double tau = out->dispersion + se * se / out->expected;
    double sd = power_sd(out->expected, tau, setting->power);
    double share = setting->is_classic ? 0.5 * setting->alpha : setting->alpha;
    double z = pal_normal_quantile(share, PAL_TAIL_UPPER);
    double centre = raise(out->expected, setting->power);
    out->bound = lower(centre + z * sd, setting->power);
    out->has_p = true;
    out->p_value =
        pal_normal_share((raise(count, setting->power) - centre) / sd,
                         setting->is_classic ? PAL_TAIL_LOWER : PAL_TAIL_UPPER);
}

static void bound_by_count(const struct pal_farrington *setting, double count,
                           double mean, struct pal_farrington_point *out)
{
    double phi = out->dispersion;
    out->has_p = isfinite(mean);
    if (!out->has_p) {
        out->bound = (double)INFINITY;
    } else if (phi > 1) {
        double size = mean / (phi - 1.0);
        out->bound = pal_negative_binomial_quantile(setting->alpha, size, 1.0 / phi,
                                                    PAL_TAIL_UPPER);
        out->p_value =
            pal_negative_binomial_share(count - 1.0, size, 1.0 / phi, PAL_TAIL_UPPER);
    } else {
        out->bound = pal_poisson_quantile(setting->alpha, mean, PAL_TAIL_UPPER);
        out->p_value = pal_poisson_share(count - 1.0, mean, PAL_TAIL_UPPER);
    }
}

static bool has_cases(const struct pal_series *series,
                      const struct pal_farrington *setting, size_t at)
{
    double sum = 0.0;
    size_t span = setting->case_span;
    for (size_t i = at + 1 > span ? at + 1 - span : 0; i <= at; i++) {
        sum += series->is_missing != NULL && series->is_missing[i] ? 0.0
                                                                   : series->counts[i];
    }
    return sum >= setting->case_min;
}

static void judge(const struct pal_farrington *setting, const struct model *model,
                  double count, struct pal_farrington_point *out)
{
    double dispersion = setting->is_classic ? model->dispersion : model->se_dispersion;
    double eta = model->fit.eta + model->offset;
    double se = sqrt(dispersion * model->fit.eta_variance);
    out->expected = exp(eta);
    out->dispersion = model->dispersion;
    double centre = out->expected;
    if (setting->is_classic || setting->bound == PAL_BOUND_DELTA) {
        bound_by_power(setting, count, se * out->expected, out);
    } else {
        double z = pal_normal_quantile(setting->alpha, PAL_TAIL_UPPER);
        double mean =
            setting->bound == PAL_BOUND_MUAN ? exp(eta + z * se) : out->expected;
        bound_by_count(setting, count, mean, out);
        centre = setting->rule == PAL_RULE_COMPAT ? eta : out->expected;
    }
    out->score = (count - centre) / (out->bound - centre);
    out->is_alarm = out->score > 1 && count > 0;
    if (setting->rule == PAL_RULE_STRICT) {
        out->is_alarm = count > out->bound;
    }
}

pal_status pal_farrington_run(const struct pal_series *series,
                              const struct pal_farrington *setting, size_t at,
                              struct pal_arena *arena, struct pal_farrington_point *out,
                              struct pal_error *err)
{
    *out = (struct pal_farrington_point){.status = PAL_FIT_TOO_FEW};
    if (at >= series->count || setting->years_back < 1 || setting->period_count < 1 ||
        !(setting->alpha > 0 && setting->alpha < 1)) {
        return pal_fail(err, PAL_INPUT,
                        "Farrington: position %zu of %zu, %zu years back, alpha %g",
                        at + 1, series->count, setting->years_back, setting->alpha);
    }
    struct pal_baseline base;
    pal_status status = pal_farrington_baseline(series, setting, at, arena, &base, err);
    if (status != PAL_OK || base.count == 0) {
        return status;
    }
    if (series->is_missing != NULL && series->is_missing[at]) {
        out->status = PAL_FIT_MISSING;
        return PAL_OK;
    }
    struct model model = {0};
    model.offset = series->population == NULL ? 0.0 : log(series->population[at]);
    bool has_trend = setting->has_trend;
    if (has_trend) {
        status = fit_once(&base, setting, true, arena, &model, err);
        has_trend = status == PAL_OK && keeps_trend(&base, setting, &model);
    }
    if (status == PAL_OK && !has_trend) {
        status = fit_once(&base, setting, false, arena, &model, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    out->status = model.fit.status;
    if (model.fit.status != PAL_FIT_OK) {
        return PAL_OK;
    }
    out->has_trend = has_trend;
    out->trend = has_trend ? model.fit.slope : 0.0;
    judge(setting, &model, series->counts[at], out);
    if (!isfinite(out->bound)) {
        out->status = PAL_FIT_BOUNDARY;
        out->is_alarm = false;
    }
    if (!has_cases(series, setting, at)) {
        out->status = PAL_FIT_SUPPRESSED;
        out->is_alarm = false;
    }
    return PAL_OK;
}
