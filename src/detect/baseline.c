/*
 * Fitting the usual of one series: mean, spread of a day, spread of windows, in rounds in
 * which what lies far above counts for less.
 */
#include "detect/baseline.h"

#include <math.h>
#include <string.h>

#include "detect/baseline_internal.h"
#include "stat/special.h"

enum { ROUND_COUNT = 4, SCALE_WINDOW_MIN = 40 };

const int32_t pal_window_lengths[PAL_WINDOW_LENGTH_COUNT] = {1, 2,  3,  4,  5,
                                                             7, 10, 14, 21, 28};

/* Residuals beyond this many standard deviations are down-weighted (Noufaily et al. 2013). */
static const double far_above = 2.58;
static const double far_share_max = 0.08;
/* Records a day, below which a series is sparse. */
static const double sparse_max = 1;
/* A lasting change by a tenth gets a level of its own. */
static const double step_ratio = 1.1;
/* Where the weight is below 0.3. */
static const double run_above = 4.71;
static const double window_square_max = 9;
static const double mean_square_min = 1e-6;
static const double alpha_max = 1096; /* e^7, where the likelihood's search ends */

struct fit {
    struct pal_baseline *baseline;
    const struct pal_day_series *series;
    struct pal_baseline_solver solver;
    bool has_many_far;
    double *z;          /* scratch, one a day */
    double *sum_weight; /* up to a day, exclusive */
    double *worst;      /* of the windows a day lies in, the largest z */
    double *worst_run;  /* the same with no day counting for more than far_above */
    double *sum_capped; /* residuals so capped, up to a day, exclusive */
    struct pal_told_days told;
};

/* ---- spread of a day ---- */

/* Whether a working day tells of alpha: not when it lies in a run of days far above the usual;
 * but when such days are many they are part of the usual. A single day far out is left in: days
 * of sparse series that are left out because they are far out take the spread with them. */
static bool is_told(const struct fit *fit, size_t day)
{
    const struct pal_design_row *row = &fit->solver.design->rows[day];
    return row->count > 0 && row->is_free == 0 &&
           (fit->has_many_far || fit->worst_run[day] < run_above);
}

static bool has_many_far(const struct fit *fit)
{
    size_t far = 0;
    for (size_t i = 0; i < fit->baseline->count; i++) {
        far += fit->solver.design->rows[i].count > 0 && fit->worst_run[i] >= run_above
                   ? 1
                   : 0;
    }
    return (double)far > far_share_max * (double)fit->solver.design->covered_count;
}

/* The days of one kind that tell of alpha. */
static void gather(const struct fit *fit, uint8_t is_free, struct pal_told_days *told)
{
    told->count = 0;
    for (size_t i = 0; i < fit->baseline->count; i++) {
        const struct pal_design_row *row = &fit->solver.design->rows[i];
        if (row->count > 0 && row->is_free == is_free &&
            (is_free == 1 || is_told(fit, i))) {
            told->means[told->count] = fit->baseline->expected[i];
            told->counts[told->count++] = fit->series->counts[i];
        }
    }
}

/* What one more pair of records on one day would add to alpha: E c (c - 1) = (1 + alpha) mean^2.
 * Nothing where records are many; where they are few, that no day had two says little. */
static double one_pair_more(const struct fit *fit, uint8_t is_free)
{
    double sum = 0;
    for (size_t i = 0; i < fit->baseline->count; i++) {
        const struct pal_design_row *row = &fit->solver.design->rows[i];
        if (row->count > 0 && row->is_free == is_free) {
            sum += fit->baseline->expected[i] * fit->baseline->expected[i];
        }
    }
    return fmin(2 / fmax(sum, mean_square_min), alpha_max);
}

/* The likelihood costs too much where counts are large, and moments do there. What one more
 * pair of records on one day would add comes on top: that no day had two says little where
 * records are few. */
static void find_alphas(struct fit *fit)
{
    struct pal_baseline *baseline = fit->baseline;
    bool is_sparse = baseline->total < sparse_max * (double)baseline->covered_count;
    for (uint8_t kind = 0; kind < 2; kind++) {
        gather(fit, kind, &fit->told);
        baseline->alpha[kind] =
            (kind == 1 || is_sparse ? pal_alpha_likely(&fit->told)
                                    : pal_alpha_by_moments(&fit->told)) +
            one_pair_more(fit, kind);
    }
}

/* ---- sums and windows ---- */

