/*
 * Householder QR (LAPACK dgeqrf). Rank is found as R's dqrdc2 finds it: columns are taken in
 * their order, and one whose part outside the earlier columns is shorter than a tolerance of
 * its own length is set aside. LAPACK's own pivoting (dgeqp3) would set aside another column
 * of a dependent set, and then the coefficients mean something else; so the factorisation is
 * run again without the first dependent column until none is left.
 */
#include "stat/least_squares.h"

#include <math.h>
#include <string.h>

#include <lapacke.h>

enum { LAPACK_BLOCK = 32 };

static pal_status get(struct pal_arena *arena, size_t count, double **out,
                      struct pal_error *err)
{
    void *memory = NULL;
    pal_status status = pal_arena_alloc(arena, count, sizeof(double), &memory, err);
    *out = memory;
    return status;
}

pal_status pal_least_squares_init(struct pal_least_squares *solver, size_t row_count,
                                  size_t column_count, struct pal_arena *arena,
                                  struct pal_error *err)
{
    *solver = (struct pal_least_squares){
        .row_count = row_count, .column_count = column_count, .tolerance = 1e-11};
    solver->work_size = LAPACK_BLOCK * (column_count + 1);
    void *memory = NULL;
    pal_status status = get(arena, row_count * column_count, &solver->q, err);
    status = status == PAL_OK ? get(arena, column_count * column_count, &solver->r, err)
                              : status;
    status = status == PAL_OK ? get(arena, row_count, &solver->effect, err) : status;
    status =
        status == PAL_OK ? get(arena, column_count + 1, &solver->tau, err) : status;
    status =
        status == PAL_OK ? get(arena, solver->work_size, &solver->work, err) : status;
    if (status == PAL_OK) {
        status = pal_arena_alloc(arena, column_count + 1, sizeof *solver->kept, &memory,
                                 err);
        solver->kept = memory;
    }
    return status;
}

static pal_status check_lapack(lapack_int info, const char *routine,
                               struct pal_error *err)
{
    if (info != 0) {
        return pal_fail(err, PAL_BUG, "%s answered %d", routine, (int)info);
    }
    return PAL_OK;
}

/* Scales the kept columns into q and factors them. */
static pal_status factor(struct pal_least_squares *solver, const double *design,
                         const double *scale, double *length, struct pal_error *err)
{
    size_t n = solver->row_count;
    for (size_t k = 0; k < solver->kept_count; k++) {
        const double *from = design + solver->kept[k] * n;
        double *to = solver->q + k * n;
        double square = 0.0;
        for (size_t i = 0; i < n; i++) {
            to[i] = scale == NULL ? from[i] : from[i] * scale[i];
            square += to[i] * to[i];
        }
        length[k] = sqrt(square);
    }
    lapack_int info = LAPACKE_dgeqrf_work(
        LAPACK_COL_MAJOR, (lapack_int)n, (lapack_int)solver->kept_count, solver->q,
        (lapack_int)n, solver->tau, solver->work, (lapack_int)solver->work_size);
    return check_lapack(info, "dgeqrf", err);
}

/* Index among the kept columns of the first dependent one, or kept_count. */
static size_t first_dependent(const struct pal_least_squares *solver,
                              const double *length)
{
    size_t n = solver->row_count;
    for (size_t k = 0; k < solver->kept_count; k++) {
        double rest = k < n ? fabs(solver->q[k * n + k]) : 0.0;
        if (!(rest > solver->tolerance * length[k])) {
            return k;
        }
    }
    return solver->kept_count;
}

