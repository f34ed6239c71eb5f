/*
 * Weighted least squares through LAPACK's QR: the step inside every fit of the room.
 */
#ifndef PAL_STAT_LEAST_SQUARES_H
#define PAL_STAT_LEAST_SQUARES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

/* Memory for problems of one size; fields are the arena's. */
struct pal_least_squares {
    size_t row_count;
    size_t column_count;
    double tolerance;
    double *q;      /* row_count x column_count, the scaled design, then Q */
    double *r;      /* column_count^2, upper triangle of the kept columns */
    double *effect; /* row_count, scaled response */
    double *tau;    /* column_count */
    double *work;   /* room for LAPACK */
    size_t *kept;   /* columns in use, ascending */
    size_t kept_count;
    size_t work_size;
};

pal_status pal_least_squares_init(struct pal_least_squares *solver, size_t row_count,
                                  size_t column_count, struct pal_arena *arena,
                                  struct pal_error *err) PAL_MUST_USE;

/* Minimises sum (scale (response - design b))^2; `scale` NULL for ones. Coefficients of
 * columns that depend on earlier ones are 0 and not kept. Needs row_count >= 1. */
pal_status pal_least_squares_solve(struct pal_least_squares *solver,
                                   const double *design, const double *response,
                                   const double *scale, double *coefficient,
                                   struct pal_error *err) PAL_MUST_USE;
/* (X'WX)^-1 of the last solve, column_count^2; zeros for columns not kept. */
pal_status pal_least_squares_covariance(const struct pal_least_squares *solver,
                                        double *covariance,
                                        struct pal_error *err) PAL_MUST_USE;
/* Diagonal of the hat matrix of the last solve; spends q. */
pal_status pal_least_squares_hat(struct pal_least_squares *solver, double *hat,
                                 struct pal_error *err) PAL_MUST_USE;

#endif