static void add_up(const struct fit *fit)
{
    struct pal_baseline *baseline = fit->baseline;
    const struct pal_design *design = fit->solver.design;
    for (size_t i = 0; i < baseline->count; i++) {
        bool is_covered = design->rows[i].count > 0;
        double mean = is_covered ? baseline->expected[i] : 0;
        double observed = is_covered ? fit->series->counts[i] : 0;
        baseline->sum_observed[i + 1] = baseline->sum_observed[i] + observed;
        baseline->sum_expected[i + 1] = baseline->sum_expected[i] + mean;
        double variance = mean + baseline->alpha[design->rows[i].is_free] * mean * mean;
        double part = design->rows[i].is_free;
        if (is_covered && fit->series->variance_least != NULL) {
            variance = fmax(variance, fit->series->variance_least[i]);
        }
        baseline->sum_variance[i + 1] = baseline->sum_variance[i] + variance;
        baseline->sum_free[0][i + 1] = baseline->sum_free[0][i] + part * observed;
        baseline->sum_free[1][i + 1] = baseline->sum_free[1][i] + part * mean;
        baseline->sum_free[2][i + 1] = baseline->sum_free[2][i] + part * variance;
        baseline->sum_covered[i + 1] = baseline->sum_covered[i] + (is_covered ? 1 : 0);
    }
}

/* How much more windows of a length vary than independent days would: their mean squared
 * residual, each capped, over its expected variance. Windows half of which lie in surges are
 * left out. A mean square, unlike quantiles, is right for small counts too. */
static double find_scale(const struct fit *fit, size_t length)
{
    const struct pal_baseline *b = fit->baseline;
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i + length <= b->count; i++) {
        size_t end = i + length;
        double variance = b->sum_variance[end] - b->sum_variance[i];
        double weight = fit->sum_weight[end] - fit->sum_weight[i];
        if ((size_t)(b->sum_covered[end] - b->sum_covered[i]) != length ||
            variance <= 0 || weight < 0.5 * (double)length) {
            continue;
        }
        double residual = (b->sum_observed[end] - b->sum_observed[i]) -
                          (b->sum_expected[end] - b->sum_expected[i]);
        sum += fmin(residual * residual / variance, window_square_max);
        count++;
    }
    return count >= SCALE_WINDOW_MIN ? sum / (double)count : 1;
}

static void find_scales(const struct fit *fit)
{
    double largest = 1;
    for (size_t i = 0; i < fit->baseline->count; i++) {
        fit->sum_weight[i + 1] = fit->sum_weight[i] + fit->baseline->weight[i];
    }
    /* Longer windows are no less alike than shorter ones: what falls is chance. */
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        largest = fmax(largest, find_scale(fit, (size_t)pal_window_lengths[k]));
        fit->baseline->scale[k] = largest;
    }
}

static void cap_residuals(const struct fit *fit)
{
    const struct pal_baseline *b = fit->baseline;
    for (size_t i = 0; i < b->count; i++) {
        double residual = b->sum_observed[i + 1] - b->sum_observed[i] -
                          (b->sum_expected[i + 1] - b->sum_expected[i]);
        double variance = b->sum_variance[i + 1] - b->sum_variance[i];
        fit->sum_capped[i + 1] =
            fit->sum_capped[i] + fmin(residual, far_above * sqrt(fmax(variance, 0)));
    }
}

