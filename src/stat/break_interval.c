/*
 * Intervals of break dates: Bai, Rev Econ Stat 79 (1997) 551, appendix B. The date's error,
 * scaled by delta' Q1 delta / sigma1^2, has the law of the place of the maximum of
 *   W1(-x) - |x| / 2 for x <= 0,  sqrt(phi) W2(x) - xi x / 2 for x > 0,
 * xi = delta' Q2 delta / delta' Q1 delta, phi = xi sigma2^2 / sigma1^2; Q and sigma^2 are
 * each segment's own. low = date - ceil(u), high = date - floor(l) with the quantiles u, l.
 * strucchange solves for them to 1e-4 only, so its integers may differ from ours by one.
 */
#include <math.h>

#include "stat/breaks_internal.h"
#include "stat/distribution.h"

/* log of the lower normal tail at z <= 0, beyond where it underflows too */
static double log_tail(double z)
{
    if (z > -30) {
        return log(pal_normal_share(z, PAL_TAIL_LOWER));
    }
    double r = 1.0 / (z * z);
    return -0.5 * z * z - log(-z) - 0.91893853320467274178 +
           log1p(-r * (1.0 - r * (3.0 - 15.0 * r)));
}

/* Distribution function of the place of the maximum. */
static double place_share(double x, double xi, double phi)
{
    double y = fabs(x);
    double root = sqrt(y);
    if (x < 0) {
        double ratio = xi / phi;
        double first = -root * exp(-y / 8.0) * 0.39894228040143267794;
        double weight = phi / xi * (phi + 2.0 * xi) / (phi + xi);
        double second = -weight * exp(0.5 * ratio * (1.0 + ratio) * y +
                                      log_tail(-(0.5 + ratio) * root));
        double level =
            0.5 * y - 2.0 + (phi + 2.0 * xi) * (phi + 2.0 * xi) / ((phi + xi) * xi);
        return first + second + level * exp(log_tail(-0.5 * root));
    }
    double ratio = xi * xi / phi;
    double first = sqrt(ratio) * root * exp(-ratio * y / 8.0) * 0.39894228040143267794;
    double weight = xi / phi * (2.0 * phi + xi) / (phi + xi);
    double second = weight * exp(0.5 * (phi + xi) * y +
                                 log_tail(-(phi + 0.5 * xi) / sqrt(phi) * root));
    double level = 0.5 * ratio * y - 2.0 +
                   (2.0 * phi + xi) * (2.0 * phi + xi) / ((phi + xi) * phi);
    return 1.0 + first + second - level * exp(log_tail(-0.5 * sqrt(ratio) * root));
}

/* x on one side of 0 with that share; bisection, the function being monotone. */
static double place_quantile(double share, double sign, double xi, double phi)
{
    double far = 1.0;
    double near = 0.0;
    while (far < 1e12 && sign * (place_share(sign * far, xi, phi) - share) < 0) {
        near = far;
        far *= 2.0;
    }
    for (int i = 0; i < 100; i++) {
        double middle = 0.5 * (near + far);
        if (sign * (place_share(sign * middle, xi, phi) - share) < 0) {
            near = middle;
        } else {
            far = middle;
        }
    }
    return sign * far;
}

/* delta' (X'X / n) delta over some rows */
static double quadratic(const struct pal_break_data *data, struct pal_break_rows rows,
                        const double *delta)
{
    double sum = 0.0;
    for (size_t i = rows.from; i < rows.to; i++) {
        double product = 0.0;
        for (size_t j = 0; j < data->column_count; j++) {
            product += data->design[j * data->row_count + i] * delta[j];
        }
        sum += product * product;
    }
    return sum / (double)(rows.to - rows.from);
}

static struct pal_break_interval interval(size_t date, double level, const double q[2],
                                          const double variance[2])
{
    struct pal_break_interval out = {.status = PAL_FIT_NOT_REACHED};
    double half = 0.5 * (1.0 - level);
    double xi = q[1] / q[0];
    double phi = xi * variance[1] / variance[0];
    if (!(q[0] > 0) || !(q[1] > 0) || !(variance[0] > 0) || !(variance[1] > 0)) {
        out.status = PAL_FIT_NO_VARIATION;
        return out;
    }
    double centre = place_share(0.0, xi, phi);
    if (!(centre >= half && centre <= 1.0 - half)) {
        return out;
    }
    double scale = variance[0] / q[0];
    double upper = place_quantile(1.0 - half, 1.0, xi, phi) * scale;
    double lower = place_quantile(half, -1.0, xi, phi) * scale;
    out.low = (double)date - ceil(upper);
    out.high = (double)date - floor(lower);
    out.status = PAL_FIT_OK;
    return out;
}

/* Residual variance over all segments. */
static pal_status pooled_variance(const struct pal_break_data *data,
                                  struct pal_break_set breaks, struct pal_arena *arena,
                                  double *out, struct pal_error *err)
{
    double coefficient[PAL_BREAK_COLUMN_MAX];
    *out = 0.0;
    for (size_t b = 0; b <= breaks.count; b++) {
        const struct pal_break_rows rows = {b == 0 ? 0 : breaks.dates[b - 1],
                                            b == breaks.count ? data->row_count
                                                              : breaks.dates[b]};
        double part;
        pal_status status =
            pal_break_segment(data, rows, arena, coefficient, &part, err);
        if (status != PAL_OK) {
            return status;
        }
        *out += part * (double)(rows.to - rows.from) / (double)data->row_count;
    }
    return PAL_OK;
}

pal_status pal_break_intervals(const struct pal_break_data *data,
                               struct pal_break_set breaks,
                               const struct pal_break_assumption *assumption,
                               struct pal_arena *arena, struct pal_break_interval *out,
                               struct pal_error *err)
{
    double coefficient[2][PAL_BREAK_COLUMN_MAX] = {{0}};
    double delta[PAL_BREAK_COLUMN_MAX] = {0};
    double variance[2] = {0.0, 0.0};
    double level = assumption->level;
    double pooled = 0.0; /* residual variance over all segments */
    if (!(level > 0 && level < 1)) {
        return pal_fail(err, PAL_INPUT, "a level lies between 0 and 1, not %g", level);
    }
    if (assumption->has_one_variance) {
        pal_status status = pooled_variance(data, breaks, arena, &pooled, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    for (size_t b = 0; b < breaks.count; b++) {
        size_t date = breaks.dates[b];
        size_t end = b + 1 == breaks.count ? data->row_count : breaks.dates[b + 1];
        const struct pal_break_rows sides[2] = {
            {b == 0 ? 0 : breaks.dates[b - 1], date}, {date, end}};
        for (size_t side = 0; side < 2; side++) {
            pal_status status = pal_break_segment(
                data, sides[side], arena, coefficient[side], &variance[side], err);
            if (status != PAL_OK) {
                return status;
            }
        }
        for (size_t j = 0; j < data->column_count; j++) {
            delta[j] = coefficient[1][j] - coefficient[0][j];
        }
        const struct pal_break_rows all = {0, data->row_count};
        double q[2] = {quadratic(data, sides[0], delta),
                       quadratic(data, sides[1], delta)};
        if (assumption->has_one_design) {
            q[0] = q[1] = quadratic(data, all, delta);
        }
        if (assumption->has_one_variance) {
            variance[0] = variance[1] = pooled;
        }
        out[b] = interval(date, level, q, variance);
    }
    return PAL_OK;
}
