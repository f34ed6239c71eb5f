/*
 * Farrington's regression without matrices. Its design is a level for each period and one
 * trend, so a weighted least squares step is a sum over rows: with W, T, Z the sums of w, w t
 * and w z in each period,
 *   S = sum w t^2 - sum T^2 / W,  slope = (sum w t z - sum T Z / W) / S,
 *   level = (Z - slope T) / W,
 *   variance of the slope 1 / S, of a fitted value 1 / W + (t - T / W)^2 / S.
 * Steps, start, stop and what belongs to which step are R's, as in glm.c: the numbers are the
 * general fit's to rounding, some forty times sooner. Time is counted from the point judged, so
 * that its linear predictor is the level of its period.
 */
#include <float.h>
#include <math.h>

#include "stat/farrington_internal.h"
#include "stat/glm.h"

enum { PERIOD_MAX = 100 };

struct sums {
    double weight[PERIOD_MAX]; /* W */
    double time[PERIOD_MAX];   /* T */
    double value[PERIOD_MAX];  /* Z */
    double time_time;
    double time_value;
};

/* Rows stand period by period and ascend in time within one. Made once a point, for the
 * fits with and without the trend. */
struct pal_farrington_rows {
    size_t count;
    size_t period_count;          /* labels run from 1 to it */
    size_t begin[PERIOD_MAX + 1]; /* rows of period k: begin[k] .. begin[k + 1] - 1 */
    size_t present_count;
    bool has_offset;
    double *counts;
    double *time;
    double *offset;
    double *log_count; /* 0 where the count is 0 */
    double *log_start; /* of the count + 0.1, where the iteration starts */
    double *prior;
    double *eta;
    double *mean;
    double *before; /* means that the last solve was made with */
};

struct work {
    struct pal_farrington_rows *rows;
    bool has_trend;
    struct sums sums[2]; /* of the next solve, and of the last one */
    size_t next;
    /* without trend and offset a period has one mean, and sums over its rows are enough */
    bool is_level;
    double priors[PERIOD_MAX];
    double prior_counts[PERIOD_MAX];
    double prior_logs[PERIOD_MAX]; /* of prior y log y */
    double level[PERIOD_MAX];
    double spread; /* S of the last solve */
    double slope;
    double deviance;
};

/* Rows of period k with their new means: deviance, and the next step's sums. */
static void add_period(struct work *work, size_t k)
{
    const struct pal_farrington_rows *rows = work->rows;
    struct sums *sums = &work->sums[work->next];
    double weights = 0.0;
    double times = 0.0;
    double values = 0.0;
    double time_time = 0.0;
    double time_value = 0.0;
    double deviance = 0.0;
    for (size_t i = rows->begin[k]; i < rows->begin[k + 1]; i++) {
        double y = rows->counts[i];
        double mean = rows->mean[i];
        double eta = rows->eta[i];
        double gap = y - mean;
        double weight = rows->prior[i] * mean;
        double value = weight * (eta - rows->offset[i]) + rows->prior[i] * gap;
        double time = rows->time[i];
        double log_mean = mean > DBL_EPSILON ? eta : log(mean);
        deviance += rows->prior[i] * (y * (rows->log_count[i] - log_mean) - gap);
        weights += weight;
        times += weight * time;
        values += value;
        time_time += weight * time * time;
        time_value += value * time;
    }
    sums->weight[k] = weights;
    sums->time[k] = times;
    sums->value[k] = values;
    sums->time_time += time_time;
    sums->time_value += time_value;
    work->deviance += 2.0 * deviance;
}

/* The same where all means are exp(level). */
static void add_level(struct work *work, size_t k)
{
    struct sums *sums = &work->sums[work->next];
    double eta = work->level[k];
    double mean = exp(eta);
    double log_mean = mean > DBL_EPSILON ? eta : log(DBL_EPSILON);
    mean = mean > DBL_EPSILON ? mean : DBL_EPSILON;
    double gap = work->prior_counts[k] - mean * work->priors[k];
    sums->weight[k] = mean * work->priors[k];
    sums->time[k] = 0.0;
    sums->value[k] = sums->weight[k] * eta + gap;
    work->deviance +=
        2.0 * (work->prior_logs[k] - log_mean * work->prior_counts[k] - gap);
}

