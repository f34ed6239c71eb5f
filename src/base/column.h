/*
 * Rows as columns, a block at a time: what passes between a room that makes rows and one that
 * writes them, without either knowing the other. Blocks come in the order of the rows; the
 * values are the giver's, good until the next call.
 */
#ifndef PAL_BASE_COLUMN_H
#define PAL_BASE_COLUMN_H

#include <stdint.h>

#include "base/error.h"
#include "base/view.h"

enum pal_column_kind {
    PAL_COLUMN_CODE,    /* uint8_t: 0 blank, else texts[code] */
    PAL_COLUMN_INTEGER, /* int32_t: PAL_COLUMN_NONE blank */
    PAL_COLUMN_DAY,     /* int32_t, as in calendar.h: PAL_DAY_NONE blank */
    PAL_COLUMN_SECOND,  /* int64_t since 1970: PAL_SECOND_NONE blank */
    PAL_COLUMN_TEXT     /* `width` bytes a cell; one that begins with NUL is blank */
};

#define PAL_COLUMN_NONE INT32_MIN
#define PAL_SECOND_NONE INT64_MIN

struct pal_block_column {
    const char *name;
    enum pal_column_kind kind;
    const struct pal_view *texts; /* CODE: text_count of them; the first is not used */
    size_t text_count;
    size_t width; /* TEXT */
};

struct pal_column_block {
    size_t row_count; /* 0: the end */
    const void *const *values;
};

struct pal_column_stream {
    const struct pal_block_column *columns;
    size_t column_count;
    pal_status (*next)(struct pal_column_stream *self, struct pal_column_block *block,
                       struct pal_error *err);
};

#endif