static void weigh(const struct fit *fit)
{
    static const size_t looked_at[] = {0, 2, 5, 7, 9}; /* 1, 3, 7, 14, 28 days */
    struct pal_baseline *b = fit->baseline;
    memset(fit->worst, 0, b->count * sizeof *fit->worst);
    memset(fit->worst_run, 0, b->count * sizeof *fit->worst_run);
    cap_residuals(fit);
    for (size_t k = 0; k < sizeof looked_at / sizeof looked_at[0]; k++) {
        size_t length = (size_t)pal_window_lengths[looked_at[k]];
        double scale = b->scale[looked_at[k]];
        for (size_t i = 0; i + length <= b->count; i++) {
            size_t end = i + length;
            double variance = scale * (b->sum_variance[end] - b->sum_variance[i]);
            double above = (b->sum_observed[end] - b->sum_observed[i]) -
                           (b->sum_expected[end] - b->sum_expected[i]);
            if (variance <= 0 || above * above <= far_above * far_above * variance ||
                above <= 0) {
                continue;
            }
            double z = above / sqrt(variance);
            double z_run = (fit->sum_capped[end] - fit->sum_capped[i]) / sqrt(variance);
            for (size_t day = i; day < end; day++) {
                fit->worst[day] = fmax(fit->worst[day], z);
                fit->worst_run[day] = fmax(fit->worst_run[day], z_run);
            }
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        double z = fit->worst[i];
        b->weight[i] = fit->solver.design->rows[i].count == 0 ? 0
                       : z > far_above ? (far_above / z) * (far_above / z)
                                       : 1;
    }
}

/* ---- the rounds ---- */

/* Far beyond what days have: four times the count that one in twenty exceeds. */
static double find_cap(const struct fit *fit)
{
    const struct pal_design *design = fit->solver.design;
    size_t count = 0;
    for (size_t i = 0; i < design->day_count; i++) {
        if (design->rows[i].count > 0) {
            fit->z[count++] = fit->series->counts[i];
        }
    }
    return 10 + 4 * pal_select(fit->z, count, count - 1 - count / 20);
}

/* The first round has no residuals to weigh by: a level, and less weight beyond the cap. */
static void start(const struct fit *fit)
{
    const struct pal_design *design = fit->solver.design;
    double sum[PAL_DESIGN_COLUMN_MAX] = {0};
    double days[PAL_DESIGN_COLUMN_MAX] = {0};
    double cap = find_cap(fit);
    memset(fit->solver.coefficient, 0,
           design->column_count * sizeof *fit->solver.coefficient);
    for (size_t i = 0; i < design->day_count; i++) {
        if (design->rows[i].count == 0) {
            fit->baseline->weight[i] = 0;
            continue;
        }
        double count = fit->series->counts[i];
        fit->baseline->weight[i] = count > cap ? (cap / count) * (cap / count) : 1;
        sum[design->rows[i].column[0]] += fmin(count, cap);
        days[design->rows[i].column[0]] += 1;
    }
    for (size_t k = 0; k < design->level_count; k++) {
        fit->solver.coefficient[k] = log((sum[k] + 0.1) / days[k]);
    }
}

static bool run_rounds(struct fit *fit)
{
    struct pal_baseline *baseline = fit->baseline;
    start(fit);
    for (int round = 0; round < ROUND_COUNT; round++) {
        fit->solver.alpha[0] = baseline->alpha[0];
        fit->solver.alpha[1] = baseline->alpha[1];
        if (!pal_baseline_solve(&fit->solver)) {
            return false;
        }
        fit->has_many_far = has_many_far(fit);
        find_alphas(fit);
        add_up(fit);
        find_scales(fit);
        if (round + 1 < ROUND_COUNT) {
            weigh(fit);
        }
    }
    return true;
}

/* The inverse of the information, wider where days in a row are alike. */
static void invert(const struct fit *fit)
{
    size_t n = fit->solver.design->column_count;
    double *covariance = fit->baseline->covariance;
    double scale = fit->baseline->scale[PAL_WINDOW_LENGTH_COUNT - 1];
    for (size_t k = 0; k < n; k++) {
        double *column = covariance + k * n;
        memset(fit->solver.score, 0, n * sizeof *fit->solver.score);
        fit->solver.score[k] = 1;
        pal_baseline_column(&fit->solver, column);
        for (size_t i = 0; i < n; i++) {
            column[i] *= scale;
        }
    }
}

/* ---- the call ---- */

static pal_status check(const struct pal_day_series *series, struct pal_error *err)
{
    if (series->count == 0 || series->count > PAL_SURGE_DAY_MAX) {
        return pal_fail(err, PAL_INPUT, "a series has 1 to %d days, not %zu",
                        PAL_SURGE_DAY_MAX, series->count);
    }
    for (size_t i = 0; i < series->count; i++) {
        if (series->source != NULL && series->source[i] < 0) {
            continue;
        }
        if (!(series->counts[i] >= 0) || series->counts[i] > 1e9) {
            return pal_fail(err, PAL_INPUT,
                            "day %zu of a series is no count from 0 to a billion",
                            i + 1);
        }
    }
    return PAL_OK;
}

static pal_status take_room(struct pal_baseline *out, struct pal_arena *arena,
                            struct pal_error *err)
{
    double **const arrays[] = {
        &out->expected,     &out->weight,      &out->sum_observed, &out->sum_expected,
        &out->sum_variance, &out->sum_free[0], &out->sum_free[1],  &out->sum_free[2]};
    pal_status st = PAL_OK;
    void *room = NULL;
    for (size_t i = 0; st == PAL_OK && i < sizeof arrays / sizeof arrays[0]; i++) {
        st = pal_arena_alloc(arena, out->count + 1, sizeof **arrays[i], &room, err);
        *arrays[i] = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, out->count + 1, sizeof *out->sum_covered, &room,
                             err);
        out->sum_covered = room;
    }
    if (st == PAL_OK) {
        size_t n = out->design->column_count;
        st = pal_arena_alloc(arena, n * n, sizeof *out->covariance, &room, err);
        out->covariance = room;
    }
    return st;
}

