/*
 * Design matrices from a formula in R's notation: + - * : / ^ %in% . between terms, numbers 1
 * and 0 (or - 1) for the constant, offset(..), strata(..), Surv(..) on the left; terms are
 * columns or expressions of them, factor(..), relevel(.., ref = ..), poly(.., k). Text columns and
 * truths are factors with treatment contrasts, the alphabetically first level being the
 * reference; a factor is coded in full where what it is crossed with is no term before it.
 * Rows in which anything is missing take no part, as in R.
 */
#ifndef PAL_STAT_FORMULA_H
#define PAL_STAT_FORMULA_H

#include "stat/method.h"

struct pal_formula_design {
    size_t row_count;
    size_t *rows;    /* of the frame, from 0 */
    size_t left_out; /* rows of the frame with something missing */
    /* left of "~"; of Surv(time, status) and Surv(entry, time, status) its parts */
    double *response[3];
    size_t response_count;
    bool is_survival;  /* a constant is then always there */
    bool has_constant; /* as the first column */
    size_t column_count;
    size_t column_room;
    double *values;     /* column after column */
    const char **names; /* as R names coefficients */
    double *offset;     /* from offset(..); NULL when there is none */
    size_t *strata;     /* from strata(..), from 0; NULL when there is none */
};

/* PAL_INPUT when the formula cannot be read or names a column that is not there. */
pal_status pal_formula_make(const char *formula, const struct pal_frame *frame,
                            struct pal_formula_design *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
