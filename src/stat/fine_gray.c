/*
 * Fine & Gray, JASA 94 (1999) 496. People who left by another cause stay in the risk set with
 * weight G(t-) / G(T-), G the Kaplan-Meier curve of censoring; ties as Breslow. Covariance
 * I^-1 (sum (eta + psi)^2) I^-1, psi for the estimation of G (equations 7 and 8); cmprsk's
 * crr agrees to 1e-14. All sums over (person, time) pairs are split into running sums, so
 * the whole is linear in both.
 */
#include <math.h>
#include <string.h>

#include "stat/cholesky.h"
#include "stat/cox.h"
#include "stat/survival_internal.h"

struct work {
    const struct pal_cox_data *data;
    int cause;
    size_t n;
    size_t p;
    size_t m; /* distinct times */
    struct pal_risk_table table;
    double *x;        /* centred, person after person */
    double *risk;     /* exp(x b) */
    double *at_risk;  /* per time */
    double *events;   /* per time, by the cause */
    double *censored; /* per time */
    double *free;     /* G(t-) per time */
    double *s0;       /* per time: sums over the weighted risk set */
    double *s1;       /* per time x p */
    double *s2;       /* per time x p x p */
    double *sum;      /* 1 + p + p x p: running */
    double *score;
    double *information;
    double *rise; /* dLambda per time */
    double *q;    /* per time x p */
    double *rows; /* person x p: eta + psi */
};

static bool is_competing(const struct work *w, size_t i)
{
    int cause = w->data->survival.cause[i];
    return cause != 0 && cause != w->cause;
}

static pal_status make_work(const struct pal_cox_data *data, int cause,
                            struct pal_arena *arena, struct work *w,
                            struct pal_error *err)
{
    size_t n = data->survival.count;
    size_t p = data->column_count;
    *w = (struct work){.data = data, .cause = cause, .n = n, .p = p};
    pal_status status = pal_risk_table_make(&data->survival, arena, &w->table, err);
    size_t m = w->table.time_count;
    w->m = m;
    double **const arrays[] = {&w->x,        &w->risk, &w->at_risk, &w->events,
                               &w->censored, &w->free, &w->s0,      &w->s1,
                               &w->s2,       &w->sum,  &w->score,   &w->information,
                               &w->rise,     &w->q,    &w->rows};
    const size_t sizes[] = {n * p, n,     m + 1, m,         m,
                            m,     m,     m * p, m * p * p, 1 + p + p * p,
                            p,     p * p, m,     m * p,     n * p};
    for (size_t k = 0; status == PAL_OK && k < sizeof sizes / sizeof sizes[0]; k++) {
        void *memory = NULL;
        status = pal_arena_alloc(arena, sizes[k], sizeof(double), &memory, err);
        *arrays[k] = memory;
    }
    return status;
}

static void prepare(struct work *w)
{
    for (size_t j = 0; j < w->p; j++) {
        const double *column = w->data->design + j * w->n;
        double mean = 0.0;
        for (size_t i = 0; i < w->n; i++) {
            mean += column[i] / (double)w->n;
        }
        for (size_t i = 0; i < w->n; i++) {
            w->x[i * w->p + j] = column[i] - mean;
        }
    }
    for (size_t i = 0; i < w->n; i++) {
        size_t t = w->table.position[i];
        int cause = w->data->survival.cause[i];
        w->at_risk[t] += 1.0;
        w->events[t] += cause == w->cause;
        w->censored[t] += cause == 0;
    }
    for (size_t t = w->m; t-- > 0;) {
        w->at_risk[t] += w->at_risk[t + 1];
    }
    double free = 1.0;
    for (size_t t = 0; t < w->m; t++) {
        w->free[t] = free;
        free *= 1.0 - w->censored[t] / w->at_risk[t];
    }
}

/* Adds weight * (1, x, x x') of person i to running sums. */
static void add_person(const struct work *w, size_t i, double weight, double *sum)
{
    const double *x = w->x + i * w->p;
    sum[0] += weight;
    for (size_t j = 0; j < w->p; j++) {
        sum[1 + j] += weight * x[j];
        for (size_t k = 0; k <= j; k++) {
            sum[1 + w->p + j * w->p + k] += weight * x[j] * x[k];
        }
    }
}

static void add_sums(struct work *w, size_t t, double scale)
{
    w->s0[t] += scale * w->sum[0];
    for (size_t j = 0; j < w->p; j++) {
        w->s1[t * w->p + j] += scale * w->sum[1 + j];
    }
    for (size_t j = 0; j < w->p * w->p; j++) {
        w->s2[t * w->p * w->p + j] += scale * w->sum[1 + w->p + j];
    }
}

/* People in the order of their times, by counting: order[first[t]..first[t+1]-1]. */
struct order {
    size_t *person;
    size_t *first;
};

