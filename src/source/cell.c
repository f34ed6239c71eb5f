#include "source/sheet_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "source/xml_markup.h"

enum { DAYS_1899_TO_1970 = 25569, TEXT_FIRST = 4096, CELL_FIRST = 64 };

/* Makes room for `size` more bytes of text; cells whose text lies there follow it. */
static pal_status make_room(struct pal_sheet_reader *reader, size_t size,
                            struct pal_error *err)
{
    size_t room = reader->text_room == 0 ? TEXT_FIRST : reader->text_room;
    uintptr_t begin = (uintptr_t)reader->text;
    char *text;

    if (size <= reader->text_room - reader->text_size) {
        return PAL_OK;
    }
    while (room - reader->text_size < size) {
        if (room > PAL_ROW_TEXT_MAX / 2) {
            return pal_fail(err, PAL_LIMIT,
                            "its texts are longer than the %d bytes that are read",
                            PAL_ROW_TEXT_MAX / 2);
        }
        room *= 2;
    }
    text = pal_alloc(room);
    if (text == NULL) {
        return pal_fail_memory(err);
    }
    if (reader->text_size > 0) {
        memcpy(text, reader->text, reader->text_size);
    }
    for (size_t i = 0; i < reader->cell_count; i++) {
        uintptr_t place = (uintptr_t)reader->cells[i].text.data;

        if (place >= begin && place < begin + reader->text_size) {
            reader->cells[i].text.data = text + (place - begin);
        }
    }
    pal_free(reader->text);
    reader->text = text;
    reader->text_room = room;
    return PAL_OK;
}

static pal_status keep_text(struct pal_sheet_reader *reader, struct pal_view *text,
                            struct pal_error *err)
{
    pal_status status = make_room(reader, text->size, err);

    if (status != PAL_OK || text->size == 0) {
        return status;
    }
    memcpy(reader->text + reader->text_size, text->data, text->size);
    text->data = reader->text + reader->text_size;
    reader->text_size += text->size;
    return PAL_OK;
}

pal_status pal_sheet_keep_window(struct pal_sheet_reader *reader, struct pal_error *err)
{
    uintptr_t begin = (uintptr_t)reader->xml.window.data;
    uintptr_t end = begin + reader->xml.window.end;

    for (size_t i = 0; i < reader->cell_count; i++) {
        uintptr_t place = (uintptr_t)reader->cells[i].text.data;
        struct pal_view text = reader->cells[i].text;
        pal_status status;

        if (place < begin || place >= end) {
            continue;
        }
        status = keep_text(reader, &text, err);
        if (status != PAL_OK) {
            return status;
        }
        reader->cells[i].text = text;
    }
    return PAL_OK;
}

static pal_status grow_cells(struct pal_sheet_reader *reader, struct pal_error *err)
{
    size_t room = reader->cell_room == 0 ? CELL_FIRST : 2 * reader->cell_room;
    struct pal_cell *cells = pal_realloc(reader->cells, room, sizeof *cells);

    if (cells == NULL) {
        return pal_fail_memory(err);
    }
    reader->cells = cells;
    reader->cell_room = room;
    return PAL_OK;
}

