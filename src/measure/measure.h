/*
 * measure -- defined figures: what is counted, over what, for which dates, how surely.
 *
 * Takes    the name of a measure, dimensions, conditions and dates
 * Gives    a table of figures; each is a number with an interval, or says why it is none
 * Owns     a result until pal_measure_result_free; the registry is immutable
 * Never    words a conclusion; reads "not recorded" as zero; adds releases up
 * Threads  one store handle, one thread
 * Limits   PAL_MEASURE_DIMENSION_MAX, PAL_MEASURE_CONDITION_MAX, PAL_MEASURE_ROW_MAX
 */
#ifndef PAL_MEASURE_MEASURE_H
#define PAL_MEASURE_MEASURE_H

#include "base/base.h"
#include "store/store.h"

enum {
    PAL_MEASURE_DIMENSION_MAX = 4,
    PAL_MEASURE_CONDITION_MAX = 16,
    PAL_MEASURE_ROW_MAX = 2000000
};

enum pal_figure_status {
    PAL_FIGURE_NUMBER,       /* "number" */
    PAL_FIGURE_NOT_RECORDED, /* "not recorded": the release has no such column */
    PAL_FIGURE_NOT_COVERED,  /* "not covered": no release covers these dates */
    PAL_FIGURE_NO_DATA       /* "no data": covered, but nothing to divide by */
};
const char *pal_figure_status_text(enum pal_figure_status status);

/* One measure's file, measures/<name>.sql, as read. */
struct pal_measure {
    struct pal_view name;
    struct pal_view title;
    struct pal_view unit;        /* "arrests" */
    struct pal_view numerator;   /* in words */
    struct pal_view denominator; /* in words, "" for a count */
    struct pal_view table;       /* the study's table it counts rows of */
    struct pal_view interval;    /* "garwood", "clopper-pearson", "none"... */
    struct pal_view caveats;
    struct pal_view source;
    struct pal_view dimensions; /* names parted by blanks */
    struct pal_view statement;  /* SQL with slots */
};

size_t pal_measure_count(void);
const struct pal_measure *pal_measure_at(size_t index);
/* NULL when there is none. */
const struct pal_measure *pal_measure_find(struct pal_view name);

struct pal_condition {
    struct pal_view dimension;
    struct pal_view value;
};

struct pal_measure_request {
    const struct pal_measure *measure;
    size_t by_count;
    struct pal_view by[PAL_MEASURE_DIMENSION_MAX];
    size_t where_count;
    struct pal_condition where[PAL_MEASURE_CONDITION_MAX];
    int32_t first; /* PAL_DAY_NONE: no bound */
    int32_t last;  /* inclusive */
};

struct pal_figure {
    struct pal_view keys[PAL_MEASURE_DIMENSION_MAX]; /* as printed: "2019-01", "Boston",
                                                        "not stated", "redacted" */
    bool has_value;
    double value;
    double low; /* 95 %; NAN where the measure states no interval */
    double high;
    int64_t n; /* records behind it */
    enum pal_figure_status status;
    int32_t days_covered; /* of the figure's dates, by the release that serves them */
    int32_t days;
};

struct pal_measure_result {
    const struct pal_measure *measure;
    struct pal_measure_request request;
    size_t count;
    struct pal_figure *figures; /* sorted by keys */
    struct pal_arena arena;
};

/* Runs a measure. PAL_USAGE names an unknown dimension and lists the known. Every period
 * between the request's dates (or, without them, the study's coverage) has its figure, zero
 * included, for every key that occurs. */
pal_status pal_measure_run(struct pal_store *store,
                           const struct pal_measure_request *request,
                           struct pal_measure_result **out,
                           struct pal_error *err) PAL_MUST_USE;
void pal_measure_result_free(struct pal_measure_result *result);
/* The result as CSV: the dimension columns, then value,low,high,n,status,days_covered,days. */
void pal_measure_result_csv(const struct pal_measure_result *result,
                            struct pal_buffer *out);
void pal_measure_result_json(const struct pal_measure_result *result,
                             struct pal_json *out);

#endif
