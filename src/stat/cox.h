/*
 * Proportional hazards: how much covariates shorten or lengthen stays.
 */
#ifndef PAL_STAT_COX_H
#define PAL_STAT_COX_H

#include "stat/survival.h"

enum { PAL_COX_COLUMN_MAX = 64 };

enum pal_cox_ties { PAL_TIES_EFRON, PAL_TIES_BRESLOW };

struct pal_cox_data {
    struct pal_survival_data survival; /* cause 0 or not */
    const double *design;              /* column after column, without a constant */
    size_t column_count;
};

struct pal_cox_fit {
    enum pal_fit_status status; /* NO_EVENT, SINGULAR, NOT_CONVERGED */
    double *coefficient;        /* the arena's */
    double *covariance;         /* column_count^2 */
    double log_likelihood[2];   /* at 0, at the maximum */
    double likelihood_ratio;
    double wald;
    double score;
    /* Share of comparable pairs in which the shorter stay has the larger hazard; O(n^2). */
    double concordance;
};

/* Cox's regression by Newton's method from 0. Coefficients are logarithms of hazard ratios, in the
 * order of the data's columns; out's arrays are the arena's. A fit that cannot be had (no event,
 * singular, not converged) is PAL_OK with its status; PAL_INPUT: there are no records. */
pal_status pal_cox_fit(const struct pal_cox_data *data, enum pal_cox_ties ties,
                       struct pal_arena *arena, struct pal_cox_fit *out,
                       struct pal_error *err) PAL_MUST_USE;

/* Fine & Gray's regression of the share that leaves by cause `cause`; no delayed entry. The
 * covariance is the robust one, with the censoring distribution estimated. */
struct pal_fine_gray_fit {
    enum pal_fit_status status;
    double *coefficient; /* the arena's */
    double *covariance;  /* column_count^2 */
    double log_likelihood;
};
pal_status pal_fine_gray_run(const struct pal_cox_data *data, int cause,
                             struct pal_arena *arena, struct pal_fine_gray_fit *out,
                             struct pal_error *err) PAL_MUST_USE;

#endif
