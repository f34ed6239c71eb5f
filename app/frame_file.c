#include "app/frame_file.h"

#include <math.h>
#include <string.h>

#include "source/source.h"

/* A cell in R's words. */
static pal_status read_datum(struct pal_view text, struct pal_arena *arena,
                             struct pal_datum *out, struct pal_error *err)
{
    struct pal_view copy;
    double number;
    *out = (struct pal_datum){.kind = PAL_DATUM_MISSING};
    text = pal_view_trim(text);
    if (text.size == 0 || pal_view_is_equal(text, PAL_VIEW("NA")) ||
        pal_view_is_equal(text, PAL_VIEW("NaN"))) {
        return PAL_OK;
    }
    pal_status st = pal_arena_copy(arena, text, &copy, err);
    if (pal_view_is_equal(text, PAL_VIEW("Inf"))) {
        *out = pal_datum_number((double)INFINITY);
    } else if (pal_view_is_equal(text, PAL_VIEW("-Inf"))) {
        *out = pal_datum_number((double)-INFINITY);
    } else if (pal_parse_double(text, &number)) {
        *out = pal_datum_number(number);
    } else {
        out->kind = PAL_DATUM_TEXT;
    }
    if (st == PAL_OK) {
        out->text = copy.data;
    }
    return st;
}

/* The first row: a name for each column, none twice, none empty. */
static pal_status read_names(const struct pal_row *row, const char *name,
                             struct pal_arena *arena, struct pal_frame *out,
                             struct pal_error *err)
{
    const char *names[PAL_FRAME_COLUMN_MAX];
    for (size_t i = 0; i < row->cell_count; i++) {
        struct pal_view copy;
        if (row->cells[i].column != i) {
            return pal_fail(err, PAL_INPUT,
                            "%s: column %zu has no name in the first row", name, i + 1);
        }
        pal_status st =
            pal_arena_copy(arena, pal_view_trim(row->cells[i].text), &copy, err);
        if (st != PAL_OK) {
            return st;
        }
        names[i] = copy.data;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(names[k], names[i]) == 0) {
                return pal_fail(err, PAL_INPUT,
                                "%s: columns %zu and %zu are both called \"%.40s\"",
                                name, k + 1, i + 1, names[i]);
            }
        }
    }
    return pal_frame_init(out, arena, names, row->cell_count, err);
}

static pal_status read_row(const struct pal_row *row, const char *name,
                           struct pal_frame *out, struct pal_error *err)
{
    struct pal_datum *cells = NULL;
    pal_status st = pal_frame_add_row(out, &cells, err);
    for (size_t i = 0; st == PAL_OK && i < row->cell_count; i++) {
        const struct pal_cell *cell = &row->cells[i];
        if (cell->column >= out->column_count) {
            return pal_fail(err, PAL_INPUT,
                            "%s: row %zu has %u columns; the first row names %zu", name,
                            out->row_count, cell->column + 1, out->column_count);
        }
        st = read_datum(cell->text, out->arena, &cells[cell->column], err);
    }
    return st;
}

static pal_status read_sheet(struct pal_source *source, const char *name,
                             struct pal_arena *arena, struct pal_frame *out,
                             struct pal_error *err)
{
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};
    bool has_names = false;
    pal_status st = pal_sheet_open(source, 0, &sheet, err);
    while (st == PAL_OK) {
        st = pal_sheet_next(sheet, &row, err);
        if (st != PAL_OK || row.cells == NULL) {
            break;
        }
        if (row.cell_count == 0) {
            continue;
        }
        st = has_names ? read_row(&row, name, out, err)
                       : read_names(&row, name, arena, out, err);
        has_names = true;
    }
    pal_sheet_close(sheet);
    if (st == PAL_OK && !has_names) {
        st = pal_fail(err, PAL_INPUT,
                      "%s is empty; the first row must name the columns", name);
    }
    return st;
}

/* A zero byte is no text, unless the file is in UTF-16 or packed. */
static pal_status check_bytes(struct pal_view content, const char *name,
                              struct pal_error *err)
{
    const unsigned char *bytes = (const unsigned char *)content.data;
    const char *zero = content.size > 0 ? memchr(content.data, 0, content.size) : NULL;
    bool is_other = content.size >= 2 && (bytes[0] >= 0xFE || bytes[0] == 0x1F ||
                                          (bytes[0] == 'P' && bytes[1] == 'K'));
    size_t row = 0;
    size_t column = 1;
    if (zero == NULL || is_other) {
        return PAL_OK;
    }
    for (const char *at = content.data; at < zero; at++) {
        column = *at == '\n' ? 1 : column + (*at == ',');
        row += *at == '\n';
    }
    return pal_fail(err, PAL_INPUT,
                    "%s: row %zu, column %zu: a zero byte; this is no text", name, row,
                    column);
}

pal_status pal_frame_parse(struct pal_view content, const char *name,
                           struct pal_arena *arena, struct pal_frame *out,
                           struct pal_error *err)
{
    struct pal_source_limits limits = pal_source_limits_default;
    struct pal_source *source = NULL;
    limits.column_max = PAL_FRAME_COLUMN_MAX;
    limits.row_max = PAL_FRAME_ROW_MAX;
    *out = (struct pal_frame){.arena = arena};
    pal_status st = check_bytes(content, name, err);
    if (st == PAL_OK) {
        st = pal_source_open_memory(content, name, &limits, &source, err);
    }
    if (st == PAL_OK && pal_source_borrow_info(source)->sheet_count != 1) {
        st = pal_fail(err, PAL_INPUT, "%s holds more than one table", name);
    }
    if (st == PAL_OK) {
        st = read_sheet(source, name, arena, out, err);
    }
    pal_source_close(source);
    return st;
}

/* As R writes it with 17 digits; a zero has no sign. */
static void put_number(struct pal_buffer *out, double value)
{
    if (isinf(value)) {
        pal_buffer_append_text(out, value > 0 ? "Inf" : "-Inf");
        return;
    }
    pal_buffer_append_format(out, "%.17g", value == 0 ? 0.0 : value);
}

static void put_datum(struct pal_buffer *out, const struct pal_datum *cell,
                      bool is_first)
{
    if (cell->kind == PAL_DATUM_TEXT) {
        pal_csv_field(out, pal_view_of(cell->text), is_first);
        return;
    }
    if (!is_first) {
        pal_buffer_append_char(out, ',');
    }
    if (cell->kind == PAL_DATUM_NUMBER) {
        put_number(out, cell->number);
    } else {
        pal_buffer_append_text(out, "NA");
    }
}

static bool has_status(const struct pal_frame *frame)
{
    for (size_t i = 0; i < frame->row_count; i++) {
        if (frame->status[i] != PAL_FIT_OK) {
            return true;
        }
    }
    return false;
}

pal_status pal_frame_write(const struct pal_frame *frame, struct pal_buffer *out,
                           struct pal_error *err)
{
    bool is_told = has_status(frame);
    for (size_t c = 0; c < frame->column_count; c++) {
        pal_csv_field(out, pal_view_of(frame->names[c]), c == 0);
    }
    if (is_told) {
        pal_csv_field(out, PAL_VIEW("status"), false);
    }
    pal_csv_end(out);
    for (size_t i = 0; i < frame->row_count; i++) {
        for (size_t c = 0; c < frame->column_count; c++) {
            put_datum(out, &frame->cells[i * frame->column_count + c], c == 0);
        }
        if (is_told) {
            pal_csv_field(out, pal_view_of(pal_fit_status_name(frame->status[i])),
                          false);
        }
        pal_csv_end(out);
    }
    return pal_buffer_status(out, err);
}
