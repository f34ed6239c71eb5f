/*
 * Gray, Annals of Statistics 16 (1988) 1141. With Y at risk, d_1 and d_2 exits by
 * the cause and by others, S the curve of all exits and F the share by the cause, group r:
 *   score_k = sum w (d_1k - d_1 R_k / sum R),  R = Y (1 - F(t-)) / S(t-),
 * w = (1 - F(t-))^rho of all groups together.
 * Variance, over groups r with h_r = Y_r / S_r(t-), pooled dF = d_1 / sum h:
 *   cause  (a_kr + (1 - (1 - F) / S_r) (C_kr(end) - C_kr))^2 dF / h_r
 *   others ((1 - F) / S_r (C_kr(end) - C_kr))^2 S_r(t-)^2 d_2r / Y_r^2
 * with a_kr = w h_r ([k = r] - h_k / sum h), C_kr = sum a_kr dF / (1 - F(t-)), S and F after
 * the jump, and both terms shrunk for ties by 1 - (d - 1) / (risk - 1). cmprsk's cuminc
 * agrees to 1e-14.
 */
#include <math.h>
#include <string.h>

#include "stat/cholesky.h"
#include "stat/distribution.h"
#include "stat/glm.h"
#include "stat/survival_internal.h"

enum { GROUP_MAX = 32 };

struct counts {
    double rho;
    size_t group_count;
    size_t time_count;
    double *at_risk; /* time x group */
    double *by_cause;
    double *by_other;
};

/* The curves while time goes on. */
struct state {
    double survival[GROUP_MAX];
    double survival_before[GROUP_MAX];
    double share_before[GROUP_MAX];
    double pooled;
    double pooled_before;
    double weight;
    double h[GROUP_MAX];
    double h_sum;
    double risk_sum;                        /* of R */
    double events;                          /* by the cause, all groups */
    double cumulated[GROUP_MAX][GROUP_MAX]; /* C_kr */
};

static void advance(const struct counts *counts, size_t t, struct state *s)
{
    size_t groups = counts->group_count;
    const double *at_risk = counts->at_risk + t * groups;
    const double *by_cause = counts->by_cause + t * groups;
    const double *by_other = counts->by_other + t * groups;
    s->h_sum = 0.0;
    s->risk_sum = 0.0;
    s->events = 0.0;
    s->pooled_before = s->pooled;
    s->weight = counts->rho == 0 ? 1.0 : pow(1.0 - s->pooled, counts->rho);
    for (size_t g = 0; g < groups; g++) {
        double before = s->survival[g];
        s->survival_before[g] = before;
        s->h[g] = at_risk[g] > 0 && before > 0 ? at_risk[g] / before : 0.0;
        s->h_sum += s->h[g];
        s->risk_sum += s->h[g] * (1.0 - s->share_before[g]);
        s->events += by_cause[g];
        if (at_risk[g] > 0) {
            s->survival[g] -= before * (by_cause[g] + by_other[g]) / at_risk[g];
        }
    }
    if (s->h_sum > 0) {
        s->pooled += s->events / s->h_sum;
    }
}

/* After a time's terms are done. */
static void settle(const struct counts *counts, size_t t, struct state *s)
{
    size_t groups = counts->group_count;
    for (size_t g = 0; g < groups; g++) {
        double n = counts->at_risk[t * groups + g];
        if (n > 0) {
            s->share_before[g] +=
                s->survival_before[g] * counts->by_cause[t * groups + g] / n;
        }
    }
}

static double a_term(const struct state *s, size_t k, size_t r)
{
    double same = k == r ? 1.0 : 0.0;
    return s->h_sum > 0 ? s->weight * s->h[r] * (same - s->h[k] / s->h_sum) : 0.0;
}

static void cumulate(const struct counts *counts, struct state *s)
{
    if (s->events == 0 || !(s->h_sum > 0)) {
        return;
    }
    double rise = s->events / (s->h_sum * (1.0 - s->pooled_before));
    for (size_t k = 0; k < counts->group_count; k++) {
        for (size_t r = 0; r < counts->group_count; r++) {
            s->cumulated[k][r] += a_term(s, k, r) * rise;
        }
    }
}

static void begin(const struct counts *counts, struct state *s)
{
    memset(s, 0, sizeof *s);
    for (size_t g = 0; g < counts->group_count; g++) {
        s->survival[g] = 1.0;
    }
}

static double ties(double events, double risk)
{
    return events > 1 ? 1.0 - (events - 1.0) / (risk - 1.0) : 1.0;
}

