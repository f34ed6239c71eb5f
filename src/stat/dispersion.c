/*
 * How over-dispersed units are.
 *   quasi: Pearson's chi square over n - 1, McCullagh & Nelder (1989) section 4.5.2 and 9.2.
 *   negative binomial: theta by maximum likelihood with one rate (Lawless 1987).
 *   beta-binomial: Williams, Applied Statistics 31 (1982) 144, first step: with weights 1,
 *     E X2 = (n - 1) + rho sum_i (m_i - 1)(1 - m_i / M), M the sum of the m_i.
 */
#include "stat/dispersion.h"

#include <math.h>

#include "stat/glm.h"

static pal_status check_units(const double *values, const double *sizes, size_t count,
                              struct pal_error *err)
{
    for (size_t i = 0; i < count; i++) {
        double size = sizes == NULL ? 1.0 : sizes[i];
        if (!(values[i] >= 0) || isinf(values[i]) || !(size > 0) || isinf(size)) {
            return pal_fail(err, PAL_INPUT,
                            "unit %zu: %g of %g; a count is 0 or more and its size "
                            "above 0",
                            i + 1, values[i], size);
        }
    }
    return PAL_OK;
}

/* Sums of counts and of sizes. */
struct sums {
    double count;
    double size;
};

static struct sums add_up(const double *values, const double *sizes, size_t count)
{
    struct sums sums = {0.0, 0.0};
    for (size_t i = 0; i < count; i++) {
        sums.count += values[i];
        sums.size += sizes == NULL ? 1.0 : sizes[i];
    }
    return sums;
}

static pal_status fit_theta(const double *counts, const double *exposures,
                            size_t unit_count, struct pal_dispersion *out,
                            struct pal_error *err)
{
    struct pal_arena scratch;
    struct pal_glm_fit fit;
    void *memory = NULL;
    pal_arena_init(&scratch, PAL_SCRATCH_MAX);
    pal_status status =
        pal_arena_alloc(&scratch, 2 * unit_count, sizeof(double), &memory, err);
    if (status == PAL_OK) {
        double *design = memory;
        double *offset = design + unit_count;
        for (size_t i = 0; i < unit_count; i++) {
            design[i] = 1.0;
            offset[i] = exposures == NULL ? 0.0 : log(exposures[i]);
        }
        struct pal_glm_data data = {.design = design,
                                    .row_count = unit_count,
                                    .column_count = 1,
                                    .response = counts,
                                    .offset = offset};
        status = pal_glm_fit_negative_binomial(&data, &scratch, &fit, err);
    }
    if (status == PAL_OK) {
        out->status = fit.status;
        out->value = fit.theta;
        out->spread = PAL_SPREAD_NEGATIVE_BINOMIAL;
    }
    if (status == PAL_OK && fit.status == PAL_FIT_EQUIDISPERSED) {
        out->spread = PAL_SPREAD_NONE;
        out->value = 0.0;
    }
    pal_arena_clear(&scratch);
    return status;
}

pal_status pal_dispersion_of_counts(const double *counts, const double *exposures,
                                    size_t unit_count, enum pal_spread spread,
                                    struct pal_dispersion *out, struct pal_error *err)
{
    *out = (struct pal_dispersion){.status = PAL_FIT_TOO_FEW};
    if (spread != PAL_SPREAD_QUASI && spread != PAL_SPREAD_NEGATIVE_BINOMIAL) {
        return pal_fail(err, PAL_INPUT,
                        "the dispersion of counts is quasi or negative binomial");
    }
    pal_status status = check_units(counts, exposures, unit_count, err);
    struct sums sums = add_up(counts, exposures, unit_count);
    if (status != PAL_OK || unit_count < 2) {
        return status;
    }
    if (sums.count == 0) {
        out->status = PAL_FIT_NO_EVENT;
        return PAL_OK;
    }
    out->df = (double)unit_count - 1.0;
    if (spread == PAL_SPREAD_NEGATIVE_BINOMIAL) {
        return fit_theta(counts, exposures, unit_count, out, err);
    }
    double rate = sums.count / sums.size;
    double chi_square = 0.0;
    for (size_t i = 0; i < unit_count; i++) {
        double mean = rate * (exposures == NULL ? 1.0 : exposures[i]);
        chi_square += (counts[i] - mean) * (counts[i] - mean) / mean;
    }
    out->status = PAL_FIT_OK;
    out->spread = PAL_SPREAD_QUASI;
    out->value = fmax(1.0, chi_square / out->df);
    return PAL_OK;
}

/* Pearson's chi square of one share, 0 < share < 1. */
static double share_chi_square(const double *parts, const double *wholes, size_t count,
                               double share)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double gap = parts[i] - wholes[i] * share;
        sum += gap * gap / (wholes[i] * share * (1.0 - share));
    }
    return sum;
}

pal_status pal_dispersion_of_shares(const double *parts, const double *wholes,
                                    size_t unit_count, enum pal_spread spread,
                                    struct pal_dispersion *out, struct pal_error *err)
{
    *out = (struct pal_dispersion){.status = PAL_FIT_TOO_FEW};
    if (spread != PAL_SPREAD_QUASI && spread != PAL_SPREAD_BETA_BINOMIAL) {
        return pal_fail(err, PAL_INPUT,
                        "the dispersion of shares is quasi or beta-binomial");
    }
    pal_status status = check_units(parts, wholes, unit_count, err);
    for (size_t i = 0; status == PAL_OK && i < unit_count; i++) {
        if (parts[i] > wholes[i]) {
            status = pal_fail(err, PAL_INPUT, "unit %zu: %g of %g is no share", i + 1,
                              parts[i], wholes[i]);
        }
    }
    struct sums sums = add_up(parts, wholes, unit_count);
    if (status != PAL_OK || unit_count < 2) {
        return status;
    }
    if (sums.count == 0 || sums.count == sums.size) {
        out->status = PAL_FIT_NO_VARIATION;
        return PAL_OK;
    }
    double share = sums.count / sums.size;
    double chi_square = share_chi_square(parts, wholes, unit_count, share);
    out->df = (double)unit_count - 1.0;
    out->status = PAL_FIT_OK;
    out->spread = spread;
    out->value = fmax(1.0, chi_square / out->df);
    if (spread == PAL_SPREAD_BETA_BINOMIAL) {
        double room = 0.0;
        for (size_t i = 0; i < unit_count; i++) {
            room += (wholes[i] - 1.0) * (1.0 - wholes[i] / sums.size);
        }
        double rho = room > 0 ? (chi_square - out->df) / room : 0.0;
        out->value = fmin(rho, 1.0);
        if (!(rho > 0)) {
            out->status = PAL_FIT_EQUIDISPERSED;
            out->spread = PAL_SPREAD_NONE;
            out->value = 0.0;
        }
    }
    return PAL_OK;
}
