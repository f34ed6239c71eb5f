/*
 * Files embedded into the program at build time by tools/embed: one table a room,
 * `pal_<room>_assets`, entries by file name.
 */
#ifndef PAL_BASE_ASSET_H
#define PAL_BASE_ASSET_H

#include <stddef.h>

#include "base/view.h"

struct pal_asset {
    const char *name;
    const unsigned char *data; /* a NUL stands behind the last byte */
    size_t size;
};

struct pal_asset_table {
    const struct pal_asset *entries;
    size_t count;
};

/* The text of the asset called `name`, or a view with data NULL. */
struct pal_view pal_asset_find(const struct pal_asset_table *table, const char *name);

#endif
