/*
 * The tables of data/ as they are embedded, read with the reader that reads released files.
 */
#ifndef PAL_RECORD_ASSETS_INTERNAL_H
#define PAL_RECORD_ASSETS_INTERNAL_H

#include "record/record.h"

enum { PAL_ASSET_COLUMN_MAX = 8 };

/* Called for each line: one text a column, in the order asked for, good during the call. */
struct pal_asset_visitor {
    pal_status (*visit)(struct pal_asset_visitor *self, const struct pal_view *texts,
                        struct pal_error *err);
};

/* Reads `name`, which must have exactly the `columns`. */
pal_status pal_asset_read(const char *name, const char *const *columns,
                          size_t column_count, struct pal_asset_visitor *visitor,
                          struct pal_error *err) PAL_MUST_USE;

#endif
