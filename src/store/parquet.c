/*
 * Parquet files, read by the engine in a database of their own in memory, given as the rows
 * of a sheet: row 1 is the column names, cells that are NULL or empty are left out.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

enum { PARQUET_MEMORY_MB = 160, PATH_SIZE_MAX = 32 * 1024 };

struct pal_parquet {
    struct pal_row_stream stream; /* first: the stream is the file */
    struct pal_store *engine;
    struct pal_cursor *cursor;
    char *path;
    uint64_t row_number;
    size_t column_count;
    struct pal_cell *cells;
    enum pal_cell_kind *kinds;
};

/* In a path the engine takes * ? [ for patterns; within brackets they are themselves. */
static pal_status quote_pattern(const char *path, struct pal_buffer *out,
                                struct pal_error *err)
{
    for (const char *at = path; *at != '\0'; at++) {
        if (*at == '*' || *at == '?' || *at == '[') {
            pal_buffer_append_format(out, "[%c]", *at);
        } else {
            pal_buffer_append_char(out, *at);
        }
    }
    return pal_buffer_status(out, err);
}

static pal_status open_cursor(struct pal_parquet *parquet, struct pal_error *err)
{
    struct pal_buffer pattern;
    pal_buffer_init(&pattern, PATH_SIZE_MAX);
    pal_status status = quote_pattern(parquet->path, &pattern, err);
    if (status == PAL_OK) {
        struct pal_value value = pal_value_of_text(pal_buffer_view(&pattern));
        status =
            pal_store_query(parquet->engine, pal_engine_statement("read_parquet.sql"),
                            &value, 1, &parquet->cursor, err);
    }
    pal_buffer_clear(&pattern);
    if (status == PAL_DATABASE) {
        return pal_while(err, PAL_INPUT, "%s", parquet->path);
    }
    return status == PAL_OK ? PAL_OK : pal_while(err, status, "%s", parquet->path);
}

/* Only a parquet of single values is a table; the engine's NULL and "" are both blank. */
static bool put_cell(struct pal_cell *cell, uint32_t column, enum pal_cell_kind kind,
                     const struct pal_value *value)
{
    if (value->kind == PAL_VALUE_NULL || value->text.size == 0) {
        return false;
    }
    *cell = (struct pal_cell){.column = column, .kind = kind, .text = value->text};
    switch (kind) {
    case PAL_CELL_NUMBER:
        cell->number = value->number;
        break;
    case PAL_CELL_BOOLEAN:
        cell->number = value->integer == 0 ? 0 : 1;
        cell->text = value->integer == 0 ? PAL_VIEW("FALSE") : PAL_VIEW("TRUE");
        break;
    case PAL_CELL_DATE:
        cell->number = value->kind == PAL_VALUE_DAY
                           ? (double)value->integer + PAL_SPREADSHEET_EPOCH
                           : (double)value->integer / (double)PAL_MICROS_PER_DAY +
                                 PAL_SPREADSHEET_EPOCH;
        break;
    case PAL_CELL_TEXT:
    case PAL_CELL_ERROR:
        break;
    }
    return true;
}

static void put_names(struct pal_parquet *parquet, struct pal_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < parquet->column_count; i++) {
        struct pal_value value =
            pal_value_of_text(pal_view_of(pal_cursor_column_name(parquet->cursor, i)));
        if (put_cell(&parquet->cells[count], (uint32_t)i, PAL_CELL_TEXT, &value)) {
            count++;
        }
    }
    row->cells = parquet->cells;
    row->cell_count = count;
}

static pal_status next_row(struct pal_row_stream *self, struct pal_row *row,
                           struct pal_error *err)
{
    struct pal_parquet *parquet = (struct pal_parquet *)self;
    const struct pal_value *values = NULL;
    size_t count = 0;
    parquet->row_number++;
    *row = (struct pal_row){.number = parquet->row_number};
    if (parquet->row_number == 1) {
        put_names(parquet, row);
        return PAL_OK;
    }
    pal_status status = pal_cursor_next(parquet->cursor, &values, err);
    if (status != PAL_OK) {
        return pal_while(err, status == PAL_DATABASE ? PAL_INPUT : status,
                         "%s, row %llu", parquet->path,
                         (unsigned long long)parquet->row_number);
    }
    if (values == NULL) {
        return PAL_OK;
    }
    for (size_t i = 0; i < parquet->column_count; i++) {
        if (put_cell(&parquet->cells[count], (uint32_t)i, parquet->kinds[i],
                     &values[i])) {
            count++;
        }
    }
    row->cells = parquet->cells;
    row->cell_count = count;
    return PAL_OK;
}

static pal_status look_at_columns(struct pal_parquet *parquet, struct pal_error *err)
{
    size_t count = pal_cursor_column_count(parquet->cursor);
    parquet->column_count = count;
    parquet->cells = pal_alloc_zero(count, sizeof *parquet->cells);
    parquet->kinds = pal_alloc_zero(count, sizeof *parquet->kinds);
    if (parquet->cells == NULL || parquet->kinds == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        parquet->kinds[i] = pal_cursor_cell_kind(parquet->cursor, i);
    }
    return PAL_OK;
}

static pal_status open_parquet(struct pal_parquet *parquet, const char *path,
                               struct pal_error *err)
{
    /* One thread: the other core is parsing and appending; and rows come in their order. */
    struct pal_store_options options = {.thread_count = 1,
                                        .memory_max_mb = PARQUET_MEMORY_MB};
    parquet->stream.next = next_row;
    parquet->path = pal_string_copy(pal_view_of(path));
    parquet->engine = pal_alloc_zero(1, sizeof *parquet->engine);
    if (parquet->path == NULL || parquet->engine == NULL) {
        return pal_fail_memory(err);
    }
    parquet->engine->mode = PAL_STORE_READ;
    parquet->engine->place.lock = -1;
    parquet->engine->is_stream = true;
    pal_status status =
        pal_engine_open(parquet->engine, NULL, false, "", &options, err);
    if (status == PAL_OK) {
        status = open_cursor(parquet, err);
    }
    if (status == PAL_OK) {
        status = look_at_columns(parquet, err);
    }
    return status;
}

pal_status pal_parquet_open(const char *path, struct pal_parquet **out,
                            struct pal_error *err)
{
    *out = NULL;
    struct pal_parquet *parquet = pal_alloc_zero(1, sizeof *parquet);
    if (parquet == NULL) {
        return pal_fail_memory(err);
    }
    pal_status status = open_parquet(parquet, path, err);
    if (status != PAL_OK) {
        pal_parquet_close(parquet);
        return status;
    }
    *out = parquet;
    return PAL_OK;
}

struct pal_row_stream *pal_parquet_borrow_rows(struct pal_parquet *parquet)
{
    return &parquet->stream;
}

void pal_parquet_close(struct pal_parquet *parquet)
{
    if (parquet == NULL) {
        return;
    }
    pal_cursor_close(parquet->cursor);
    pal_store_close(parquet->engine);
    pal_free(parquet->cells);
    pal_free(parquet->kinds);
    pal_free(parquet->path);
    pal_free(parquet);
}