static void begin_sums(struct work *work)
{
    work->sums[work->next].time_time = 0.0;
    work->sums[work->next].time_value = 0.0;
    work->deviance = 0.0;
}

static void start(struct work *work)
{
    struct pal_farrington_rows *rows = work->rows;
    begin_sums(work);
    for (size_t i = 0; i < rows->count; i++) {
        rows->mean[i] = rows->counts[i] + 0.1;
        rows->eta[i] = rows->log_start[i];
    }
    for (size_t k = 0; k < rows->period_count; k++) {
        work->priors[k] = work->prior_counts[k] = work->prior_logs[k] = 0.0;
        for (size_t i = rows->begin[k]; i < rows->begin[k + 1]; i++) {
            double part = rows->prior[i] * rows->counts[i];
            work->priors[k] += rows->prior[i];
            work->prior_counts[k] += part;
            work->prior_logs[k] += part * rows->log_count[i];
        }
        add_period(work, k);
    }
}

/* false: the trend is a combination of the periods, or nearly. */
static bool solve(struct work *work)
{
    const struct sums *sums = &work->sums[work->next];
    size_t period_count = work->rows->period_count;
    double spread = sums->time_time;
    double product = sums->time_value;
    for (size_t k = 0; k < period_count; k++) {
        if (sums->weight[k] > 0) {
            spread -= sums->time[k] * sums->time[k] / sums->weight[k];
            product -= sums->time[k] * sums->value[k] / sums->weight[k];
        }
    }
    work->spread = spread;
    work->slope = 0.0;
    if (work->has_trend) {
        if (!(spread > 1e-8 * sums->time_time)) {
            return false;
        }
        work->slope = product / spread;
    }
    for (size_t k = 0; k < period_count; k++) {
        work->level[k] =
            sums->weight[k] > 0
                ? (sums->value[k] - work->slope * sums->time[k]) / sums->weight[k]
                : 0.0;
    }
    work->next = 1 - work->next;
    return true;
}

/* New means. From one step to the next a mean grows by the same factor, so the exponential is
 * taken at the beginning of each run of steps only; runs are short, 16 at most. */
static void update_period(struct work *work, size_t k)
{
    struct pal_farrington_rows *rows = work->rows;
    double factor = exp(work->slope);
    size_t run = 0;
    for (size_t i = rows->begin[k]; i < rows->begin[k + 1]; i++) {
        double eta = work->level[k] + work->slope * rows->time[i] + rows->offset[i];
        bool is_next = run > 0 && run < 16 && !rows->has_offset &&
                       rows->time[i] - rows->time[i - 1] == 1.0;
        double mean = is_next ? rows->mean[i - 1] * factor : exp(eta);
        run = is_next ? run + 1 : 1;
        rows->eta[i] = eta;
        rows->mean[i] = mean > DBL_EPSILON ? mean : DBL_EPSILON;
    }
}

static void swap_means(struct pal_farrington_rows *rows)
{
    double *means = rows->before;
    rows->before = rows->mean;
    rows->mean = means;
}

static void update(struct work *work)
{
    begin_sums(work);
    if (!work->is_level) {
        swap_means(work->rows);
    }
    for (size_t k = 0; k < work->rows->period_count; k++) {
        if (work->is_level) {
            add_level(work, k);
        } else {
            update_period(work, k);
            add_period(work, k);
        }
    }
}

/* Means by row, of the last solve and after it, where only levels were kept. */
static void write_levels(struct work *work)
{
    struct pal_farrington_rows *rows = work->rows;
    const struct sums *solved = &work->sums[1 - work->next];
    for (size_t k = 0; k < rows->period_count; k++) {
        double eta = work->level[k];
        double mean = fmax(exp(eta), DBL_EPSILON);
        double before = solved->weight[k] / work->priors[k];
        for (size_t i = rows->begin[k]; i < rows->begin[k + 1]; i++) {
            rows->eta[i] = eta;
            rows->mean[i] = mean;
            rows->before[i] = before;
        }
    }
}

