#include "stat/cholesky.h"

#include <lapacke.h>

bool pal_cholesky_factor(const double *matrix, size_t n, double *factor)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < n; k++) {
            factor[j * n + k] = k <= j ? matrix[j * n + k] : 0.0;
        }
    }
    /* the lower triangle by rows is LAPACK's upper triangle by columns */
    return LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'U', (lapack_int)n, factor,
                               (lapack_int)n) == 0;
}

void pal_cholesky_solve(const double *factor, size_t n, const double *right,
                        double *out)
{
    for (size_t j = 0; j < n; j++) {
        out[j] = right[j];
        for (size_t k = 0; k < j; k++) {
            out[j] -= factor[j * n + k] * out[k];
        }
        out[j] /= factor[j * n + j];
    }
    for (size_t j = n; j-- > 0;) {
        for (size_t k = j + 1; k < n; k++) {
            out[j] -= factor[k * n + j] * out[k];
        }
        out[j] /= factor[j * n + j];
    }
}