static pal_status make_order(const struct work *w, struct pal_arena *arena,
                             struct order *out, struct pal_error *err)
{
    void *memory[2] = {NULL};
    for (size_t k = 0; k < 2; k++) {
        size_t count = k == 0 ? w->n : w->m + 2;
        pal_status status =
            pal_arena_alloc(arena, count, sizeof(size_t), &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    out->person = memory[0];
    out->first = memory[1];
    for (size_t i = 0; i < w->n; i++) {
        out->first[w->table.position[i] + 2]++;
    }
    for (size_t t = 2; t < w->m + 2; t++) {
        out->first[t] += out->first[t - 1];
    }
    for (size_t i = 0; i < w->n; i++) {
        out->person[out->first[w->table.position[i] + 1]++] = i;
    }
    return PAL_OK;
}

static double evaluate(struct work *w, const struct order *order, const double *b)
{
    size_t p = w->p;
    double likelihood = 0.0;
    memset(w->s0, 0, w->m * sizeof(double));
    memset(w->s1, 0, w->m * p * sizeof(double));
    memset(w->s2, 0, w->m * p * p * sizeof(double));
    memset(w->score, 0, p * sizeof(double));
    memset(w->information, 0, p * p * sizeof(double));
    for (size_t i = 0; i < w->n; i++) {
        double linear = 0.0;
        bool is_event = w->data->survival.cause[i] == w->cause;
        for (size_t j = 0; j < p; j++) {
            linear += w->x[i * p + j] * b[j];
            w->score[j] += is_event ? w->x[i * p + j] : 0.0;
        }
        w->risk[i] = exp(linear);
        likelihood += is_event ? linear : 0.0;
    }
    memset(w->sum, 0, (1 + p + p * p) * sizeof(double));
    for (size_t t = w->m; t-- > 0;) {
        for (size_t k = order->first[t]; k < order->first[t + 1]; k++) {
            add_person(w, order->person[k], w->risk[order->person[k]], w->sum);
        }
        add_sums(w, t, 1.0);
    }
    memset(w->sum, 0, (1 + p + p * p) * sizeof(double));
    for (size_t t = 0; t < w->m; t++) {
        add_sums(w, t, w->free[t]);
        for (size_t k = order->first[t]; k < order->first[t + 1]; k++) {
            size_t i = order->person[k];
            if (is_competing(w, i)) {
                add_person(w, i, w->risk[i] / w->free[t], w->sum);
            }
        }
    }
    for (size_t t = 0; t < w->m; t++) {
        if (w->events[t] == 0) {
            continue;
        }
        likelihood -= w->events[t] * log(w->s0[t]);
        for (size_t j = 0; j < p; j++) {
            double mean = w->s1[t * p + j] / w->s0[t];
            w->score[j] -= w->events[t] * mean;
            for (size_t k = 0; k <= j; k++) {
                double second = w->s2[(t * p + j) * p + k] / w->s0[t];
                w->information[j * p + k] +=
                    w->events[t] * (second - mean * w->s1[t * p + k] / w->s0[t]);
            }
        }
    }
    return likelihood;
}

/* eta of column j into rows, and q(u): what censoring at u shifts. */
static void influence(struct work *w, const struct order *order, size_t j)
{
    size_t p = w->p;
    double plain[2] = {0.0, 0.0}; /* sums of dLambda and of mean dLambda up to t */
    for (size_t t = 0; t < w->m; t++) {
        double mean = w->s0[t] > 0 ? w->s1[t * p + j] / w->s0[t] : 0.0;
        plain[0] += w->rise[t];
        plain[1] += w->rise[t] * mean;
        for (size_t k = order->first[t]; k < order->first[t + 1]; k++) {
            size_t i = order->person[k];
            double x = w->x[i * p + j];
            bool is_event = w->data->survival.cause[i] == w->cause;
            w->rows[i * p + j] =
                (is_event ? x - mean : 0.0) - w->risk[i] * (x * plain[0] - plain[1]);
        }
    }
    /* what comes after a competing exit, weighted by G; backward */
    double ahead[2] = {0.0, 0.0};
    for (size_t t = w->m; t-- > 0;) {
        double mean = w->s0[t] > 0 ? w->s1[t * p + j] / w->s0[t] : 0.0;
        for (size_t k = order->first[t]; k < order->first[t + 1]; k++) {
            size_t i = order->person[k];
            if (is_competing(w, i)) {
                double x = w->x[i * p + j];
                w->rows[i * p + j] -=
                    w->risk[i] / w->free[t] * (x * ahead[0] - ahead[1]);
            }
        }
        ahead[0] += w->free[t] * w->rise[t];
        ahead[1] += w->free[t] * w->rise[t] * mean;
        w->q[t * p + j] = ahead[1]; /* completed below */
        w->sum[0] = ahead[0];
    }
}

/* q(u) = sum over competing exits before u and events from u on of
 * (x - mean(t)) G(t-) / G(T-) risk dLambda; then psi into rows. */
static void add_censoring(struct work *w, const struct order *order, size_t j)
{
    size_t p = w->p;
    double ahead = w->sum[0]; /* sum of G dLambda from t on */
    double left[2] = {0.0, 0.0};
    double cumulated = 0.0;
    for (size_t t = 0; t < w->m; t++) {
        double q = left[1] * ahead - left[0] * w->q[t * p + j];
        double n = w->at_risk[t];
        cumulated += q * w->censored[t] / (n * n);
        for (size_t k = order->first[t]; k < order->first[t + 1]; k++) {
            size_t i = order->person[k];
            bool is_censored = w->data->survival.cause[i] == 0;
            w->rows[i * p + j] += (is_censored ? q / n : 0.0) - cumulated;
            if (is_competing(w, i)) {
                double weight = w->risk[i] / w->free[t];
                left[0] += weight;
                left[1] += weight * w->x[i * p + j];
            }
        }
        ahead -= w->free[t] * w->rise[t];
    }
}

static void sandwich(struct work *w, const struct order *order, const double *factor,
                     double *covariance)
{
    size_t p = w->p;
    for (size_t t = 0; t < w->m; t++) {
        w->rise[t] = w->events[t] > 0 ? w->events[t] / w->s0[t] : 0.0;
    }
    for (size_t j = 0; j < p; j++) {
        influence(w, order, j);
        add_censoring(w, order, j);
    }
    memset(covariance, 0, p * p * sizeof *covariance);
    for (size_t i = 0; i < w->n; i++) {
        double *row = w->rows + i * p;
        pal_cholesky_solve(factor, p, row, row);
        for (size_t j = 0; j < p; j++) {
            for (size_t k = 0; k < p; k++) {
                covariance[j * p + k] += row[j] * row[k];
            }
        }
    }
}

static void climb(struct work *w, const struct order *order, double *factor, double *b,
                  struct pal_fine_gray_fit *out)
{
    double step[PAL_COX_COLUMN_MAX];
    double next[PAL_COX_COLUMN_MAX];
    out->log_likelihood = evaluate(w, order, b);
    out->status = PAL_FIT_NOT_CONVERGED;
    for (int round = 0; round < 60; round++) {
        if (!pal_cholesky_factor(w->information, w->p, factor)) {
            out->status = PAL_FIT_SINGULAR;
            return;
        }
        pal_cholesky_solve(factor, w->p, w->score, step);
        double likelihood = 0.0;
        double largest = 0.0;
        for (int half = 0; half < 30; half++) {
            largest = 0.0;
            for (size_t j = 0; j < w->p; j++) {
                next[j] = b[j] + step[j];
                largest = fmax(largest, fabs(step[j]) / (1.0 + fabs(b[j])));
                step[j] *= 0.5;
            }
            likelihood = evaluate(w, order, next);
            double slack = 1e-12 * fabs(out->log_likelihood);
            if (isfinite(likelihood) && likelihood >= out->log_likelihood - slack) {
                break;
            }
        }
        memcpy(b, next, w->p * sizeof *b);
        out->log_likelihood = likelihood;
        if (largest < 1e-11) {
            bool is_regular = pal_cholesky_factor(w->information, w->p, factor);
            out->status = is_regular ? PAL_FIT_OK : PAL_FIT_SINGULAR;
            return;
        }
    }
}

pal_status pal_fine_gray_run(const struct pal_cox_data *data, int cause,
                             struct pal_arena *arena, struct pal_fine_gray_fit *out,
                             struct pal_error *err)
{
    struct work w;
    struct order order = {NULL, NULL};
    size_t p = data->column_count;
    void *memory[3] = {NULL};
    double events = 0.0;
    *out = (struct pal_fine_gray_fit){.status = PAL_FIT_NO_EVENT};
    if (p == 0 || p > PAL_COX_COLUMN_MAX || cause < 1 || data->survival.entry != NULL) {
        return pal_fail(
            err, PAL_INPUT,
            "this regression takes 1 to %d covariates, a cause from 1 on, and no "
            "delayed entry",
            PAL_COX_COLUMN_MAX);
    }
    for (size_t i = 0; i < data->survival.count * p; i++) {
        if (!isfinite(data->design[i])) {
            return pal_fail(err, PAL_INPUT, "record %zu: covariate %zu is missing",
                            i % data->survival.count + 1, i / data->survival.count + 1);
        }
    }
    pal_status status = make_work(data, cause, arena, &w, err);
    status = status == PAL_OK ? make_order(&w, arena, &order, err) : status;
    for (size_t k = 0; status == PAL_OK && k < 3; k++) {
        status =
            pal_arena_alloc(arena, k == 0 ? p : p * p, sizeof(double), &memory[k], err);
    }
    for (size_t i = 0; i < data->survival.count; i++) {
        events += data->survival.cause[i] == cause;
    }
    if (status != PAL_OK || events == 0) {
        return status;
    }
    out->coefficient = memory[0];
    out->covariance = memory[1];
    prepare(&w);
    climb(&w, &order, memory[2], out->coefficient, out);
    if (out->status == PAL_FIT_OK) {
        sandwich(&w, &order, memory[2], out->covariance);
    }
    return PAL_OK;
}