/* false: to be left to the general fit. */
static bool iterate(struct work *work, enum pal_fit_status *status)
{
    start(work);
    double old = work->deviance;
    int step = 0;
    *status = PAL_FIT_NOT_CONVERGED;
    for (; step < pal_glm_default.iteration_max && *status != PAL_FIT_OK; step++) {
        if (!solve(work)) {
            return false;
        }
        update(work);
        if (!isfinite(work->deviance)) {
            return false;
        }
        if (fabs(work->deviance - old) / (fabs(work->deviance) + 0.1) <
            pal_glm_default.epsilon) {
            *status = PAL_FIT_OK;
        }
        old = work->deviance;
    }
    if (work->is_level) {
        write_levels(work);
    }
    /* the first solve was made with a mean a row */
    return step > 1 || !work->is_level;
}

static double degrees_of_freedom(const struct work *work)
{
    return (double)work->rows->count - (double)work->rows->present_count -
           (work->has_trend ? 1.0 : 0.0);
}

/* R's summary: weights of the last solve, residuals with the updated mean. */
static double free_dispersion(const struct work *work, bool is_compat)
{
    const struct pal_farrington_rows *rows = work->rows;
    double sum = 0.0;
    for (size_t i = 0; i < rows->count; i++) {
        double r = (rows->counts[i] - rows->mean[i]) / rows->mean[i];
        double weight = is_compat ? 1.0 : rows->before[i];
        sum += rows->prior[i] * weight * r * r;
    }
    return sum / degrees_of_freedom(work);
}

/* Variance of the linear predictor at time t of period k, dispersion 1. */
static double variance_at(const struct work *work, size_t k, double time)
{
    double weight = work->sums[1 - work->next].weight[k];
    double gap = time - work->sums[1 - work->next].time[k] / weight;
    return 1.0 / weight + (work->has_trend ? gap * gap / work->spread : 0.0);
}

/* Anscombe residuals above the threshold lower a weight; only counts above their mean can. */
static void downweight(struct work *work, double dispersion, double threshold)
{
    struct pal_farrington_rows *rows = work->rows;
    double sum = 0.0;
    for (size_t k = 0; k < rows->period_count; k++) {
        for (size_t i = rows->begin[k]; i < rows->begin[k + 1]; i++) {
            double weight = 1.0;
            if (rows->counts[i] > rows->mean[i]) {
                double hat = rows->prior[i] * rows->before[i] *
                             variance_at(work, k, rows->time[i]);
                double rise =
                    exp((rows->log_count[i] - rows->eta[i]) * (2.0 / 3.0)) - 1.0;
                double s =
                    1.5 * sqrt(rows->mean[i]) * rise / sqrt(dispersion * (1.0 - hat));
                weight = s > threshold ? 1.0 / (s * s) : 1.0;
            }
            rows->before[i] = weight; /* no longer needed as a mean */
            sum += weight;
        }
    }
    for (size_t i = 0; i < rows->count; i++) {
        rows->prior[i] = rows->before[i] * ((double)rows->count / sum);
    }
}

/* Where each period's rows begin. */
static void count_periods(const struct pal_baseline *base,
                          struct pal_farrington_rows *rows)
{
    for (size_t i = 0; i < base->count; i++) {
        rows->begin[base->period[i]]++;
    }
    for (size_t k = 0; k < rows->period_count; k++) {
        rows->present_count += rows->begin[k + 1] > 0;
        rows->begin[k + 1] += rows->begin[k];
    }
}

