/*
 * Where a sheet's header is, which table it is, and what each column holds.
 */
#ifndef PAL_RECORD_LAYOUT_H
#define PAL_RECORD_LAYOUT_H

#include "record/dictionary_internal.h"

#define PAL_LAYOUT_NO_HEADER SIZE_MAX

struct pal_layout {
    enum pal_table table;
    size_t header_row; /* index among the rows looked at, or PAL_LAYOUT_NO_HEADER */
    struct pal_layout_column *columns;
    size_t column_count;
    int32_t *positions; /* by column of the sheet: index into columns, or -1 */
    size_t position_count;
    struct pal_arena texts; /* headers */
};

void pal_layout_init(struct pal_layout *layout);
void pal_layout_clear(struct pal_layout *layout);
/* Among `rows`. A sheet that is no known table gets PAL_TABLE_NOTE and no columns. */
pal_status pal_layout_find(struct pal_layout *layout,
                           const struct pal_dictionary *dictionary,
                           struct pal_view sheet, const struct pal_row *rows,
                           size_t row_count, struct pal_error *err) PAL_MUST_USE;
/* Another column, unknown (field -1) and not known. */
pal_status pal_layout_add_column(struct pal_layout *layout, uint32_t column,
                                 struct pal_view header, size_t *position,
                                 struct pal_error *err) PAL_MUST_USE;
/* Index into columns, or -1. */
static inline int32_t pal_layout_position(const struct pal_layout *layout,
                                          uint32_t column)
{
    return column < layout->position_count ? layout->positions[column] : -1;
}

#endif
