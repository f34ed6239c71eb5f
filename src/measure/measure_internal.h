/*
 * What the files of room measure share: a request made whole (plan), periods and segments.
 */
#ifndef PAL_MEASURE_MEASURE_INTERNAL_H
#define PAL_MEASURE_MEASURE_INTERNAL_H

#include "measure/measure.h"
#include "stat/interval.h"

enum {
    PAL_MEASURE_STATEMENT_MAX = 1024 * 1024,
    PAL_MEASURE_ARENA_MAX = 1024 * 1024 * 1024
};

enum pal_period {
    PAL_PERIOD_DAY,
    PAL_PERIOD_WEEK,
    PAL_PERIOD_MONTH,
    PAL_PERIOD_YEAR,
    PAL_PERIOD_FISCAL_YEAR
};

/* A request with its dimensions looked up and its dates narrowed by conditions. */
struct pal_plan {
    const struct pal_measure_request *request;
    struct pal_dimension by[PAL_MEASURE_DIMENSION_MAX];
    int period_at; /* which of `by` is the period, -1: none */
    enum pal_period period;
    int area_at;                /* which of `by` is the area, -1: none */
    struct pal_view area_where; /* a condition's area, "" for none */
    size_t where_count;         /* text conditions left */
    struct pal_dimension where[PAL_MEASURE_CONDITION_MAX];
    struct pal_view where_value[PAL_MEASURE_CONDITION_MAX];
    int32_t first;
    int32_t last;
    bool is_served_only; /* nothing but the hits served is asked for */
};

/* Days that one release serves. */
struct pal_segment {
    struct pal_view release;
    bool is_regional;
    struct pal_view area;
    int32_t first;
    int32_t last;
};
struct pal_segments {
    size_t count;
    struct pal_segment *items;
};

struct pal_view pal_measure_frame(const char *name);

pal_status pal_plan_make(const struct pal_measure_request *request,
                         struct pal_plan *plan, struct pal_error *err) PAL_MUST_USE;
bool pal_plan_is_regional(
    const struct pal_plan *plan); /* may a regional release serve it */
bool pal_plan_is_stated(const struct pal_plan *plan); /* no coverage: stated or stock */
/* The plan's statement, and the values for $1.. in `values` (room for 2 + conditions). */
pal_status pal_plan_statement(const struct pal_plan *plan, struct pal_buffer *out,
                              struct pal_value *values, size_t *value_count,
                              struct pal_error *err) PAL_MUST_USE;
struct pal_value pal_plan_day(int32_t day); /* NULL for PAL_DAY_NONE */
/* The stretches of days that count: those of the serving releases, or of the one asked for. */
pal_status pal_plan_serving(const struct pal_plan *plan, struct pal_buffer *out,
                            struct pal_value *values, size_t *value_count,
                            struct pal_error *err) PAL_MUST_USE;
/* The area of a record `r` of the plan's table. */
void pal_plan_area(const struct pal_plan *plan, struct pal_buffer *out);

/* Asks the plan's question, by numbers of texts where that can be; the caller closes the
 * cursor. */
pal_status pal_plan_query(struct pal_store *store, const struct pal_plan *plan,
                          struct pal_cursor **out, struct pal_error *err) PAL_MUST_USE;

/* ---- label.c: SQL over a row `r` ---- */

const char *pal_label_period(enum pal_period period);
/* The area of a record: its own, else the one that its regional release is about. */
void pal_label_area(struct pal_buffer *out, const struct pal_dimension *dimension);
/* A dimension's label: the value, "not stated" where the release has the column but not the
 * value, "not recorded" where it has no such column. `join` numbers the column's join. */
void pal_label_append(struct pal_buffer *out, const struct pal_plan *plan,
                      const struct pal_dimension *dimension, size_t join);
/* The join that tells whether the record's sheet has the column a dimension needs. */
void pal_label_join(struct pal_buffer *out, const struct pal_dimension *dimension,
                    size_t join);
/* The next column of `r` that the text speaks of, but for the day and the counts that a
 * measure makes itself; false when there is none. */
bool pal_label_column(struct pal_view *text, struct pal_view *name);

/* The statement of the values that a dimension of the plan's measure has in the study. */
pal_status pal_plan_values_statement(const struct pal_plan *plan,
                                     const struct pal_dimension *dimension,
                                     struct pal_buffer *out,
                                     struct pal_error *err) PAL_MUST_USE;

bool pal_period_find(struct pal_view name, enum pal_period *out);
int32_t pal_period_first(enum pal_period period, int32_t day);
int32_t pal_period_next(enum pal_period period, int32_t first);
/* "2019-01-07", "2019-01", "2019"; a week by its Monday. */
void pal_period_text(enum pal_period period, int32_t first, char out[16]);
/* The first day of the period that the text names, PAL_DAY_NONE when it names none. */
int32_t pal_period_from_text(enum pal_period period, struct pal_view text);

/* `release` "": the days that serving releases cover; else those that it covers. */
pal_status pal_segments_load(struct pal_store *store, struct pal_view table,
                             struct pal_view release, struct pal_arena *arena,
                             struct pal_segments *out,
                             struct pal_error *err) PAL_MUST_USE;
/* Days of first..last served for an area ("" for all areas together). */
int32_t pal_segments_covered(const struct pal_segments *segments, struct pal_view area,
                             int32_t first, int32_t last);
/* The outermost days served; false when none is. */
bool pal_segments_span(const struct pal_segments *segments, struct pal_view area,
                       int32_t *first, int32_t *last);

#endif
