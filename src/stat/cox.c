/*
 * Cox, JRSS-B 34 (1972) 187. Ties: Efron, JASA 72 (1977) 557 (R's default), or Breslow 1974.
 * Newton's method on the partial likelihood from 0, halving a step that lowers it; covariates
 * are centred first. Concordance: Harrell, Lee & Mark, Stat Med 15 (1996) 361; pairs with
 * equal times count only when just one of them is an event.
 */
#include "stat/cox.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "stat/cholesky.h"
#include "stat/survival_internal.h"

struct sums {
    double weight;
    double first[PAL_COX_COLUMN_MAX];
    double *second; /* p x p */
};

struct work {
    const struct pal_cox_data *data;
    struct pal_risk_table table;
    enum pal_cox_ties ties;
    double *x;      /* centred, row after row */
    double *risk;   /* exp(x b) */
    double *linear; /* x b */
    size_t *order;  /* records by exit position, ascending */
    size_t *first;  /* of each position in `order`; time_count + 1 */
    struct sums all;
    struct sums tied;
    double *score;
    double *information;
};

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

static void order_records(struct work *work)
{
    size_t n = work->data->survival.count;
    const size_t *position = work->table.position;
    PAL_BUG_IF(position == NULL); /* make_work refuses an empty table */
    for (size_t i = 0; i < n; i++) {
        work->first[position[i] + 1]++;
    }
    for (size_t t = 0; t < work->table.time_count; t++) {
        work->first[t + 1] += work->first[t];
    }
    for (size_t i = n; i-- > 0;) {
        /* filled from the end of each position's run */
        work->order[--work->first[position[i] + 1]] = i;
    }
    memmove(work->first, work->first + 1, work->table.time_count * sizeof *work->first);
    work->first[work->table.time_count] = n;
}

static void centre_columns(struct work *work)
{
    size_t n = work->data->survival.count;
    size_t p = work->data->column_count;
    for (size_t j = 0; j < p; j++) {
        double mean = 0.0;
        for (size_t i = 0; i < n; i++) {
            mean += work->data->design[j * n + i] / (double)n;
        }
        for (size_t i = 0; i < n; i++) {
            work->x[i * p + j] = work->data->design[j * n + i] - mean;
        }
    }
}

static void clear_sums(struct sums *sums, size_t p)
{
    sums->weight = 0.0;
    memset(sums->first, 0, sizeof sums->first);
    memset(sums->second, 0, p * p * sizeof *sums->second);
}

static void add_record(const struct work *work, struct sums *sums, size_t i,
                       double sign)
{
    size_t p = work->data->column_count;
    const double *x = work->x + i * p;
    double weight = sign * work->risk[i];
    sums->weight += weight;
    for (size_t j = 0; j < p; j++) {
        sums->first[j] += weight * x[j];
        for (size_t k = 0; k <= j; k++) {
            sums->second[j * p + k] += weight * x[j] * x[k];
        }
    }
}

/* Adds the events of one time to likelihood, score and information. */
static double add_time(struct work *work, size_t t)
{
    size_t p = work->data->column_count;
    double likelihood = 0.0;
    size_t events = 0;
    clear_sums(&work->tied, p);
    for (size_t k = work->first[t]; k < work->first[t + 1]; k++) {
        size_t i = work->order[k];
        if (work->data->survival.cause[i] > 0) {
            events++;
            likelihood += work->linear[i];
            add_record(work, &work->tied, i, 1.0);
            for (size_t j = 0; j < p; j++) {
                work->score[j] += work->x[i * p + j];
            }
        }
    }
    for (size_t l = 0; l < events; l++) {
        double share = work->ties == PAL_TIES_EFRON ? (double)l / (double)events : 0.0;
        double weight = work->all.weight - share * work->tied.weight;
        double mean[PAL_COX_COLUMN_MAX];
        likelihood -= log(weight);
        for (size_t j = 0; j < p; j++) {
            mean[j] = (work->all.first[j] - share * work->tied.first[j]) / weight;
            work->score[j] -= mean[j];
            for (size_t k = 0; k <= j; k++) {
                double second =
                    work->all.second[j * p + k] - share * work->tied.second[j * p + k];
                work->information[j * p + k] += second / weight - mean[j] * mean[k];
            }
        }
    }
    return likelihood;
}

