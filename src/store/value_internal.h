/*
 * One column of a result, as the engine keeps it, and how its values are read.
 */
#ifndef PAL_STORE_VALUE_INTERNAL_H
#define PAL_STORE_VALUE_INTERNAL_H

#include "store/store_internal.h"

enum { PAL_VALUE_TEXT_SIZE = 64 };

struct pal_column {
    duckdb_type type;
    duckdb_type stored_type;        /* of a DECIMAL: the integer it is kept in */
    double scale;                   /* of a DECIMAL: its value is integer / scale */
    void *data;                     /* of the chunk that is being read */
    uint64_t *valid;                /* NULL: every row has a value */
    char text[PAL_VALUE_TEXT_SIZE]; /* of the last value that was read */
};

/* false for a type that is no single value (a list, a struct). */
bool pal_column_is_readable(const struct pal_column *column);
/* The value of a row that has one; its text is the chunk's or the column's, until the next. */
void pal_column_read(struct pal_column *column, idx_t row, struct pal_value *value);
enum pal_cell_kind pal_column_cell_kind(const struct pal_column *column);

#endif
