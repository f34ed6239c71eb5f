/*
 * Parquet files from a stream of column blocks. The stream stands in the engine as a table
 * function of one thread, and the engine copies it into the file a chunk at a time: no table
 * is made, so memory stays at some blocks however many rows there are. The engine codes texts
 * by dictionary where they repeat.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/store_internal.h"

enum { WRITE_MEMORY_MB = 512, WRITE_STATEMENT_MAX = 64 * 1024 };
static const int64_t micros_a_second = 1000000;

/* What the function reads from, and where in it. */
struct feed {
    struct pal_column_stream *rows;
    struct pal_column_block block;
    size_t at; /* next row of the block */
    int64_t row_count;
    pal_status status; /* of the stream, when it failed */
    struct pal_error err;
};

static duckdb_type type_of(enum pal_column_kind kind)
{
    switch (kind) {
    case PAL_COLUMN_INTEGER:
        return DUCKDB_TYPE_INTEGER;
    case PAL_COLUMN_DAY:
        return DUCKDB_TYPE_DATE;
    case PAL_COLUMN_SECOND:
        return DUCKDB_TYPE_TIMESTAMP;
    case PAL_COLUMN_CODE:
    case PAL_COLUMN_TEXT:
        return DUCKDB_TYPE_VARCHAR;
    }
    return DUCKDB_TYPE_VARCHAR;
}

static void bind_rows(duckdb_bind_info info)
{
    const struct feed *feed = duckdb_bind_get_extra_info(info);
    for (size_t i = 0; i < feed->rows->column_count; i++) {
        duckdb_logical_type type =
            duckdb_create_logical_type(type_of(feed->rows->columns[i].kind));
        duckdb_bind_add_result_column(info, feed->rows->columns[i].name, type);
        duckdb_destroy_logical_type(&type);
    }
}

static void init_rows(duckdb_init_info info)
{
    duckdb_init_set_max_threads(info, 1);
}

static void set_blank(uint64_t *valid, size_t row)
{
    valid[row / 64] &= ~(UINT64_C(1) << (row % 64));
}

/* Texts by code, and texts of a width. */
static void put_texts(duckdb_vector vector, uint64_t *valid,
                      const struct pal_block_column *column, const void *values,
                      size_t from, size_t count)
{
    for (size_t row = 0; row < count; row++) {
        struct pal_view text = {NULL, 0};
        if (column->kind == PAL_COLUMN_CODE) {
            uint8_t code = ((const uint8_t *)values)[from + row];
            if (code != 0 && code < column->text_count) {
                text = column->texts[code];
            }
        } else {
            text.data = (const char *)values + (from + row) * column->width;
            text.size = strnlen(text.data, column->width);
        }
        if (text.size == 0) {
            set_blank(valid, row);
        } else {
            duckdb_vector_assign_string_element_len(vector, row, text.data, text.size);
        }
    }
}

static void put_numbers(duckdb_vector vector, uint64_t *valid,
                        const struct pal_block_column *column, const void *values,
                        size_t from, size_t count)
{
    void *out = duckdb_vector_get_data(vector);
    for (size_t row = 0; row < count; row++) {
        if (column->kind == PAL_COLUMN_SECOND) {
            int64_t second = ((const int64_t *)values)[from + row];
            bool is_blank = second == PAL_SECOND_NONE;
            ((int64_t *)out)[row] = is_blank ? 0 : second * micros_a_second;
            if (is_blank) {
                set_blank(valid, row);
            }
        } else {
            /* A day that is not known and a number that is not are the same bits. */
            int32_t number = ((const int32_t *)values)[from + row];
            ((int32_t *)out)[row] = number == PAL_COLUMN_NONE ? 0 : number;
            if (number == PAL_COLUMN_NONE) {
                set_blank(valid, row);
            }
        }
    }
}

