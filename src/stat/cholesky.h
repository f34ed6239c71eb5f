/*
 * Small symmetric positive definite systems.
 */
#ifndef PAL_STAT_CHOLESKY_H
#define PAL_STAT_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/* Factors the lower triangle of `matrix` (rows of n) into `factor`; false when it is not
 * positive definite. They may be the same memory. */
bool pal_cholesky_factor(const double *matrix, size_t n, double *factor);
/* Solves matrix * out = right; the two may be the same memory. */
void pal_cholesky_solve(const double *factor, size_t n, const double *right,
                        double *out);

#endif
