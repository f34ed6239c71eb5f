/*
 * Expressions in R's notation: the parts of a formula as a tree, their text as R would write
 * it, and their value in each row of a frame.
 */
#ifndef PAL_STAT_EXPRESSION_H
#define PAL_STAT_EXPRESSION_H

#include "stat/method.h"

enum {
    PAL_EXPRESSION_PART_MAX = 8,
    PAL_EXPRESSION_DEPTH_MAX = 48,
    PAL_EXPRESSION_NODE_MAX = 600
};

enum pal_expression_kind {
    PAL_EXPRESSION_NUMBER,
    PAL_EXPRESSION_NAME,
    PAL_EXPRESSION_TEXT,  /* "b" */
    PAL_EXPRESSION_CALL,  /* text is the function */
    PAL_EXPRESSION_SIGN,  /* one part; text is - + or ! */
    PAL_EXPRESSION_PAIR,  /* two parts; text is the operator */
    PAL_EXPRESSION_PAREN, /* one part */
};

/* All of it is the arena's. */
struct pal_expression {
    enum pal_expression_kind kind;
    struct pal_view text; /* of names and texts without their quotes */
    double number;
    size_t part_count;
    struct pal_expression *parts[PAL_EXPRESSION_PART_MAX];
    struct pal_view part_names[PAL_EXPRESSION_PART_MAX]; /* k of k = 2; else empty */
    /* set by pal_expression_bind */
    const double *values;          /* a column, NaN where missing */
    const struct pal_frame *frame; /* of a column compared with a text */
    size_t column;                 /* there */
    double centre;                 /* of mean(), sd() and others */
    double spread;                 /* of scale() */
    int way;                       /* whether by row or by column */
    double (*function)(double left, double right); /* of calls and operators */
};

/* PAL_INPUT names what cannot be read; *out is never NULL after PAL_OK. */
pal_status pal_expression_parse(const char *text, struct pal_arena *arena,
                                struct pal_expression **out,
                                struct pal_error *err) PAL_MUST_USE;
/* As R's deparse writes it: "log(u + 1)", "2 * pi * t/52". */
pal_status pal_expression_text(const struct pal_expression *expression,
                               struct pal_arena *arena, const char **out,
                               struct pal_error *err) PAL_MUST_USE;
/* A number as R's as.character does: up to 15 digits, 1e+05 where that is shorter. */
void pal_expression_number_text(double value, char out[32]);
bool pal_expression_is_call(const struct pal_expression *expression,
                            const char *function);
/* Compares or joins truths, so that its values are true and false. */
bool pal_expression_is_truth(const struct pal_expression *expression);

/* Looks its names up. PAL_INPUT when a name is no column, a column is text, or a function is
 * not known. */
pal_status pal_expression_bind(struct pal_expression *expression,
                               const struct pal_frame *frame,
                               struct pal_error *err) PAL_MUST_USE;
/* In a row of the frame; NaN where a cell is missing or the value is not defined. */
double pal_expression_value(const struct pal_expression *expression, size_t row);
/* Whether a cell that the value needs is missing. */
bool pal_expression_has_gap(const struct pal_expression *expression, size_t row);

#endif
