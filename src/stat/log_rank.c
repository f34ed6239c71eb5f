/*
 * Log-rank and its rho family: Harrington & Fleming, Biometrika 69 (1982) 553; weights
 * S(t-)^rho of the pooled Kaplan-Meier curve of each stratum, hypergeometric variance,
 * strata added up (Kalbfleisch & Prentice 2002, section 1.5).
 */
#include "stat/survival.h"

#include <math.h>

#include "stat/cholesky.h"
#include "stat/distribution.h"
#include "stat/survival_internal.h"

struct totals {
    double *at_risk; /* time x group */
    double *events;  /* time x group */
};

static pal_status tally(const struct pal_survival_data *data,
                        const struct pal_log_rank_setting *setting, size_t stratum,
                        const struct pal_risk_table *table, struct totals *out,
                        struct pal_error *err)
{
    size_t groups = setting->group_count;
    for (size_t i = 0; i < (table->time_count + 1) * groups; i++) {
        out->at_risk[i] = 0.0;
        out->events[i] = 0.0;
    }
    for (size_t i = 0; i < data->count; i++) {
        size_t group = setting->group[i];
        if (group >= groups) {
            return pal_fail(err, PAL_INPUT, "record %zu: group %zu of %zu", i + 1,
                            group + 1, groups);
        }
        if (setting->stratum != NULL && setting->stratum[i] != stratum) {
            continue;
        }
        out->at_risk[table->start[i] * groups + group] += 1.0;
        out->at_risk[(table->position[i] + 1) * groups + group] -= 1.0;
        out->events[table->position[i] * groups + group] += data->cause[i] > 0;
    }
    for (size_t i = groups; i < table->time_count * groups; i++) {
        out->at_risk[i] += out->at_risk[i - groups];
    }
    return PAL_OK;
}

static void add_time(const double *at_risk, const double *events, size_t groups,
                     double weight, struct pal_log_rank *out)
{
    double n = 0.0;
    double d = 0.0;
    for (size_t g = 0; g < groups; g++) {
        n += at_risk[g];
        d += events[g];
    }
    double scale = n > 1 ? weight * weight * d * (n - d) / (n - 1.0) : 0.0;
    for (size_t g = 0; g < groups; g++) {
        double share = at_risk[g] / n;
        out->observed[g] += weight * events[g];
        out->expected[g] += weight * d * share;
        for (size_t h = 0; h < groups; h++) {
            double same = g == h ? share : 0.0;
            out->variance[g * groups + h] += scale * (same - share * at_risk[h] / n);
        }
    }
}

static void add_stratum(const struct totals *totals, const struct pal_risk_table *table,
                        const struct pal_log_rank_setting *setting,
                        struct pal_log_rank *out)
{
    size_t groups = setting->group_count;
    double survival = 1.0;
    for (size_t t = 0; t < table->time_count; t++) {
        double n = 0.0;
        double d = 0.0;
        for (size_t g = 0; g < groups; g++) {
            n += totals->at_risk[t * groups + g];
            d += totals->events[t * groups + g];
        }
        if (d == 0) {
            continue;
        }
        double weight = setting->rho == 0 ? 1.0 : pow(survival, setting->rho);
        add_time(totals->at_risk + t * groups, totals->events + t * groups, groups,
                 weight, out);
        survival *= (n - d) / n;
    }
}

/* (O - E)' V^- (O - E) over the groups that expect events, without the last of them. */
static pal_status test(const struct pal_log_rank_setting *setting,
                       struct pal_arena *arena, struct pal_log_rank *out,
                       struct pal_error *err)
{
    size_t groups = setting->group_count;
    void *memory[3] = {NULL};
    static const size_t cells[3] = {sizeof(size_t), sizeof(double), sizeof(double)};
    size_t sizes[3] = {groups, groups * groups, groups};
    for (size_t k = 0; k < 3; k++) {
        pal_status status = pal_arena_alloc(arena, sizes[k], cells[k], &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    size_t *kept = memory[0];
    double *matrix = memory[1];
    double *gap = memory[2];
    size_t kept_count = 0;
    for (size_t g = 0; g < groups; g++) {
        if (out->expected[g] > 0) {
            kept[kept_count++] = g;
        }
    }
    out->status = kept_count == 0 ? PAL_FIT_NO_EVENT : PAL_FIT_TOO_FEW;
    if (kept_count < 2) {
        return PAL_OK;
    }
    size_t m = kept_count - 1;
    for (size_t i = 0; i < m; i++) {
        gap[i] = out->observed[kept[i]] - out->expected[kept[i]];
        for (size_t j = 0; j < m; j++) {
            matrix[i * m + j] = out->variance[kept[i] * groups + kept[j]];
        }
    }
    if (!pal_cholesky_factor(matrix, m, matrix)) {
        out->status = PAL_FIT_NO_VARIATION;
        return PAL_OK;
    }
    double *solved = matrix + m * m; /* room for group_count squared was taken */
    pal_cholesky_solve(matrix, m, gap, solved);
    for (size_t i = 0; i < m; i++) {
        out->statistic += gap[i] * solved[i];
    }
    out->df = (double)m;
    out->p_value = pal_chi_square_share(out->statistic, out->df, PAL_TAIL_UPPER);
    out->status = PAL_FIT_OK;
    return PAL_OK;
}

pal_status pal_log_rank_test(const struct pal_survival_data *data,
                             const struct pal_log_rank_setting *setting,
                             struct pal_arena *arena, struct pal_log_rank *out,
                             struct pal_error *err)
{
    size_t groups = setting->group_count;
    struct pal_risk_table table;
    void *memory[5] = {NULL};
    *out = (struct pal_log_rank){.status = PAL_FIT_NO_DATA};
    pal_status status = pal_risk_table_make(data, arena, &table, err);
    size_t sizes[5] = {groups, groups, groups * groups, 0, 0};
    if (status == PAL_OK) {
        sizes[3] = (table.time_count + 1) * groups;
        sizes[4] = sizes[3];
    }
    for (size_t k = 0; status == PAL_OK && k < 5; k++) {
        status = pal_arena_alloc(arena, sizes[k], sizeof(double), &memory[k], err);
    }
    if (status != PAL_OK) {
        return status;
    }
    out->observed = memory[0];
    out->expected = memory[1];
    out->variance = memory[2];
    struct totals totals = {memory[3], memory[4]};
    size_t strata = setting->stratum == NULL ? 1 : setting->stratum_count;
    for (size_t s = 0; s < strata; s++) {
        status = tally(data, setting, s, &table, &totals, err);
        if (status != PAL_OK) {
            return status;
        }
        add_stratum(&totals, &table, setting, out);
    }
    return test(setting, arena, out, err);
}
