#include "app/listing.h"

#include <string.h>

enum cell_kind { CELL_NULL, CELL_TEXT, CELL_INTEGER, CELL_NUMBER, CELL_BOOL };

struct pal_listing_cell {
    enum cell_kind kind;
    struct pal_view text; /* as shown */
    int64_t integer;
    double number;
};

enum { WIDTH_MAX = 60 }; /* a longer text is not aligned behind */

enum pal_listing_format pal_listing_format_of(const struct pal_app *app,
                                              const char *format)
{
    if (app->is_json || strcmp(format, "json") == 0) {
        return PAL_LISTING_JSON;
    }
    return strcmp(format, "csv") == 0 ? PAL_LISTING_CSV : PAL_LISTING_TEXT;
}

void pal_listing_init(struct pal_listing *listing)
{
    *listing = (struct pal_listing){0};
    pal_arena_init(&listing->arena, PAL_OUTPUT_SIZE_MAX);
}

void pal_listing_clear(struct pal_listing *listing)
{
    pal_arena_clear(&listing->arena);
    pal_free(listing->cells);
    listing->cells = NULL;
}

static struct pal_view copied(struct pal_listing *listing, struct pal_view text)
{
    struct pal_view out = {"", 0};
    if (listing->status == PAL_OK) {
        listing->status = pal_arena_copy(&listing->arena, text, &out, NULL);
    }
    return out;
}

void pal_listing_column(struct pal_listing *listing, const char *name)
{
    PAL_BUG_IF(listing->cell_count > 0);
    if (listing->column_count == PAL_LISTING_COLUMN_MAX) {
        listing->status = PAL_LIMIT;
        return;
    }
    listing->is_number[listing->column_count] = true;
    listing->names[listing->column_count] = copied(listing, pal_view_of(name)).data;
    listing->column_count++;
}

static void add(struct pal_listing *listing, struct pal_listing_cell cell)
{
    PAL_BUG_IF(listing->column_count == 0);
    if (listing->status != PAL_OK) {
        return;
    }
    if (listing->cell_count == listing->cell_room) {
        size_t room = listing->cell_room == 0 ? 256 : listing->cell_room * 2;
        struct pal_listing_cell *cells =
            pal_realloc(listing->cells, room, sizeof *cells);
        if (cells == NULL) {
            listing->status = PAL_MEMORY;
            return;
        }
        listing->cells = cells;
        listing->cell_room = room;
    }
    if (cell.kind == CELL_TEXT || cell.kind == CELL_BOOL) {
        listing->is_number[listing->cell_count % listing->column_count] = false;
    }
    listing->cells[listing->cell_count++] = cell;
}

void pal_listing_text(struct pal_listing *listing, struct pal_view text)
{
    add(listing,
        (struct pal_listing_cell){.kind = CELL_TEXT, .text = copied(listing, text)});
}

void pal_listing_integer(struct pal_listing *listing, int64_t value)
{
    struct pal_view text = {"", 0};
    if (listing->status == PAL_OK) {
        listing->status =
            pal_arena_format(&listing->arena, &text, NULL, "%lld", (long long)value);
    }
    add(listing, (struct pal_listing_cell){CELL_INTEGER, text, value, 0});
}

void pal_listing_number(struct pal_listing *listing, double value)
{
    char text[32];
    pal_double_text(value, text);
    add(listing, (struct pal_listing_cell){
                     CELL_NUMBER, copied(listing, pal_view_of(text)), 0, value});
}

void pal_listing_bool(struct pal_listing *listing, bool value)
{
    add(listing,
        (struct pal_listing_cell){CELL_BOOL, pal_view_of(value ? "true" : "false"),
                                  value ? 1 : 0, 0});
}

void pal_listing_null(struct pal_listing *listing)
{
    add(listing, (struct pal_listing_cell){.kind = CELL_NULL, .text = {"", 0}});
}

/* Code points, which is what a terminal shows for the scripts these records are in. */
static size_t width_of(struct pal_view text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (((unsigned char)text.data[i] & 0xC0U) != 0x80U) {
            width++;
        }
    }
    return width;
}

static void pad(struct pal_buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pal_buffer_append_char(out, ' ');
    }
}

static void put_aligned(struct pal_buffer *out, struct pal_view text, size_t width,
                        bool is_right, bool is_last)
{
    size_t own = width_of(text);
    size_t gap = own < width ? width - own : 0;
    if (is_right) {
        pad(out, gap);
    }
    /* A line end inside a cell would break the table's lines. */
    for (size_t i = 0; i < text.size; i++) {
        bool is_control = (unsigned char)text.data[i] < 0x20U;
        if (is_control) {
            pal_buffer_append_char(out, ' ');
        } else {
            pal_buffer_append_char(out, text.data[i]);
        }
    }
    if (!is_right && !is_last) {
        pad(out, gap);
    }
    pal_buffer_append_text(out, is_last ? "\n" : "  ");
}

