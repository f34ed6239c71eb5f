/*
 * The dimensions, from data/dimensions.csv. The file is parted by `|` and holds no quotes, so
 * a plain split reads it.
 */
#include "measure/measure_internal.h"

enum {
    COLUMN_TABLE,
    COLUMN_NAME,
    COLUMN_KIND,
    COLUMN_FIELD,
    COLUMN_EXPRESSION,
    COLUMN_FALLBACK,
    COLUMN_DESCRIPTION,
    COLUMN_COUNT
};

static bool read_line(struct pal_view line, struct pal_view table,
                      struct pal_dimension *out)
{
    struct pal_view cell[COLUMN_COUNT] = {{"", 0}};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (!pal_view_split(&line, '|', &cell[i])) {
            return false;
        }
    }
    if (!pal_view_is_equal(cell[COLUMN_TABLE], table)) {
        return false;
    }
    out->name = cell[COLUMN_NAME];
    out->kind = PAL_DIMENSION_TEXT;
    if (pal_view_is_equal(cell[COLUMN_KIND], PAL_VIEW("period"))) {
        out->kind = PAL_DIMENSION_PERIOD;
    } else if (pal_view_is_equal(cell[COLUMN_KIND], PAL_VIEW("area"))) {
        out->kind = PAL_DIMENSION_AREA;
    }
    out->field = cell[COLUMN_FIELD];
    out->expression = cell[COLUMN_EXPRESSION];
    out->fallback = cell[COLUMN_FALLBACK];
    out->description = cell[COLUMN_DESCRIPTION];
    return true;
}

bool pal_dimension_at(struct pal_view table, size_t index, struct pal_dimension *out)
{
    struct pal_view rest = pal_measure_frame("dimensions.csv");
    struct pal_view line;
    while (pal_view_split(&rest, '\n', &line)) {
        if (read_line(line, table, out) && index-- == 0) {
            return true;
        }
    }
    return false;
}

bool pal_dimension_find(struct pal_view table, struct pal_view name,
                        struct pal_dimension *out)
{
    for (size_t i = 0; pal_dimension_at(table, i, out); i++) {
        if (pal_view_is_equal(out->name, name)) {
            return true;
        }
    }
    for (size_t i = 0; pal_dimension_at(table, i, out); i++) {
        if (out->kind != PAL_DIMENSION_PERIOD && pal_view_is_equal(out->field, name)) {
            return true;
        }
    }
    return false;
}