pal_status pal_least_squares_solve(struct pal_least_squares *solver,
                                   const double *design, const double *response,
                                   const double *scale, double *coefficient,
                                   struct pal_error *err)
{
    size_t n = solver->row_count;
    size_t p = solver->column_count;
    solver->kept_count = p;
    for (size_t j = 0; j < p; j++) {
        solver->kept[j] = j;
        coefficient[j] = 0.0;
    }
    for (;;) {
        if (solver->kept_count == 0) {
            return PAL_OK;
        }
        /* r is free until the factor is copied there; it lends its first column */
        pal_status status = factor(solver, design, scale, solver->r, err);
        if (status != PAL_OK) {
            return status;
        }
        size_t dependent = first_dependent(solver, solver->r);
        if (dependent == solver->kept_count) {
            break;
        }
        solver->kept_count--;
        memmove(solver->kept + dependent, solver->kept + dependent + 1,
                (solver->kept_count - dependent) * sizeof *solver->kept);
    }
    for (size_t i = 0; i < n; i++) {
        solver->effect[i] = scale == NULL ? response[i] : response[i] * scale[i];
    }
    lapack_int rank = (lapack_int)solver->kept_count;
    lapack_int info =
        LAPACKE_dormqr_work(LAPACK_COL_MAJOR, 'L', 'T', (lapack_int)n, 1, rank,
                            solver->q, (lapack_int)n, solver->tau, solver->effect,
                            (lapack_int)n, solver->work, (lapack_int)solver->work_size);
    pal_status status = check_lapack(info, "dormqr", err);
    if (status != PAL_OK) {
        return status;
    }
    for (size_t k = 0; k < solver->kept_count; k++) {
        for (size_t i = 0; i <= k; i++) {
            solver->r[k * p + i] = solver->q[k * n + i];
        }
    }
    for (size_t k = solver->kept_count; k-- > 0;) {
        double sum = solver->effect[k];
        for (size_t j = k + 1; j < solver->kept_count; j++) {
            sum -= solver->r[j * p + k] * coefficient[solver->kept[j]];
        }
        coefficient[solver->kept[k]] = sum / solver->r[k * p + k];
    }
    return PAL_OK;
}

pal_status pal_least_squares_covariance(const struct pal_least_squares *solver,
                                        double *covariance, struct pal_error *err)
{
    size_t p = solver->column_count;
    size_t rank = solver->kept_count;
    for (size_t i = 0; i < p * p; i++) {
        covariance[i] = 0.0;
    }
    if (rank == 0) {
        return PAL_OK;
    }
    /* dpotri: the inverse of R'R from R, upper triangle, packed into the top corner */
    for (size_t j = 0; j < rank; j++) {
        memcpy(covariance + j * p, solver->r + j * p, (j + 1) * sizeof *covariance);
    }
    lapack_int info = LAPACKE_dpotri_work(LAPACK_COL_MAJOR, 'U', (lapack_int)rank,
                                          covariance, (lapack_int)p);
    pal_status status = check_lapack(info, "dpotri", err);
    if (status != PAL_OK) {
        return status;
    }
    /* spread to the places of the kept columns, from the end so that nothing is overwritten */
    for (size_t j = rank; j-- > 0;) {
        for (size_t i = j + 1; i-- > 0;) {
            double value = covariance[j * p + i];
            covariance[j * p + i] = 0.0;
            covariance[solver->kept[j] * p + solver->kept[i]] = value;
        }
    }
    for (size_t j = 0; j < p; j++) {
        for (size_t i = 0; i < j; i++) {
            covariance[i * p + j] = covariance[j * p + i];
        }
    }
    return PAL_OK;
}

pal_status pal_least_squares_hat(struct pal_least_squares *solver, double *hat,
                                 struct pal_error *err)
{
    size_t n = solver->row_count;
    for (size_t i = 0; i < n; i++) {
        hat[i] = 0.0;
    }
    if (solver->kept_count == 0) {
        return PAL_OK;
    }
    lapack_int rank = (lapack_int)solver->kept_count;
    lapack_int info = LAPACKE_dorgqr_work(LAPACK_COL_MAJOR, (lapack_int)n, rank, rank,
                                          solver->q, (lapack_int)n, solver->tau,
                                          solver->work, (lapack_int)solver->work_size);
    pal_status status = check_lapack(info, "dorgqr", err);
    if (status != PAL_OK) {
        return status;
    }
    for (size_t k = 0; k < solver->kept_count; k++) {
        for (size_t i = 0; i < n; i++) {
            hat[i] += solver->q[k * n + i] * solver->q[k * n + i];
        }
    }
    for (size_t i = 0; i < n; i++) {
        hat[i] = fmin(hat[i], 1.0);
    }
    return PAL_OK;
}