static void give_rows(duckdb_function_info info, duckdb_data_chunk chunk)
{
    struct feed *feed = duckdb_function_get_extra_info(info);
    if (feed->at == feed->block.row_count) {
        feed->status = feed->rows->next(feed->rows, &feed->block, &feed->err);
        feed->at = 0;
        if (feed->status != PAL_OK) {
            feed->block.row_count = 0;
            duckdb_function_set_error(info, feed->err.text);
            return;
        }
    }
    size_t count = feed->block.row_count - feed->at;
    if (count > duckdb_vector_size()) {
        count = duckdb_vector_size();
    }
    for (size_t i = 0; i < feed->rows->column_count; i++) {
        const struct pal_block_column *column = &feed->rows->columns[i];
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
        duckdb_vector_ensure_validity_writable(vector);
        uint64_t *valid = duckdb_vector_get_validity(vector);
        if (column->kind == PAL_COLUMN_CODE || column->kind == PAL_COLUMN_TEXT) {
            put_texts(vector, valid, column, feed->block.values[i], feed->at, count);
        } else {
            put_numbers(vector, valid, column, feed->block.values[i], feed->at, count);
        }
    }
    feed->at += count;
    feed->row_count += (int64_t)count;
    duckdb_data_chunk_set_size(chunk, count);
}

static pal_status add_function(struct pal_store *engine, struct feed *feed,
                               struct pal_error *err)
{
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, "palladium_rows");
    duckdb_table_function_set_extra_info(function, feed, NULL);
    duckdb_table_function_set_bind(function, bind_rows);
    duckdb_table_function_set_init(function, init_rows);
    duckdb_table_function_set_function(function, give_rows);
    duckdb_state state = duckdb_register_table_function(engine->connection, function);
    duckdb_destroy_table_function(&function);
    return state == DuckDBSuccess
               ? PAL_OK
               : pal_fail(err, PAL_DATABASE, "this DuckDB takes no table function");
}

static pal_status copy_rows(struct pal_store *engine, const char *path,
                            struct pal_error *err)
{
    struct pal_buffer literal;
    struct pal_buffer text;
    pal_buffer_init(&literal, WRITE_STATEMENT_MAX);
    pal_buffer_init(&text, WRITE_STATEMENT_MAX);
    pal_status status = pal_fill_literal(pal_view_of(path), &literal, err);
    if (status == PAL_OK) {
        const struct pal_slot slot = {"path", pal_buffer_view(&literal)};
        status = pal_store_fill(pal_engine_statement("write_parquet.sql"), &slot, 1,
                                &text, err);
    }
    if (status == PAL_OK) {
        status = pal_engine_run_text(engine, text.data, path, err);
    }
    pal_buffer_clear(&text);
    pal_buffer_clear(&literal);
    return status;
}

static pal_status write_part(const char *part, struct feed *feed, struct pal_error *err)
{
    struct pal_store_options options = {.thread_count = 1,
                                        .memory_max_mb = WRITE_MEMORY_MB};
    struct pal_store *engine = pal_alloc_zero(1, sizeof *engine);
    if (engine == NULL) {
        return pal_fail_memory(err);
    }
    engine->mode = PAL_STORE_READ;
    engine->place.lock = -1;
    pal_status status = pal_engine_open(engine, NULL, false, "", &options, err);
    if (status == PAL_OK) {
        status = add_function(engine, feed, err);
    }
    if (status == PAL_OK) {
        status = copy_rows(engine, part, err);
    }
    pal_store_close(engine);
    if (feed->status != PAL_OK) {
        /* The engine passes the stream's failure on in words of its own. */
        return pal_fail(err, feed->status, "%s", feed->err.text);
    }
    return status;
}

pal_status pal_parquet_write(const char *path, struct pal_column_stream *rows,
                             struct pal_error *err)
{
    struct feed feed = {.rows = rows, .status = PAL_OK};
    struct pal_buffer part;
    pal_buffer_init(&part, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_buffer_append_format(&part, "%s.part", path);
    pal_status status = pal_buffer_status(&part, err);
    if (status == PAL_OK) {
        status = write_part(part.data, &feed, err);
        if (status == PAL_OK && feed.row_count > 0 && rename(part.data, path) != 0) {
            status = pal_fail(err, PAL_IO, "%s: cannot be written", path);
        }
        if (status != PAL_OK || feed.row_count == 0) {
            (void)unlink(part.data);
        }
    }
    pal_buffer_clear(&part);
    return status;
}
