/*
 * The design of a baseline: the columns each day has, few of which are not zero.
 */
#ifndef PAL_DETECT_BASELINE_INTERNAL_H
#define PAL_DETECT_BASELINE_INTERNAL_H

#include "detect/baseline.h"

enum { PAL_DESIGN_ENTRY_MAX = 14, PAL_DESIGN_COLUMN_MAX = 192 };

struct pal_design_row {
    int count;       /* 0: the day is not covered */
    uint8_t is_free; /* 1: a weekend's day or a holiday */
    uint8_t column[PAL_DESIGN_ENTRY_MAX];
    double value[PAL_DESIGN_ENTRY_MAX];
};

enum { PAL_STEP_MAX = 24 };

struct pal_design {
    int32_t first;
    size_t day_count;
    size_t covered_count;
    size_t column_count;
    size_t level_count; /* the first columns: a level for each release */
    double penalty[PAL_DESIGN_COLUMN_MAX]; /* 1 / variance of the prior about 0 */
    struct pal_design_row *rows;
};

/* The mean for given alpha and weights. `coefficient` holds the start, then the fit; false
 * when it does not converge. All arrays are the caller's. */
struct pal_baseline_solver {
    const struct pal_design *design;
    const double *counts;
    double alpha[2];
    double *coefficient;
    double *normal; /* column_count^2 */
    double *factor; /* the same */
    double *score;  /* column_count */
    double *step;   /* the same */
    double *expected;
    const double *weight;
};
/* The same columns, and a level of its own from each of the days (0-based, ascending) on. */
pal_status pal_design_add_steps(const struct pal_design *design, const size_t *steps,
                                size_t count, struct pal_arena *arena,
                                struct pal_design **out,
                                struct pal_error *err) PAL_MUST_USE;

/* A lasting change of a fitted series' level, between whole weeks. */
struct pal_step {
    size_t day;    /* 0-based, a Monday */
    double before; /* a week */
    double after;
};
/* Those by at least `ratio`; `out` has room for PAL_STEP_MAX. */
pal_status pal_steps_find(const struct pal_baseline *baseline, double ratio,
                          struct pal_step *out, size_t *count,
                          struct pal_error *err) PAL_MUST_USE;

bool pal_baseline_solve(struct pal_baseline_solver *solver);
/* The information of the last step solved for `score`: a column of its inverse. */
void pal_baseline_column(const struct pal_baseline_solver *solver, double *out);

/* alpha.c: days that tell of alpha, with their means. */
struct pal_told_days {
    size_t count;
    double *means;
    double *counts;
};
/* Where the capped squared residuals add up to the degrees of freedom. */
double pal_alpha_by_moments(const struct pal_told_days *told);
/* By maximum likelihood, from 0 to 1096. Work on weekends comes in bursts, to which moments
 * answer wildly and the likelihood calmly. */
double pal_alpha_likely(const struct pal_told_days *told);

/* The k-th smallest (0-based); the order of `values` is lost. */
double pal_select(double *values, size_t count, size_t k);

#endif
