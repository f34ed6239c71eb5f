/*
 * Negative binomial with variance mu + mu^2 / theta: Lawless, Can. J. Stat. 15 (1987) 209;
 * Venables & Ripley, Modern Applied Statistics with S (2002), section 7.4. Fits of the means
 * for a theta and Newton's method on theta for the means, in turn, until neither moves:
 *   score sum psi(th + y) - psi(th) + log th + 1 - log(th + mu) - (y + th) / (mu + th).
 * MASS stops earlier (theta's step at 1.2e-4, the likelihood at 1e-8); the second fit here does
 * the same. Its standard errors
 * of coefficients take theta as known, as ours do; theta's own is from the observed
 * information.
 */
#include <math.h>

#include "stat/distribution.h"
#include "stat/glm_internal.h"

static const struct pal_glm_control tight = {1e-14, 200, 0.0, 1e-13};

static double weight_of(const struct pal_glm_data *data, size_t i)
{
    return data->prior_weight == NULL ? 1.0 : data->prior_weight[i];
}

/* Derivative of the log-likelihood by theta and minus its second derivative. */
static void theta_score(const struct pal_glm_data *data, const double *mean,
                        double theta, double *score, double *information)
{
    *score = 0.0;
    *information = 0.0;
    double psi = pal_digamma(theta);
    double psi1 = pal_trigamma(theta);
    for (size_t i = 0; i < data->row_count; i++) {
        double y = data->response[i];
        double weight = weight_of(data, i);
        double sum = theta + mean[i];
        *score += weight * (pal_digamma(theta + y) - psi + log(theta) + 1.0 - log(sum) -
                            (y + theta) / sum);
        *information += weight * (-pal_trigamma(theta + y) + psi1 - 1.0 / theta +
                                  2.0 / sum - (y + theta) / (sum * sum));
    }
}

/* Newton's method on theta for given means; false when it runs off to infinity. */
static bool climb_theta(const struct pal_glm_data *data, const double *mean,
                        double *theta, double *information)
{
    const double theta_max = 1e7;
    for (int step = 0; step < 100; step++) {
        double score;
        theta_score(data, mean, *theta, &score, information);
        double next = *information > 0 ? *theta + score / *information
                                       : *theta * (score > 0 ? 2.0 : 0.5);
        next = fmin(fmax(next, *theta / 4.0), *theta * 4.0);
        if (next > theta_max) {
            return false;
        }
        double change = fabs(next - *theta);
        *theta = next;
        if (change <= 1e-13 * next) {
            break;
        }
    }
    return true;
}

/* More variance than Poisson at theta = infinity: the score there points inward. */
static bool is_overdispersed(const struct pal_glm_data *data, const double *mean)
{
    double excess = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double gap = data->response[i] - mean[i];
        excess += weight_of(data, i) * (gap * gap - data->response[i]);
    }
    return excess > 0;
}

static double theta_by_moments(const struct pal_glm_data *data, const double *mean)
{
    double total = 0.0;
    double square = 0.0;
    for (size_t i = 0; i < data->row_count; i++) {
        double relative = data->response[i] / mean[i] - 1.0;
        total += weight_of(data, i);
        square += weight_of(data, i) * relative * relative;
    }
    return total / square;
}

static double theta_start(const struct pal_glm_data *data, const double *mean)
{
    return fmin(fmax(theta_by_moments(data, mean), 1e-3), 1e5);
}