/* Takes out those who enter after time t. */
static void leave(struct work *work, size_t t)
{
    for (size_t k = work->first[t + 1]; k < work->data->survival.count; k++) {
        if (work->table.start[work->order[k]] == t + 1) {
            add_record(work, &work->all, work->order[k], -1.0);
        }
    }
}

/* Partial log-likelihood at b; times run backward, so the risk set only grows, but for
 * delayed entries, which leave it at their start. */
static double evaluate(struct work *work, const double *b)
{
    size_t n = work->data->survival.count;
    size_t p = work->data->column_count;
    double likelihood = 0.0;
    memset(work->score, 0, p * sizeof *work->score);
    memset(work->information, 0, p * p * sizeof *work->information);
    clear_sums(&work->all, p);
    for (size_t i = 0; i < n; i++) {
        work->linear[i] = 0.0;
        for (size_t j = 0; j < p; j++) {
            work->linear[i] += work->x[i * p + j] * b[j];
        }
        work->risk[i] = exp(work->linear[i]);
    }
    for (size_t t = work->table.time_count; t-- > 0;) {
        for (size_t k = work->first[t]; k < work->first[t + 1]; k++) {
            add_record(work, &work->all, work->order[k], 1.0);
        }
        if (work->data->survival.entry != NULL) {
            leave(work, t);
        }
        likelihood += add_time(work, t);
    }
    return likelihood;
}

static double concordance(const struct work *work)
{
    const struct pal_survival_data *survival = &work->data->survival;
    double pairs = 0.0;
    double agreeing = 0.0;
    for (size_t i = 0; i < survival->count; i++) {
        if (survival->cause[i] == 0) {
            continue;
        }
        size_t at = work->table.position[i];
        for (size_t j = 0; j < survival->count; j++) {
            size_t other = work->table.position[j];
            bool is_later = other > at || (other == at && survival->cause[j] == 0);
            if (!is_later || work->table.start[j] > at) {
                continue;
            }
            pairs += 1.0;
            double gap = work->linear[i] - work->linear[j];
            agreeing += gap > 0 ? 1.0 : (gap == 0 ? 0.5 : 0.0);
        }
    }
    return pairs > 0 ? agreeing / pairs : 0.5;
}

static pal_status make_work(const struct pal_cox_data *data, enum pal_cox_ties ties,
                            struct pal_arena *arena, struct work *work,
                            struct pal_error *err)
{
    size_t n = data->survival.count;
    size_t p = data->column_count;
    *work = (struct work){.data = data, .ties = ties};
    for (size_t i = 0; i < n * p; i++) {
        if (!isfinite(data->design[i])) {
            return pal_fail(err, PAL_INPUT, "record %zu: covariate %zu is missing",
                            i % n + 1, i / n + 1);
        }
    }
    pal_status status = pal_risk_table_make(&data->survival, arena, &work->table, err);
    if (status == PAL_OK && work->table.position == NULL) {
        status = pal_fail(err, PAL_INPUT, "there are no records");
    }
    void *memory[9] = {NULL};
    const size_t counts[9] = {n * p, n,     n, n,    work->table.time_count + 2,
                              p * p, p * p, p, p * p};
    for (size_t k = 0; status == PAL_OK && k < 9; k++) {
        bool is_index = k == 3 || k == 4;
        size_t size = sizeof(double);
        if (is_index) {
            size = sizeof(size_t);
        }
        status = get(arena, counts[k], size, &memory[k], err);
    }
    if (status != PAL_OK) {
        return status;
    }
    work->x = memory[0];
    work->risk = memory[1];
    work->linear = memory[2];
    work->order = memory[3];
    work->first = memory[4];
    work->all.second = memory[5];
    work->tied.second = memory[6];
    work->score = memory[7];
    work->information = memory[8];
    return status;
}

