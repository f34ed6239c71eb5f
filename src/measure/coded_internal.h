/*
 * What the files on plans answered by numbers share: which columns of the released rows a
 * question looks at, c0, c1 and so on, and pieces of its statement over them.
 */
#ifndef PAL_MEASURE_CODED_INTERNAL_H
#define PAL_MEASURE_CODED_INTERNAL_H

#include "measure/measure_internal.h"

enum { PAL_CODED_COLUMN_MAX = 24 }; /* a set of columns is a bit each of a uint32_t */

struct pal_coded {
    const struct pal_plan *plan;
    struct pal_arena arena;
    const struct pal_row_field *fields; /* of the plan's table */
    size_t field_count;
    size_t column_count; /* fields that the question looks at: c0, c1, ... */
    const struct pal_row_field *columns[PAL_CODED_COLUMN_MAX];
    uint32_t
        by[PAL_MEASURE_DIMENSION_MAX]; /* bit per column that the dimension needs */
    uint32_t where[PAL_MEASURE_CONDITION_MAX];
    uint32_t asked; /* that a record's day, counts and area need */
    bool is_able;
};

/* The text of a buffer, "" for one that nothing was written to. */
struct pal_view pal_coded_view(const struct pal_buffer *buffer);
/* For each column of the set its number behind `lead`, as in ", r.c0, r.c3". */
void pal_coded_columns(struct pal_buffer *out, uint32_t columns, const char *lead);
/* " AND <other>.c0 IS NOT DISTINCT FROM r.c0" for each column of the set. */
void pal_coded_match(struct pal_buffer *out, uint32_t columns, const char *other);
/* The released rows with numbers for texts; `is_kept`: without those that a rule sets aside. */
pal_status pal_coded_rows(const struct pal_coded *coded, bool is_kept,
                          struct pal_buffer *out, struct pal_error *err) PAL_MUST_USE;
/* ", m<number> AS (...)": what a dimension's values are called. */
pal_status pal_coded_map(const struct pal_coded *coded,
                         const struct pal_dimension *dimension, uint32_t columns,
                         size_t number, struct pal_buffer *out,
                         struct pal_error *err) PAL_MUST_USE;
/* The measure's own statement over the combinations that occur. */
pal_status pal_coded_record(const struct pal_coded *coded, struct pal_buffer *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