/* One group's part of the variance at one time. */
static void add_variance(const struct counts *counts, size_t t, size_t r,
                         const struct state *s, const struct state *last,
                         double *variance)
{
    size_t groups = counts->group_count;
    size_t m = groups - 1;
    double n = counts->at_risk[t * groups + r];
    double others = counts->by_other[t * groups + r];
    double before = s->survival_before[r];
    double left = s->survival[r] > 1e-14 ? (1.0 - s->pooled) / s->survival[r] : 0.0;
    double cause_part = 0.0;
    double other_part = 0.0;
    if (n > 0 && s->events > 0) {
        cause_part =
            ties(s->events, s->h_sum * before) * before * s->events / (s->h_sum * n);
    }
    if (left > 0 && others > 0) {
        other_part = ties(others, n) * before * before * others / (n * n);
    }
    double ahead[GROUP_MAX];
    double cause[GROUP_MAX];
    for (size_t k = 0; k < m; k++) {
        ahead[k] = last->cumulated[k][r] - s->cumulated[k][r];
        cause[k] = a_term(s, k, r) + (1.0 - left) * ahead[k];
    }
    for (size_t k = 0; k < m; k++) {
        for (size_t l = 0; l <= k; l++) {
            variance[k * m + l] += cause[k] * cause[l] * cause_part +
                                   left * left * ahead[k] * ahead[l] * other_part;
        }
    }
}

static pal_status make_counts(const struct pal_survival_data *data, int cause,
                              const size_t *group, struct pal_arena *arena,
                              struct counts *out, struct pal_error *err)
{
    struct pal_risk_table table;
    void *memory[3] = {NULL};
    size_t groups = out->group_count;
    pal_status status = pal_risk_table_make(data, arena, &table, err);
    for (size_t k = 0; status == PAL_OK && k < 3; k++) {
        status = pal_arena_alloc(arena, (table.time_count + 1) * groups, sizeof(double),
                                 &memory[k], err);
    }
    if (status != PAL_OK) {
        return status;
    }
    out->time_count = table.time_count;
    out->at_risk = memory[0];
    out->by_cause = memory[1];
    out->by_other = memory[2];
    for (size_t i = 0; i < data->count; i++) {
        if (group[i] >= groups) {
            return pal_fail(err, PAL_INPUT, "record %zu: group %zu of %zu", i + 1,
                            group[i] + 1, groups);
        }
        size_t at = table.position[i] * groups + group[i];
        out->at_risk[at] += 1.0;
        out->by_cause[at] += data->cause[i] == cause;
        out->by_other[at] += data->cause[i] != 0 && data->cause[i] != cause;
    }
    /* from those who leave at a time to those still there */
    for (size_t i = table.time_count * groups; i-- > 0;) {
        out->at_risk[i] += out->at_risk[i + groups];
    }
    return PAL_OK;
}

static void test(const struct counts *counts, struct state *s, struct state *last,
                 struct pal_gray_test *out)
{
    size_t groups = counts->group_count;
    size_t m = groups - 1;
    double score[GROUP_MAX] = {0};
    double variance[GROUP_MAX * GROUP_MAX] = {0};
    double solved[GROUP_MAX] = {0};
    double events = 0.0;
    begin(counts, last);
    for (size_t t = 0; t < counts->time_count; t++) {
        advance(counts, t, last);
        cumulate(counts, last);
        settle(counts, t, last);
    }
    begin(counts, s);
    for (size_t t = 0; t < counts->time_count; t++) {
        advance(counts, t, s);
        cumulate(counts, s);
        events += s->events;
        for (size_t k = 0; k < m && s->events > 0; k++) {
            double risk = s->h[k] * (1.0 - s->share_before[k]);
            score[k] += s->weight * (counts->by_cause[t * groups + k] -
                                     s->events * risk / s->risk_sum);
        }
        for (size_t r = 0; r < groups; r++) {
            add_variance(counts, t, r, s, last, variance);
        }
        settle(counts, t, s);
    }
    out->status = events > 0 ? PAL_FIT_NO_VARIATION : PAL_FIT_NO_EVENT;
    if (events == 0 || !pal_cholesky_factor(variance, m, variance)) {
        return;
    }
    pal_cholesky_solve(variance, m, score, solved);
    for (size_t k = 0; k < m; k++) {
        out->statistic += score[k] * solved[k];
    }
    out->df = (double)m;
    out->p_value = pal_chi_square_share(out->statistic, out->df, PAL_TAIL_UPPER);
    out->status = PAL_FIT_OK;
}

pal_status pal_gray_test_run(const struct pal_survival_data *data,
                             const struct pal_gray_setting *setting,
                             struct pal_gray_test *out, struct pal_error *err)
{
    struct pal_arena arena;
    size_t group_count = setting->group_count;
    struct counts counts = {.rho = setting->rho, .group_count = group_count};
    struct state states[2];
    *out = (struct pal_gray_test){.status = PAL_FIT_TOO_FEW};
    if (data->entry != NULL || setting->cause < 1 || group_count > GROUP_MAX) {
        return pal_fail(
            err, PAL_INPUT,
            "Gray's test takes no delayed entry, a cause from 1 on, and at most "
            "%d groups",
            GROUP_MAX);
    }
    if (group_count < 2) {
        return PAL_OK;
    }
    pal_arena_init(&arena, PAL_SCRATCH_MAX);
    pal_status status =
        make_counts(data, setting->cause, setting->group, &arena, &counts, err);
    if (status == PAL_OK) {
        test(&counts, &states[0], &states[1], out);
    }
    pal_arena_clear(&arena);
    return status;
}