/* Newton steps; `factor` holds the information's factor at the end. */
static void climb(struct work *work, double *factor, double *b, struct pal_cox_fit *out)
{
    size_t p = work->data->column_count;
    double step[PAL_COX_COLUMN_MAX];
    double next[PAL_COX_COLUMN_MAX];
    out->status = PAL_FIT_NOT_CONVERGED;
    for (int round = 0; round < 60; round++) {
        if (!pal_cholesky_factor(work->information, p, factor)) {
            out->status = PAL_FIT_SINGULAR;
            return;
        }
        pal_cholesky_solve(factor, p, work->score, step);
        double likelihood = 0.0;
        double largest = 0.0;
        for (int half = 0; half < 30; half++) {
            largest = 0.0;
            for (size_t j = 0; j < p; j++) {
                next[j] = b[j] + step[j];
                largest = fmax(largest, fabs(step[j]) / (1.0 + fabs(b[j])));
                step[j] *= 0.5;
            }
            likelihood = evaluate(work, next);
            double slack = 1e-12 * fabs(out->log_likelihood[1]);
            if (isfinite(likelihood) && likelihood >= out->log_likelihood[1] - slack) {
                break;
            }
        }
        memcpy(b, next, p * sizeof *b);
        out->log_likelihood[1] = likelihood;
        if (largest < 1e-11) {
            out->status = pal_cholesky_factor(work->information, p, factor)
                              ? PAL_FIT_OK
                              : PAL_FIT_SINGULAR;
            return;
        }
    }
}

pal_status pal_cox_fit(const struct pal_cox_data *data, enum pal_cox_ties ties,
                       struct pal_arena *arena, struct pal_cox_fit *out,
                       struct pal_error *err)
{
    struct work work;
    size_t p = data->column_count;
    void *memory[3] = {NULL};
    double events = 0.0;
    *out = (struct pal_cox_fit){.status = PAL_FIT_NO_EVENT};
    if (p == 0 || p > PAL_COX_COLUMN_MAX) {
        return pal_fail(err, PAL_LIMIT, "%zu covariates; 1 to %d", p,
                        PAL_COX_COLUMN_MAX);
    }
    pal_status status = make_work(data, ties, arena, &work, err);
    for (size_t k = 0; status == PAL_OK && k < 3; k++) {
        status = get(arena, k == 0 ? p : p * p, sizeof(double), &memory[k], err);
    }
    if (status != PAL_OK) {
        return status;
    }
    for (size_t i = 0; i < data->survival.count; i++) {
        events += data->survival.cause[i] > 0;
    }
    if (events == 0) {
        return PAL_OK;
    }
    double *b = memory[0];
    double *factor = memory[2];
    out->coefficient = b;
    out->covariance = memory[1];
    order_records(&work);
    centre_columns(&work);
    out->log_likelihood[0] = evaluate(&work, b);
    out->log_likelihood[1] = out->log_likelihood[0];
    double step[PAL_COX_COLUMN_MAX];
    if (pal_cholesky_factor(work.information, p, factor)) {
        pal_cholesky_solve(factor, p, work.score, step);
        for (size_t j = 0; j < p; j++) {
            out->score += work.score[j] * step[j];
        }
    }
    climb(&work, factor, b, out);
    if (out->status != PAL_FIT_OK) {
        return PAL_OK;
    }
    for (size_t j = 0; j < p; j++) {
        double unit[PAL_COX_COLUMN_MAX] = {0};
        unit[j] = 1.0;
        pal_cholesky_solve(factor, p, unit, out->covariance + j * p);
        for (size_t k = 0; k <= j; k++) {
            double twice = j == k ? 1.0 : 2.0;
            out->wald += twice * b[j] * b[k] * work.information[j * p + k];
        }
    }
    out->likelihood_ratio = 2.0 * (out->log_likelihood[1] - out->log_likelihood[0]);
    out->concordance = concordance(&work);
    return PAL_OK;
}
