/*
 * The fit of a baseline: penalised Newton steps of a negative binomial with a given alpha
 * (Lawless 1987), on normal equations put together from the few columns a day has. About ten
 * times the speed of a dense least-squares step, which counts because whole studies are
 * fitted hundreds of times to learn what could have been seen.
 */
#include <math.h>
#include <string.h>

#include "detect/baseline_internal.h"
#include "stat/cholesky.h"

enum { ITERATION_MAX = 60 };

static void predict(const struct pal_baseline_solver *solver)
{
    const struct pal_design *design = solver->design;
    for (size_t i = 0; i < design->day_count; i++) {
        const struct pal_design_row *row = &design->rows[i];
        double linear = 0;
        if (row->count == 0) {
            solver->expected[i] = 0;
            continue;
        }
        for (int k = 0; k < row->count; k++) {
            linear += row->value[k] * solver->coefficient[row->column[k]];
        }
        linear = linear > 30 ? 30 : linear < -30 ? -30 : linear;
        solver->expected[i] = exp(linear);
    }
}

/* A day's columns ascend, so all products fall below the diagonal. */
static void add_day(struct pal_baseline_solver *solver, size_t i)
{
    const struct pal_design_row *row = &solver->design->rows[i];
    size_t columns = solver->design->column_count;
    double mean = solver->expected[i];
    double spread = 1 + solver->alpha[row->is_free] * mean;
    double information = solver->weight[i] * mean / spread;
    double residual = solver->weight[i] * (solver->counts[i] - mean) / spread;
    for (int a = 0; a < row->count; a++) {
        double *line = solver->normal + row->column[a] * columns;
        double scaled = information * row->value[a];
        solver->score[row->column[a]] += residual * row->value[a];
        for (int b = 0; b <= a; b++) {
            line[row->column[b]] += scaled * row->value[b];
        }
    }
}

/* One step; the largest change of a coefficient, or -1 when there is none to take. */
static double step(struct pal_baseline_solver *solver)
{
    const struct pal_design *design = solver->design;
    size_t n = design->column_count;
    double largest = 0;
    memset(solver->normal, 0, n * n * sizeof *solver->normal);
    memset(solver->score, 0, n * sizeof *solver->score);
    for (size_t i = 0; i < design->day_count; i++) {
        if (design->rows[i].count > 0) {
            add_day(solver, i);
        }
    }
    for (size_t k = 0; k < n; k++) {
        solver->normal[k * n + k] += design->penalty[k];
        solver->score[k] -= design->penalty[k] * solver->coefficient[k];
    }
    if (!pal_cholesky_factor(solver->normal, n, solver->factor)) {
        return -1;
    }
    pal_cholesky_solve(solver->factor, n, solver->score, solver->step);
    for (size_t k = 0; k < n; k++) {
        largest = fmax(largest, fabs(solver->step[k]));
    }
    if (!isfinite(largest)) {
        return -1;
    }
    /* Far from the maximum a full step of exp overshoots. */
    double part = largest > 2 ? 2 / largest : 1;
    for (size_t k = 0; k < n; k++) {
        solver->coefficient[k] += part * solver->step[k];
    }
    return largest;
}

bool pal_baseline_solve(struct pal_baseline_solver *solver)
{
    predict(solver);
    for (int i = 0; i < ITERATION_MAX; i++) {
        double moved = step(solver);
        predict(solver);
        if (moved < 0) {
            return false;
        }
        if (moved < 1e-6) {
            return true;
        }
    }
    return false;
}

/* Hoare's partition: up to the position it gives all are at most the pivot. */
static size_t partition(double *values, size_t low, size_t high)
{
    double pivot = values[low + (high - low) / 2];
    for (;;) {
        while (values[low] < pivot) {
            low++;
        }
        while (values[high] > pivot) {
            high--;
        }
        if (low >= high) {
            return high;
        }
        double held = values[low];
        values[low++] = values[high];
        values[high--] = held;
    }
}

double pal_select(double *values, size_t count, size_t k)
{
    size_t low = 0;
    size_t high = count - 1;
    while (low < high) {
        size_t at = partition(values, low, high);
        if (k <= at) {
            high = at;
        } else {
            low = at + 1;
        }
    }
    return values[k];
}

void pal_baseline_column(const struct pal_baseline_solver *solver, double *out)
{
    pal_cholesky_solve(solver->factor, solver->design->column_count, solver->score,
                       out);
}
