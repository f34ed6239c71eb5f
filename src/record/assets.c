#include "record/assets_internal.h"

extern const struct pal_asset_table pal_record_assets;

/* Every wanted column must stand in the header line, in the same order. */
static bool header_is(const struct pal_row *row, const char *const *columns,
                      size_t column_count)
{
    if (row->cell_count != column_count) {
        return false;
    }
    for (size_t i = 0; i < column_count; i++) {
        if (row->cells[i].column != i ||
            !pal_view_is_equal(row->cells[i].text, pal_view_of(columns[i]))) {
            return false;
        }
    }
    return true;
}

static pal_status read_lines(struct pal_sheet *sheet, const char *const *columns,
                             size_t column_count, struct pal_asset_visitor *visitor,
                             struct pal_error *err)
{
    struct pal_row row;
    pal_status status = pal_sheet_next(sheet, &row, err);
    if (status != PAL_OK) {
        return status;
    }
    if (row.cells == NULL || !header_is(&row, columns, column_count)) {
        return pal_fail(err, PAL_BUG, "its header line is not the one expected");
    }
    for (;;) {
        struct pal_view texts[PAL_ASSET_COLUMN_MAX] = {{NULL, 0}};
        status = pal_sheet_next(sheet, &row, err);
        if (status != PAL_OK || row.cells == NULL) {
            return status;
        }
        for (size_t i = 0; i < row.cell_count; i++) {
            if (row.cells[i].column >= column_count) {
                return pal_fail(err, PAL_BUG, "line %llu has too many columns",
                                (unsigned long long)row.number);
            }
            texts[row.cells[i].column] = row.cells[i].text;
        }
        if (row.cell_count == 0) {
            continue;
        }
        status = visitor->visit(visitor, texts, err);
        if (status != PAL_OK) {
            return pal_while(err, status, "line %llu", (unsigned long long)row.number);
        }
    }
}

pal_status pal_asset_read(const char *name, const char *const *columns,
                          size_t column_count, struct pal_asset_visitor *visitor,
                          struct pal_error *err)
{
    struct pal_source *source = NULL;
    struct pal_sheet *sheet = NULL;
    pal_status status = PAL_OK;
    struct pal_view content = pal_asset_find(&pal_record_assets, name);
    PAL_BUG_IF(column_count > PAL_ASSET_COLUMN_MAX);
    if (content.data == NULL) {
        return pal_fail(err, PAL_BUG, "the table data/%s is not built in", name);
    }
    status = pal_source_open_memory(content, name, NULL, &source, err);
    if (status == PAL_OK) {
        status = pal_sheet_open(source, 0, &sheet, err);
    }
    if (status == PAL_OK) {
        status = read_lines(sheet, columns, column_count, visitor, err);
    }
    pal_sheet_close(sheet);
    pal_source_close(source);
    if (status != PAL_OK) {
        return pal_while(err, status, "reading the built-in table data/%s", name);
    }
    return PAL_OK;
}
