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

enum pal_datum_kind { PAL_DATUM_MISSING, PAL_DATUM_NUMBER, PAL_DATUM_TEXT };

struct pal_datum {
    enum pal_datum_kind kind;
    double number;    /* never NaN */
    const char *text; /* the arena's or the caller's; of a number as written, or NULL */
};

struct pal_frame {
    struct pal_arena *arena; /* where new rows go; the caller's */
    const char **names;
    size_t column_count;
    struct pal_datum *cells; /* row after row */
    size_t row_count;
    size_t row_room;
    /* of each row; OK unless a method says why it has nothing to give */
    enum pal_fit_status *status;
    size_t left_out; /* of a result: rows of the input with something missing */
};

/* An empty frame with these columns; names are copied. */
pal_status pal_frame_init(struct pal_frame *frame, struct pal_arena *arena,
                          const char *const *names, size_t column_count,
                          struct pal_error *err) PAL_MUST_USE;
/* One more row of missing cells; *cells is good until the next row is added. */
pal_status pal_frame_add_row(struct pal_frame *frame, struct pal_datum **cells,
                             struct pal_error *err) PAL_MUST_USE;
/* A number, or missing when it is NaN. */
struct pal_datum pal_datum_number(double value);
struct pal_datum pal_datum_text(const char *text); /* borrowed */
/* Index of a column, or column_count. */
size_t pal_frame_find(const struct pal_frame *frame, const char *name);
/* A column as doubles in the frame's arena. PAL_INPUT when the column is not there, or a cell
 * is text or missing (the message names column and row). */
pal_status pal_frame_numbers(const struct pal_frame *frame, const char *name,
                             const double **out, struct pal_error *err) PAL_MUST_USE;
/* The same with NaN for a missing cell. */
pal_status pal_frame_numbers_or_nan(const struct pal_frame *frame, const char *name,
                                    const double **out,
                                    struct pal_error *err) PAL_MUST_USE;
/* Alphabetical order of levels, as in a dictionary and as R sorts texts outside the C locale:
 * letters without regard to case, small ones first where nothing else differs. As strcmp. */
int pal_text_order(const char *a, const char *b);
/* A column as texts; numbers are written out, a missing cell is "". */
pal_status pal_frame_texts(const struct pal_frame *frame, const char *name,
                           const char *const **out, struct pal_error *err) PAL_MUST_USE;

enum pal_param_kind {
    PAL_PARAM_NULL,
    PAL_PARAM_NUMBER,
    PAL_PARAM_TEXT,
    PAL_PARAM_ARRAY,
    PAL_PARAM_OTHER /* an object, or a list that holds something else than numbers */
};

struct pal_param {
    const char *name;
    enum pal_param_kind kind;
    bool is_flag;  /* written as true or false */
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
/* NULL when there is none; a number alone is a list of one. */
const double *pal_params_array(const struct pal_params *params, const char *name,
                               size_t *count);

/* What a method can be told, one row a parameter: checking, help and the reference page all
 * come from it. */
enum pal_setting_kind {
    PAL_SETTING_NUMBER,
    PAL_SETTING_WHOLE,
    PAL_SETTING_FLAG,
    PAL_SETTING_CHOICE,
    PAL_SETTING_TEXT,
    PAL_SETTING_NUMBERS, /* a list; one number alone is a list of one */
    PAL_SETTING_NUMBER_OR_CHOICE,
    PAL_SETTING_NOTE /* of any kind; says something about the case and changes nothing */
};

struct pal_setting {
    const char *name;
    enum pal_setting_kind kind;
    const char *values;   /* "0..1" both included, "a|b"; NULL: any */
    const char *fallback; /* as help shows the default; NULL: none */
    const char *meaning;  /* one plain sentence */
};

struct pal_method {
    const char *name; /* as "algorithm" names it */
    const char *summary;
    const char *columns_in;
    const char *columns_out;
    const char *source;                 /* what a statistician can look up */
    const char *quirk;                  /* where the reference differs, or NULL */
    const struct pal_setting *settings; /* up to one without a name */
    bool has_series; /* judges each value of a column "series" by itself */
    pal_status (*run)(const struct pal_params *params, const struct pal_frame *in,
                      struct pal_frame *out, struct pal_error *err);
};

/* The method called `name`, or NULL. */
const struct pal_method *pal_method_find(const char *name);
/* All of them, in the order a list shows. */
const struct pal_method *const *pal_method_all(size_t *count);
/* Index of the first parameter from `from` on that the method does not know, or the count.
 * Such a parameter changes nothing; whoever has a person to talk to says so. */
size_t pal_method_unknown(const struct pal_method *method,
                          const struct pal_params *params, size_t from);
/* Finds by the parameter "algorithm", checks the parameters and runs; everything given back
 * is the arena's. PAL_USAGE names a parameter that is not what it should be. */
pal_status pal_method_run(const struct pal_params *params, struct pal_frame *in,
                          struct pal_arena *arena, struct pal_frame *out,
                          struct pal_error *err) PAL_MUST_USE;

#endif
