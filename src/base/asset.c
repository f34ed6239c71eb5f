#include "base/asset.h"

#include <string.h>

struct pal_view pal_asset_find(const struct pal_asset_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct pal_asset *asset = &table->entries[i];
        if (strcmp(asset->name, name) == 0) {
            return (struct pal_view){(const char *)asset->data, asset->size};
        }
    }
    return (struct pal_view){NULL, 0};
}
