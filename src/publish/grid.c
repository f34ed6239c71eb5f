/*
 * The whole result of a small statement, kept in the report's arena.
 */
#include <string.h>

#include "publish/report_internal.h"

extern const struct pal_asset_table pal_publish_assets;

static pal_status keep_row(struct pal_report *report, const struct pal_value *row,
                           size_t count, struct pal_value *out, struct pal_error *err)
{
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        out[i] = row[i];
        out[i].text = PAL_VIEW("");
        if (row[i].kind == PAL_VALUE_TEXT) {
            st = pal_arena_copy(&report->arena, row[i].text, &out[i].text, err);
        }
    }
    return st;
}

static pal_status read_rows(struct pal_report *report, struct pal_cursor *cursor,
                            struct pal_grid *out, struct pal_error *err)
{
    const struct pal_value *row = NULL;
    struct pal_value *cells = NULL;
    size_t room = 0;
    out->column_count = pal_cursor_column_count(cursor);
    for (;;) {
        pal_status st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            return st;
        }
        if (out->row_count == PAL_GRID_ROW_MAX) {
            return pal_fail(err, PAL_LIMIT, "more than %d rows for a table",
                            PAL_GRID_ROW_MAX);
        }
        if (out->row_count == room) {
            void *larger = NULL;
            room = room == 0 ? 64 : room * 2;
            st = pal_arena_alloc(&report->arena, room * out->column_count,
                                 sizeof *cells, &larger, err);
            if (st != PAL_OK) {
                return st;
            }
            if (cells != NULL) {
                memcpy(larger, cells,
                       out->row_count * out->column_count * sizeof *cells);
            }
            cells = larger;
            out->cells = cells;
        }
        st = keep_row(report, row, out->column_count,
                      &cells[out->row_count * out->column_count], err);
        if (st != PAL_OK) {
            return st;
        }
        out->row_count++;
    }
}

pal_status pal_report_grid(struct pal_report *report, const char *statement,
                           const struct pal_value *values, size_t value_count,
                           struct pal_grid *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    struct pal_view text = pal_asset_find(&pal_publish_assets, statement);
    *out = (struct pal_grid){0};
    PAL_BUG_IF(text.data == NULL);
    pal_status st =
        pal_store_query(report->store, text, values, value_count, &cursor, err);
    if (st == PAL_OK) {
        st = read_rows(report, cursor, out, err);
    }
    pal_cursor_close(cursor);
    return st == PAL_OK ? PAL_OK : pal_while(err, st, "statement %s", statement);
}

const struct pal_value *pal_grid_at(const struct pal_grid *grid, size_t row,
                                    size_t column)
{
    PAL_BUG_IF(row >= grid->row_count || column >= grid->column_count);
    return &grid->cells[row * grid->column_count + column];
}

struct pal_view pal_grid_text(const struct pal_grid *grid, size_t row, size_t column)
{
    return pal_grid_at(grid, row, column)->text;
}

int32_t pal_grid_day(const struct pal_grid *grid, size_t row, size_t column)
{
    const struct pal_value *value = pal_grid_at(grid, row, column);
    return value->kind == PAL_VALUE_DAY ? (int32_t)value->integer : PAL_DAY_NONE;
}

int64_t pal_grid_integer(const struct pal_grid *grid, size_t row, size_t column)
{
    const struct pal_value *value = pal_grid_at(grid, row, column);
    if (value->kind == PAL_VALUE_NUMBER) {
        return (int64_t)value->number;
    }
    return value->kind == PAL_VALUE_NULL ? 0 : value->integer;
}