/* People read six digits; csv and JSON keep all. */
static void shorten_numbers(struct pal_listing *listing)
{
    for (size_t i = 0; i < listing->cell_count; i++) {
        struct pal_listing_cell *cell = &listing->cells[i];
        if (cell->kind == CELL_NUMBER && cell->number > -1e5 && cell->number < 1e5 &&
            listing->status == PAL_OK) {
            listing->status = pal_arena_format(&listing->arena, &cell->text, NULL,
                                               "%.6g", cell->number);
        }
    }
}

static void put_text(const struct pal_listing *listing, struct pal_buffer *out)
{
    size_t n = listing->column_count;
    PAL_BUG_IF(n == 0);
    size_t widths[PAL_LISTING_COLUMN_MAX];
    for (size_t i = 0; i < n; i++) {
        widths[i] = width_of(pal_view_of(listing->names[i]));
    }
    for (size_t i = 0; i < listing->cell_count; i++) {
        size_t width = width_of(listing->cells[i].text);
        if (width > widths[i % n]) {
            widths[i % n] = width < WIDTH_MAX ? width : WIDTH_MAX;
        }
    }
    for (size_t i = 0; i < n; i++) {
        put_aligned(out, pal_view_of(listing->names[i]), widths[i],
                    listing->is_number[i], i + 1 == n);
    }
    for (size_t i = 0; i < listing->cell_count; i++) {
        put_aligned(out, listing->cells[i].text, widths[i % n],
                    listing->is_number[i % n], i % n + 1 == n);
    }
}

static void put_csv(const struct pal_listing *listing, struct pal_buffer *out)
{
    size_t n = listing->column_count;
    PAL_BUG_IF(n == 0);
    for (size_t i = 0; i < n; i++) {
        pal_csv_field(out, pal_view_of(listing->names[i]), i == 0);
    }
    pal_csv_end(out);
    for (size_t i = 0; i < listing->cell_count; i++) {
        pal_csv_field(out, listing->cells[i].text, i % n == 0);
        if (i % n + 1 == n) {
            pal_csv_end(out);
        }
    }
}

static void put_json_cell(struct pal_json *json, const struct pal_listing_cell *cell)
{
    switch (cell->kind) {
    case CELL_NULL:
        pal_json_null(json);
        break;
    case CELL_TEXT:
        pal_json_view(json, cell->text);
        break;
    case CELL_INTEGER:
        pal_json_i64(json, cell->integer);
        break;
    case CELL_NUMBER:
        pal_json_double(json, cell->number);
        break;
    case CELL_BOOL:
        pal_json_bool(json, cell->integer == 1);
        break;
    }
}

static pal_status check_whole(const struct pal_listing *listing, struct pal_error *err)
{
    if (listing->status != PAL_OK) {
        return pal_fail(err, listing->status, "the table is too large to print: %s",
                        pal_status_text(listing->status));
    }
    PAL_BUG_IF(listing->column_count == 0 ||
               listing->cell_count % listing->column_count != 0);
    return PAL_OK;
}

pal_status pal_listing_put_json(const struct pal_listing *listing,
                                struct pal_json *json, struct pal_error *err)
{
    size_t n = listing->column_count;
    pal_status st = check_whole(listing, err);
    if (st != PAL_OK) {
        return st;
    }
    PAL_BUG_IF(n == 0);
    pal_json_begin_array(json);
    for (size_t i = 0; i < listing->cell_count; i++) {
        if (i % n == 0) {
            pal_json_begin_object(json);
        }
        pal_json_key(json, listing->names[i % n]);
        put_json_cell(json, &listing->cells[i]);
        if (i % n + 1 == n) {
            pal_json_end_object(json);
        }
    }
    pal_json_end_array(json);
    return PAL_OK;
}

pal_status pal_listing_write(struct pal_listing *listing, struct pal_app *app,
                             enum pal_listing_format format, struct pal_error *err)
{
    struct pal_buffer out;
    struct pal_json json;
    pal_status st = check_whole(listing, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    switch (format) {
    case PAL_LISTING_TEXT:
        shorten_numbers(listing);
        st = check_whole(listing, err);
        put_text(listing, &out);
        break;
    case PAL_LISTING_CSV:
        put_csv(listing, &out);
        break;
    case PAL_LISTING_JSON:
        pal_json_init(&json, &out, true);
        st = pal_listing_put_json(listing, &json, err);
        pal_buffer_append_char(&out, '\n');
        break;
    }
    return pal_app_write_out(app, &out, st, err);
}

pal_status pal_listing_show(struct pal_listing *listing, struct pal_app *app,
                            struct pal_error *err)
{
    return pal_listing_write(listing, app,
                             app->is_json ? PAL_LISTING_JSON : PAL_LISTING_TEXT, err);
}