static void place_rows(const struct pal_baseline *base,
                       struct pal_farrington_rows *rows)
{
    size_t next[PERIOD_MAX];
    for (size_t k = 0; k < rows->period_count; k++) {
        next[k] = rows->begin[k];
    }
    for (size_t i = 0; i < base->count; i++) {
        double y = base->counts[i];
        size_t at = next[base->period[i] - 1]++;
        rows->counts[at] = y;
        rows->time[at] = base->time[i] - base->time_at;
        rows->offset[at] = base->population[i] == 1.0 ? 0.0 : log(base->population[i]);
        rows->has_offset = rows->has_offset || rows->offset[at] != 0;
        rows->log_count[at] = y > 0 ? log(y) : 0.0;
        rows->log_start[at] = log(y + 0.1);
    }
}

static pal_status make_rows(const struct pal_baseline *base,
                            const struct pal_farrington *setting,
                            struct pal_arena *arena, struct pal_farrington_rows **out,
                            struct pal_error *err)
{
    void *memory = NULL;
    void *room = NULL;
    size_t n = base->count;
    pal_status status = pal_arena_alloc(arena, 1, sizeof **out, &memory, err);
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, 9 * n, sizeof(double), &room, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    struct pal_farrington_rows *rows = memory;
    double **const arrays[] = {&rows->counts,    &rows->time,      &rows->offset,
                               &rows->log_count, &rows->log_start, &rows->prior,
                               &rows->eta,       &rows->mean,      &rows->before};
    for (size_t k = 0; k < sizeof arrays / sizeof arrays[0]; k++) {
        *arrays[k] = (double *)room + k * n;
    }
    rows->count = n;
    rows->period_count = setting->is_classic ? 1 : setting->period_count;
    count_periods(base, rows);
    place_rows(base, rows);
    *out = rows;
    return status;
}

/* Fits, lowers the weights of past surges and fits again; false: left to the general fit. */
static bool fit_weighted(struct work *work, const struct pal_farrington *setting,
                         struct pal_farrington_model *out)
{
    for (size_t i = 0; i < work->rows->count; i++) {
        work->rows->prior[i] = 1.0;
    }
    if (!(degrees_of_freedom(work) > 0) || !iterate(work, &out->status)) {
        return false;
    }
    out->free_dispersion = free_dispersion(work, false);
    out->compat_dispersion = out->free_dispersion;
    if (!setting->is_reweighted || out->status != PAL_FIT_OK) {
        return true;
    }
    downweight(work, fmax(out->free_dispersion, 1.0), setting->weight_threshold);
    if (!iterate(work, &out->status)) {
        return false;
    }
    out->free_dispersion = free_dispersion(work, false);
    out->compat_dispersion = free_dispersion(work, true);
    return true;
}

pal_status pal_farrington_fit_periods(struct pal_baseline *base,
                                      const struct pal_farrington *setting,
                                      bool has_trend, struct pal_arena *arena,
                                      struct pal_farrington_model *out,
                                      struct pal_error *err)
{
    size_t last = setting->is_classic ? 0 : setting->period_count - 1;
    *out = (struct pal_farrington_model){.status = PAL_FIT_TOO_FEW};
    if (base->count == 0 || last >= PERIOD_MAX) {
        return PAL_OK;
    }
    pal_status status = PAL_OK;
    if (base->rows == NULL) {
        status = make_rows(base, setting, arena, &base->rows, err);
    }
    if (status != PAL_OK || base->rows == NULL) {
        return status;
    }
    struct work work = {.rows = base->rows,
                        .has_trend = has_trend,
                        .is_level = !has_trend && !base->rows->has_offset};
    out->is_done = fit_weighted(&work, setting, out) &&
                   work.sums[1 - work.next].weight[last] > 0 &&
                   isfinite(out->free_dispersion);
    if (!out->is_done) {
        return PAL_OK;
    }
    out->eta = work.level[last];
    out->eta_variance = variance_at(&work, last, 0.0);
    out->has_slope = has_trend;
    out->slope = work.slope;
    out->slope_variance = has_trend ? 1.0 / work.spread : 0.0;
    out->df = degrees_of_freedom(&work);
    return PAL_OK;
}
