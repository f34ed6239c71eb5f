/*
 * Design matrices from a formula in R's notation, a small part of it: terms joined by "+",
 * "*" and ":", log(x), sqrt(x) and exp(x), one offset(..), whole powers as I(x^2), "1" for the constant, which is always there. Text
 * columns are factors with treatment contrasts, the alphabetically first level being the
 * reference.
 */
#ifndef PAL_STAT_FORMULA_H
#define PAL_STAT_FORMULA_H

#include "stat/method.h"

enum { PAL_FORMULA_VARIABLE_MAX = 4 };

struct pal_formula_design {
    const char *response; /* left of "~", as written */
    size_t row_count;
    size_t column_count; /* the constant is the first */
    size_t column_room;
    double *values;     /* column after column */
    const char **names; /* as R names coefficients */
    double *offset;     /* from offset(..); NULL when there is none */
};

/* PAL_INPUT when the formula cannot be read or names a column that is not there. */
pal_status pal_formula_make(const char *formula, const struct pal_frame *frame,
                            struct pal_formula_design *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
