/*
 * Every method by its name, over named columns: what `palladium stat` and the reference cases
 * run. A frame is a table of cells; a method takes one and gives one, with its settings as a
 * list of named parameters.
 */
#ifndef PAL_STAT_METHOD_H
#define PAL_STAT_METHOD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_FRAME_ROW_MAX = 5000000, PAL_FRAME_COLUMN_MAX = 200 };

enum pal_cell_kind { PAL_CELL_MISSING, PAL_CELL_NUMBER, PAL_CELL_TEXT };

struct pal_cell {
    enum pal_cell_kind kind;
    double number;    /* never NaN */
    const char *text; /* the arena's or the caller's */
};

struct pal_frame {
    struct pal_arena *arena; /* where new rows go; the caller's */
    const char **names;
    size_t column_count;
    struct pal_cell *cells; /* row after row */
    size_t row_count;
    size_t row_room;
};

/* An empty frame with these columns; names are copied. */
pal_status pal_frame_init(struct pal_frame *frame, struct pal_arena *arena,
                          const char *const *names, size_t column_count,
                          struct pal_error *err) PAL_MUST_USE;
/* One more row of missing cells; *cells is good until the next row is added. */
pal_status pal_frame_add_row(struct pal_frame *frame, struct pal_cell **cells,
                             struct pal_error *err) PAL_MUST_USE;
/* A number, or missing when it is NaN. */
struct pal_cell pal_cell_number(double value);
struct pal_cell pal_cell_text(const char *text); /* borrowed */
/* Index of a column, or column_count. */
size_t pal_frame_find(const struct pal_frame *frame, const char *name);
/* A column as doubles in the frame's arena. PAL_INPUT when the column is not there, or a cell
 * is text or missing (the message names column and row). */
pal_status pal_frame_numbers(const struct pal_frame *frame, const char *name,
                             const double **out, struct pal_error *err) PAL_MUST_USE;
/* A column as texts; numbers are written out. */
pal_status pal_frame_texts(const struct pal_frame *frame, const char *name,
                           const char *const **out, struct pal_error *err) PAL_MUST_USE;

enum pal_param_kind {
    PAL_PARAM_NULL,
    PAL_PARAM_NUMBER,
    PAL_PARAM_TEXT,
    PAL_PARAM_ARRAY
};

struct pal_param {
    const char *name;
    enum pal_param_kind kind;
    double number; /* true and false are 1 and 0 */
    const char *text;
    const double *values;
    size_t value_count;
};

struct pal_params {
    const struct pal_param *items;
    size_t count;
};

/* The value, or `otherwise` when the parameter is absent, null or of another kind. */
double pal_params_number(const struct pal_params *params, const char *name,
                         double otherwise);
bool pal_params_flag(const struct pal_params *params, const char *name, bool otherwise);
const char *pal_params_text(const struct pal_params *params, const char *name,
                            const char *otherwise);
/* NULL when there is none. */
const double *pal_params_array(const struct pal_params *params, const char *name,
                               size_t *count);

struct pal_method {
    const char *name;
    const char *summary;
    pal_status (*run)(const struct pal_params *params, const struct pal_frame *in,
                      struct pal_frame *out, struct pal_error *err);
};

/* The method called `name`, or NULL. */
const struct pal_method *pal_method_find(const char *name);
/* All of them, in the order a list shows. */
const struct pal_method *pal_method_all(size_t *count);
/* Finds by the parameter "algorithm" and runs; everything given back is the arena's. */
pal_status pal_method_run(const struct pal_params *params, struct pal_frame *in,
                          struct pal_arena *arena, struct pal_frame *out,
                          struct pal_error *err) PAL_MUST_USE;

#endif