/* Scratch of a fit, thrown away after it. */
static pal_status take_scratch(struct fit *fit, struct pal_arena *arena,
                               struct pal_error *err)
{
    size_t n = fit->solver.design->column_count;
    size_t days = fit->baseline->count;
    const struct {
        double **array;
        size_t count;
    } rows[] = {
        {&fit->solver.coefficient, n}, {&fit->solver.normal, n * n},
        {&fit->solver.factor, n * n},  {&fit->solver.score, n},
        {&fit->solver.step, n},        {&fit->z, days},
        {&fit->worst, days},           {&fit->sum_weight, days + 1},
        {&fit->worst_run, days},       {&fit->sum_capped, days + 1},
        {&fit->told.means, days},      {&fit->told.counts, days},
    };
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof rows / sizeof rows[0]; i++) {
        void *room = NULL;
        st = pal_arena_alloc(arena, rows[i].count, sizeof **rows[i].array, &room, err);
        *rows[i].array = room;
    }
    return st;
}

/* What can be said before any fit. */
static enum pal_fit_status judge(const struct pal_baseline *out)
{
    if (out->covered_count == 0) {
        return PAL_FIT_NO_DATA;
    }
    if (out->covered_count < PAL_BASELINE_DAY_MIN) {
        return PAL_FIT_TOO_FEW;
    }
    return out->total > 0 ? PAL_FIT_OK : PAL_FIT_NO_EVENT;
}

/* Fits with a design; all of `out` but its design and its room is set. */
static pal_status fit_once(const struct pal_day_series *series,
                           const struct pal_design *design, struct pal_arena *arena,
                           struct pal_baseline *out, struct pal_error *err)
{
    struct fit fit = {.baseline = out, .series = series};
    struct pal_arena scratch;
    *out = (struct pal_baseline){.first = series->first,
                                 .count = series->count,
                                 .variance_least = series->variance_least,
                                 .design = design,
                                 .covered_count = design->covered_count};
    pal_status st = take_room(out, arena, err);
    if (st != PAL_OK) {
        return st;
    }
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        out->scale[k] = 1;
    }
    for (size_t i = 0; i < series->count; i++) {
        out->total += design->rows[i].count > 0 ? series->counts[i] : 0;
    }
    fit.solver.design = design;
    fit.solver.counts = series->counts;
    fit.solver.expected = out->expected;
    fit.solver.weight = out->weight;
    out->status = judge(out);
    pal_arena_init(&scratch, (size_t)1 << 30);
    if (out->status == PAL_FIT_OK) {
        st = take_scratch(&fit, &scratch, err);
        if (st == PAL_OK && run_rounds(&fit)) {
            invert(&fit);
        } else if (st == PAL_OK) {
            out->status = PAL_FIT_NOT_CONVERGED;
        }
    }
    if (st == PAL_OK && out->status != PAL_FIT_OK) {
        memset(out->expected, 0, out->count * sizeof *out->expected);
        add_up(&fit);
    }
    pal_arena_clear(&scratch);
    return st;
}

/* Once more with a level of its own after each lasting change, which a slow trend would only
 * smear, so that the days about it looked like surges. */
static pal_status refit(const struct pal_day_series *series, struct pal_arena *arena,
                        struct pal_baseline *out, struct pal_error *err)
{
    struct pal_step steps[PAL_STEP_MAX];
    size_t days[PAL_STEP_MAX];
    size_t count = 0;
    struct pal_design *design = NULL;
    pal_status st = pal_steps_find(out, step_ratio, steps, &count, err);
    if (st != PAL_OK || count == 0) {
        return st;
    }
    for (size_t i = 0; i < count; i++) {
        days[i] = steps[i].day;
    }
    st = pal_design_add_steps(out->design, days, count, arena, &design, err);
    struct pal_baseline again;
    if (st == PAL_OK) {
        st = fit_once(series, design, arena, &again, err);
    }
    if (st == PAL_OK && again.status == PAL_FIT_OK) {
        *out = again;
    }
    return st;
}

pal_status pal_baseline_fit(const struct pal_day_series *series,
                            const struct pal_design *design, struct pal_arena *arena,
                            struct pal_baseline *out, struct pal_error *err)
{
    struct pal_design *own = NULL;
    *out = (struct pal_baseline){.first = series->first, .count = series->count};
    pal_status st = check(series, err);
    if (st == PAL_OK && design == NULL) {
        st = pal_design_make(series->first, series->count, series->source, arena, &own,
                             err);
        design = own;
    }
    if (st == PAL_OK) {
        st = fit_once(series, design, arena, out, err);
    }
    if (st == PAL_OK && out->status == PAL_FIT_OK) {
        st = refit(series, arena, out, err);
    }
    return st;
}