pal_status pal_glm_fit_negative_binomial(const struct pal_glm_data *data,
                                         struct pal_arena *arena,
                                         struct pal_glm_fit *out, struct pal_error *err)
{
    struct pal_glm_steps memory = {0};
    pal_status status = pal_glm_prepare(data, arena, &memory, out, err);
    if (status != PAL_OK || data->row_count == 0 || data->column_count == 0) {
        return status;
    }
    status = pal_glm_run(data, &tight, &memory, out, false, err);
    bool is_wide = out->status == PAL_FIT_OK && is_overdispersed(data, out->mean);
    double theta = is_wide ? theta_start(data, out->mean) : 0.0;
    double information = 0.0;
    bool is_settled = false;
    for (int round = 0; round < 200 && status == PAL_OK && is_wide && !is_settled;
         round++) {
        double before = theta;
        is_wide = climb_theta(data, out->mean, &theta, &information);
        out->theta = is_wide ? theta : 0.0;
        status = pal_glm_run(data, &tight, &memory, out, true, err);
        is_settled = fabs(theta - before) <= 1e-12 * theta;
    }
    if (status != PAL_OK) {
        return status;
    }
    if (is_wide) {
        double score;
        theta_score(data, out->mean, out->theta, &score, &information);
        out->theta_se = information > 0 ? sqrt(1.0 / information) : 0.0;
        out->status = is_settled ? out->status : PAL_FIT_NOT_CONVERGED;
    } else if (out->status == PAL_FIT_OK) {
        out->status = PAL_FIT_EQUIDISPERSED;
    }
    if (memory.solver.kept_count == 0) {
        out->status = PAL_FIT_SINGULAR;
    }
    return pal_glm_finish(data, &memory, out, err);
}

/* Newton's method on theta from the moment estimate, as MASS stops it. */
static double early_theta(const struct pal_glm_data *data, const double *mean,
                          double *information)
{
    const double enough = 0.0001220703125; /* fourth root of 2^-52 */
    double theta = theta_by_moments(data, mean);
    double change = 1.0;
    *information = 0.0;
    for (int step = 1; step < 25 && fabs(change) > enough && isfinite(theta); step++) {
        double score;
        theta = fabs(theta);
        theta_score(data, mean, theta, &score, information);
        change = score / *information;
        theta += change;
    }
    return theta;
}

pal_status pal_glm_fit_negative_binomial_early(const struct pal_glm_data *data,
                                               struct pal_arena *arena,
                                               struct pal_glm_fit *out,
                                               struct pal_error *err)
{
    struct pal_glm_steps memory = {0};
    pal_status status = pal_glm_prepare(data, arena, &memory, out, err);
    if (status != PAL_OK || data->row_count == 0 || data->column_count == 0) {
        return status;
    }
    status = pal_glm_run(data, &pal_glm_default, &memory, out, false, err);
    if (status != PAL_OK) {
        return status;
    }
    double free_count = (double)data->row_count - (double)memory.solver.kept_count;
    double scale = sqrt(2.0 * fmax(1.0, free_count));
    double information = 0.0;
    double theta = early_theta(data, out->mean, &information);
    double change = 1.0;
    double now = pal_glm_log_likelihood(data, out->mean, theta);
    double before = now + 2.0 * scale;
    for (int round = 1; status == PAL_OK && round <= 25 && theta > 0 &&
                        fabs(before - now) / scale + fabs(change) > 1e-8;
         round++) {
        out->theta = theta;
        /* from the means before this round, as the reference does */
        double next = early_theta(data, out->mean, &information);
        status = pal_glm_run(data, &pal_glm_default, &memory, out, true, err);
        change = theta - next;
        theta = next;
        before = now;
        now = pal_glm_log_likelihood(data, out->mean, theta);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (!(theta > 0) || !isfinite(theta) || !isfinite(now) ||
        memory.solver.kept_count == 0) {
        out->status = PAL_FIT_NOT_CONVERGED;
        return PAL_OK;
    }
    status = pal_glm_finish(data, &memory, out, err);
    if (data->offset != NULL && !data->has_no_constant) {
        out->null_deviance = pal_glm_null_deviance(data, theta, memory.scale);
    }
    out->theta = theta;
    out->theta_se = information > 0 ? sqrt(1.0 / information) : 0.0;
    out->log_likelihood = now;
    out->aic = -2.0 * now + 2.0 * (double)out->rank;
    return status;
}
