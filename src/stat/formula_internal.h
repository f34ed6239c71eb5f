/*
 * What the files of formulas share: variables of a formula and their columns.
 */
#ifndef PAL_STAT_FORMULA_INTERNAL_H
#define PAL_STAT_FORMULA_INTERNAL_H

#include <stdint.h>

#include "stat/expression.h"
#include "stat/formula.h"

enum {
    PAL_VARIABLE_LEVEL_MAX = 400,
    PAL_VARIABLE_POWER_MAX = 9,
    PAL_FORMULA_TERM_MAX = 128,
    PAL_FORMULA_VARIABLE_MAX = 32
};

/* One variable: one column of numbers or several (poly), or a factor. */
struct pal_variable {
    struct pal_expression *expression;
    const char *label;
    double *values; /* of each frame row, column after column; NULL for a factor */
    size_t column_count;
    bool is_factor;
    bool are_numbers;         /* levels are numbers */
    const char *const *texts; /* of each frame row */
    const double *numbers;    /* of each frame row */
    const char **names;       /* of columns or levels; NULL where the label is it */
    size_t level_count;       /* after pal_variable_levels */
    uint32_t *levels;         /* of each frame row that is used */
    const char *first;        /* level that relevel puts first, or NULL */
};

/* Evaluates it in all rows and clears `is_used` where a cell is missing. */
pal_status pal_variable_make(const struct pal_frame *frame,
                             struct pal_expression *expression, bool *is_used,
                             struct pal_variable *out,
                             struct pal_error *err) PAL_MUST_USE;
/* The levels that the used rows have. */
pal_status pal_variable_levels(const struct pal_frame *frame, const bool *is_used,
                               struct pal_variable *variable,
                               struct pal_error *err) PAL_MUST_USE;
/* Numbers of an expression in all rows; clears `is_used` where a cell is missing. */
pal_status pal_variable_numbers(const struct pal_frame *frame,
                                struct pal_expression *expression, bool *is_used,
                                double **out, struct pal_error *err) PAL_MUST_USE;
/* Columns of a term's variable: levels but the first, or all. */
size_t pal_variable_columns(const struct pal_variable *variable, bool is_full);
double pal_variable_value(const struct pal_frame *frame,
                          const struct pal_variable *variable, bool is_full,
                          size_t column, size_t row);
const char *pal_variable_name(const struct pal_variable *variable, bool is_full,
                              size_t column);

/* Sets of variables, a bit each. */
struct pal_formula_terms {
    uint32_t sets[PAL_FORMULA_TERM_MAX];
    size_t count;
    int constant; /* 1 asked for, -1 asked to go, 0 not spoken of */
};

struct pal_formula_model {
    const struct pal_frame *frame;
    struct pal_variable variables[PAL_FORMULA_VARIABLE_MAX];
    size_t variable_count;
    bool *is_used;                     /* of each frame row */
    const struct pal_expression *left; /* of "~" */
    const char *response;              /* its text */
    double *offset;
    struct pal_expression *strata;
    struct pal_error *err;
};

/* The terms of the right side; variables are evaluated as they are met. */
pal_status pal_formula_read_terms(struct pal_formula_model *model,
                                  struct pal_expression *expression,
                                  struct pal_formula_terms *out) PAL_MUST_USE;

#endif
