/*
 * What the method files share: the list, and small helpers for result tables.
 */
#ifndef PAL_STAT_METHOD_INTERNAL_H
#define PAL_STAT_METHOD_INTERNAL_H

#include "stat/chart.h"
#include "stat/method.h"
#include "stat/survival.h"

#include <stdint.h>

/* In the order that a list shows. */
#define PAL_METHOD_LIST(X)                                                             \
    X(pal_method_ears)                                                                 \
    X(pal_method_farrington_flexible)                                                  \
    X(pal_method_farrington)                                                           \
    X(pal_method_essence)                                                              \
    X(pal_method_cusum)                                                                \
    X(pal_method_ratio_chart)                                                          \
    X(pal_method_bayes)                                                                \
    X(pal_method_cdc)                                                                  \
    X(pal_method_rki)                                                                  \
    X(pal_method_outbreak)                                                             \
    X(pal_method_glm)                                                                  \
    X(pal_method_glm_nb)                                                               \
    X(pal_method_change)                                                               \
    X(pal_method_breaks)                                                               \
    X(pal_method_scan)                                                                 \
    X(pal_method_kaplan_meier)                                                         \
    X(pal_method_log_rank)                                                             \
    X(pal_method_cox)                                                                  \
    X(pal_method_aalen_johansen)                                                       \
    X(pal_method_undercount)                                                           \
    X(pal_method_graph_average)                                                        \
    X(pal_method_poisson_fdr)                                                          \
    X(pal_method_rate_ratio)

#define PAL_METHOD_DECLARE(method) extern const struct pal_method method;
PAL_METHOD_LIST(PAL_METHOD_DECLARE)
#undef PAL_METHOD_DECLARE

/* Result tables of section, name, value. Names are borrowed. */
pal_status pal_method_begin_values(struct pal_frame *out,
                                   struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_add(struct pal_frame *out, const char *section, const char *name,
                          double value, struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_add_indexed(struct pal_frame *out, const char *section,
                                  size_t index, double value,
                                  struct pal_error *err) PAL_MUST_USE;
pal_status pal_method_alloc(struct pal_arena *arena, size_t count, double **out,
                            struct pal_error *err) PAL_MUST_USE;

/* PAL_LIMIT when a run would take more than PAL_METHOD_WORK_MAX steps of about a nanosecond;
 * `advice` says what makes it shorter. */
#ifndef PAL_METHOD_WORK_MAX /* a build for fuzzing, slower and in a hurry, sets a lower one */
#define PAL_METHOD_WORK_MAX 6e10
#endif
pal_status pal_method_check_work(double steps, const char *advice,
                                 struct pal_error *err) PAL_MUST_USE;

/* Why the row added last has nothing to give. */
void pal_method_say(struct pal_frame *out, enum pal_fit_status status);
/* A result table of one row: section "status", and why there is nothing else. */
pal_status pal_method_only_status(struct pal_frame *out, enum pal_fit_status fit,
                                  struct pal_error *err) PAL_MUST_USE;
/* The number, or missing. */
struct pal_datum pal_datum_number_if(bool has, double value);
struct pal_datum pal_datum_flag(bool value);
/* A whole parameter as a size; its setting has its range. */
size_t pal_method_size(const struct pal_params *params, const char *name,
                       double otherwise);

/* --- series --- */

/* Runs a method that judges counts over each value of column "series", and writes that value
 * into the result's; all rows are one series without the column. PAL_INPUT for several where
 * the method takes one. */
pal_status pal_method_run_series(const struct pal_method *method,
                                 const struct pal_params *params,
                                 const struct pal_frame *in, struct pal_frame *out,
                                 struct pal_error *err) PAL_MUST_USE;

/* A series and the rows of it to judge. */
struct pal_judged {
    const double
        *counts;  /* NaN where a count is missing and the method lives with it */
    size_t *rows; /* 0-based */
    size_t count;
    size_t first;  /* rows[0] */
    bool is_asked; /* by "range"; else these are all rows */
};
/* Column "observed" and the rows of "range". PAL_USAGE for a row that is not there, or not
 * behind the one before it. */
pal_status pal_method_series(const struct pal_params *params,
                             const struct pal_frame *in, bool may_miss,
                             struct pal_judged *out,
                             struct pal_error *err) PAL_MUST_USE;
/* The same without gaps between the rows. */
pal_status pal_method_series_dense(const struct pal_params *params,
                                   const struct pal_frame *in, struct pal_judged *out,
                                   struct pal_error *err) PAL_MUST_USE;
/* Room for what a chart says of each row. */
pal_status pal_method_points(struct pal_arena *arena, size_t count,
                             struct pal_chart_point **out,
                             struct pal_error *err) PAL_MUST_USE;
/* Column "date". */
pal_status pal_method_days(const struct pal_frame *in, const int32_t **out,
                           struct pal_error *err) PAL_MUST_USE;

/* --- people --- */

/* Levels of a column, and each row's. Numbers ascend, texts are in byte order. */
struct pal_levels {
    const char **names;
    size_t count;
    size_t *of_row;
};
pal_status pal_method_levels(const struct pal_frame *in, const char *column,
                             struct pal_levels *out,
                             struct pal_error *err) PAL_MUST_USE;
/* A status as survival's Surv() reads it: 0 and 1, or 1 and 2 where the largest is 2. `rows`
 * are the rows for people, NULL where they are all. */
pal_status pal_method_events(struct pal_arena *arena, const double *values,
                             size_t count, const size_t *rows, const int **out,
                             struct pal_error *err) PAL_MUST_USE;
/* Columns "time", `cause_column` and, if asked for, "entry". */
pal_status pal_method_survival_data(const struct pal_frame *in,
                                    const char *cause_column, bool has_entry,
                                    struct pal_survival_data *out, size_t *cause_count,
                                    struct pal_error *err) PAL_MUST_USE;

#endif