pal_status pal_sheet_add(struct pal_sheet_reader *reader, struct pal_cell cell,
                         struct pal_error *err)
{
    if (cell.column >= reader->limits.column_max) {
        return pal_fail(err, PAL_LIMIT,
                        "it has a cell in column %" PRIu64 ", beyond the %" PRIu32
                        " that are read",
                        (uint64_t)cell.column + 1, reader->limits.column_max);
    }
    if ((int64_t)cell.column <= reader->column) {
        reader->is_unsorted = true;
    }
    reader->column = cell.column;
    if (cell.text.size == 0) {
        return PAL_OK;
    }
    if (cell.text.size > reader->limits.cell_size_max) {
        return pal_fail(err, PAL_LIMIT,
                        "the text in its column %" PRIu64 " is longer than the %" PRIu32
                        " bytes that are read",
                        (uint64_t)cell.column + 1, reader->limits.cell_size_max);
    }
    if (reader->cell_count == reader->cell_room) {
        pal_status status;

        /* Each column once, but for a row out of order that gives some twice. */
        if (reader->cell_count > 2 * (size_t)reader->limits.column_max) {
            return pal_fail(err, PAL_INPUT, "it has cells twice");
        }
        status = grow_cells(reader, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    reader->cells[reader->cell_count++] = cell;
    return PAL_OK;
}

static struct pal_view trim(struct pal_view text)
{
    while (text.size > 0 && pal_xml_is_space(text.data[0])) {
        text = (struct pal_view){text.data + 1, text.size - 1};
    }
    while (text.size > 0 && pal_xml_is_space(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}

/* YYYY-MM-DD, alone or with THH:MM, :SS, a fraction and a Z behind it. */
static bool has_read_iso_date(struct pal_view text, double *days)
{
    char head[11] = {0};
    int64_t part[3] = {0};
    double fraction = 0;
    int32_t day;
    size_t at = 11;

    if (text.size < 10) {
        return false;
    }
    memcpy(head, text.data, 10);
    day = pal_day_from_text(head);
    if (day == PAL_DAY_NONE) {
        return false;
    }
    *days = (double)day + DAYS_1899_TO_1970;
    if (text.size == 10) {
        return true;
    }
    if (text.data[text.size - 1] == 'Z') {
        text.size--;
    }
    if (text.data[10] != 'T' && text.data[10] != ' ') {
        return false;
    }
    for (size_t i = 0; i < 3 && (i < 2 || at < text.size); i++, at += 3) {
        int64_t most = i == 0 ? 23 : 59;

        if (text.size < at + 2 || (i > 0 && text.data[at - 1] != ':') ||
            !pal_parse_i64((struct pal_view){text.data + at, 2}, 0, most, &part[i])) {
            return false;
        }
    }
    if (at <= text.size &&
        (text.data[at - 1] != '.' ||
         !pal_parse_double((struct pal_view){text.data + at - 1, text.size - at + 1},
                           &fraction) ||
         fraction >= 1)) {
        return false;
    }
    *days += ((double)(part[0] * 3600 + part[1] * 60 + part[2]) + fraction) / 86400;
    return true;
}

static void set_boolean(struct pal_cell *cell)
{
    bool is_true = pal_view_is_equal(cell->text, PAL_VIEW("1")) ||
                   pal_view_is_equal_fold(cell->text, PAL_VIEW("true"));
    bool is_false = pal_view_is_equal(cell->text, PAL_VIEW("0")) ||
                    pal_view_is_equal_fold(cell->text, PAL_VIEW("false"));

    if (is_true || is_false) {
        cell->kind = PAL_CELL_BOOLEAN;
        cell->number = is_true;
        cell->text = is_true ? PAL_VIEW("TRUE") : PAL_VIEW("FALSE");
    }
}

static pal_status set_shared(const struct pal_sheet_reader *reader,
                             struct pal_cell *cell, struct pal_error *err)
{
    int64_t index = 0;

    if (cell->text.size == 0) {
        return PAL_OK;
    }
    if (!pal_is_digit(cell->text.data[0]) ||
        !pal_parse_i64(cell->text, 0, UINT32_MAX, &index) ||
        (size_t)index >= reader->context.strings->count) {
        return pal_fail(
            err, PAL_INPUT,
            "the cell in its column %" PRIu64
            " asks for shared string %.*s, but the workbook has %zu: the file "
            "is damaged",
            (uint64_t)cell->column + 1,
            (int)(cell->text.size > 40 ? 40 : cell->text.size), cell->text.data,
            reader->context.strings->count);
    }
    cell->text = pal_shared_string(reader->context.strings, (size_t)index);
    cell->shared = pal_shared_number((size_t)index);
    return PAL_OK;
}

/* What cannot be read as what its type says stays as text: it is the study's to judge. */
static void set_number(const struct pal_sheet_reader *reader, size_t style,
                       struct pal_cell *cell)
{
    if (!pal_parse_double(cell->text, &cell->number)) {
        return;
    }
    cell->kind = PAL_CELL_NUMBER;
    if (pal_sheet_style_is_date(reader, style)) {
        cell->kind = PAL_CELL_DATE;
        cell->number = pal_days_of_serial(cell->number, reader->context.is_1904);
    }
}

pal_status pal_sheet_add_value(struct pal_sheet_reader *reader, uint32_t column,
                               enum pal_cell_type type, size_t style,
                               struct pal_view text, struct pal_error *err)
{
    struct pal_cell cell = {.column = column, .kind = PAL_CELL_TEXT, .text = text};
    pal_status status = PAL_OK;

    switch (type) {
    case PAL_TYPE_NUMBER:
        cell.text = trim(text);
        set_number(reader, style, &cell);
        break;
    case PAL_TYPE_SHARED:
        cell.text = trim(text);
        status = set_shared(reader, &cell, err);
        if (status != PAL_OK) {
            return status;
        }
        return pal_sheet_add(reader, cell, err);
    case PAL_TYPE_BOOLEAN:
        cell.text = trim(text);
        set_boolean(&cell);
        break;
    case PAL_TYPE_ERROR:
        cell.text = trim(text);
        cell.kind = PAL_CELL_ERROR;
        break;
    case PAL_TYPE_DATE:
        cell.text = trim(text);
        if (has_read_iso_date(cell.text, &cell.number)) {
            cell.kind = PAL_CELL_DATE;
        }
        break;
    case PAL_TYPE_STRING:
    case PAL_TYPE_INLINE:
    case PAL_TYPE_OTHER:
        break;
    }
    if (cell.text.size <= reader->limits.cell_size_max &&
        cell.kind != PAL_CELL_BOOLEAN) {
        status = keep_text(reader, &cell.text, err);
    }
    return status == PAL_OK ? pal_sheet_add(reader, cell, err) : status;
}

static int compare_columns(const void *left, const void *right)
{
    const struct pal_cell *a = left;
    const struct pal_cell *b = right;

    return (a->column > b->column) - (a->column < b->column);
}

pal_status pal_sheet_sort(struct pal_sheet_reader *reader, struct pal_error *err)
{
    if (!reader->is_unsorted) {
        return PAL_OK;
    }
    qsort(reader->cells, reader->cell_count, sizeof *reader->cells, compare_columns);
    for (size_t i = 1; i < reader->cell_count; i++) {
        if (reader->cells[i].column == reader->cells[i - 1].column) {
            return pal_fail(err, PAL_INPUT,
                            "it has column %" PRIu64 " twice: the file is damaged",
                            (uint64_t)reader->cells[i].column + 1);
        }
    }
    return PAL_OK;
}
