/*
 * Cursors: the engine's chunks of column vectors, given row by row.
 */
#include "store/value_internal.h"

struct pal_cursor {
    struct pal_store *store;
    duckdb_prepared_statement statement;
    duckdb_result result;
    duckdb_data_chunk chunk;
    idx_t chunk_size;
    idx_t next;     /* row of the chunk */
    bool is_locked; /* a user's statement: a stream, within a transaction */
    bool is_end;
    size_t column_count;
    struct pal_column *columns;
    struct pal_value *values;
};

static pal_status look_at_column(struct pal_cursor *cursor, size_t index,
                                 struct pal_error *err)
{
    struct pal_column *column = &cursor->columns[index];
    column->type = duckdb_column_type(&cursor->result, index);
    if (!pal_column_is_readable(column)) {
        return pal_fail(err, cursor->is_locked ? PAL_USAGE : PAL_DATABASE,
                        "column %s holds lists, structures or bytes, not single "
                        "values; turn it into "
                        "text first (in SQL: CAST(... AS VARCHAR))",
                        duckdb_column_name(&cursor->result, index));
    }
    if (column->type == DUCKDB_TYPE_DECIMAL) {
        duckdb_logical_type type = duckdb_column_logical_type(&cursor->result, index);
        column->stored_type = duckdb_decimal_internal_type(type);
        column->scale = 1;
        for (uint8_t i = duckdb_decimal_scale(type); i > 0; i--) {
            column->scale *= 10;
        }
        duckdb_destroy_logical_type(&type);
    }
    return PAL_OK;
}

pal_status pal_cursor_new(struct pal_store *store, duckdb_prepared_statement statement,
                          duckdb_result *result, struct pal_cursor **out,
                          struct pal_error *err)
{
    pal_status status = PAL_OK;
    *out = NULL;
    struct pal_cursor *cursor = pal_alloc_zero(1, sizeof *cursor);
    if (cursor == NULL) {
        duckdb_destroy_result(result);
        duckdb_destroy_prepare(&statement);
        if (store->is_locked) {
            pal_status ended = pal_engine_run(store, "rollback.sql", NULL);
            (void)ended;
        }
        return pal_fail_memory(err);
    }
    cursor->store = store;
    cursor->statement = statement;
    cursor->result = *result;
    cursor->is_locked = store->is_locked;
    store->has_locked_cursor = store->is_locked;
    size_t count = duckdb_column_count(&cursor->result);
    cursor->column_count = count;
    cursor->columns = pal_alloc_zero(count, sizeof *cursor->columns);
    cursor->values = pal_alloc_zero(count, sizeof *cursor->values);
    if (cursor->columns == NULL || cursor->values == NULL) {
        status = pal_fail_memory(err);
    }
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        status = look_at_column(cursor, i, err);
    }
    if (status != PAL_OK) {
        pal_cursor_close(cursor);
        return status;
    }
    *out = cursor;
    return PAL_OK;
}

size_t pal_cursor_column_count(const struct pal_cursor *cursor)
{
    return cursor->column_count;
}

const char *pal_cursor_column_name(const struct pal_cursor *cursor, size_t column)
{
    /* The engine only reads the result here, but does not say so. */
    duckdb_result result = cursor->result;
    return duckdb_column_name(&result, column);
}

enum pal_cell_kind pal_cursor_cell_kind(const struct pal_cursor *cursor, size_t column)
{
    return pal_column_cell_kind(&cursor->columns[column]);
}

/* The next chunk that holds rows. A stream ends in the same way whether it is complete or
 * has failed: the error has to be asked for. */
static pal_status fetch(struct pal_cursor *cursor, struct pal_error *err)
{
    cursor->next = 0;
    do {
        if (cursor->chunk != NULL) {
            duckdb_destroy_data_chunk(&cursor->chunk);
        }
        cursor->chunk = duckdb_fetch_chunk(cursor->result);
        cursor->chunk_size =
            cursor->chunk == NULL ? 0 : duckdb_data_chunk_get_size(cursor->chunk);
    } while (cursor->chunk != NULL && cursor->chunk_size == 0);
    if (cursor->chunk == NULL) {
        const char *message = duckdb_result_error(&cursor->result);
        cursor->is_end = true;
        if (message != NULL && message[0] != '\0') {
            pal_status status =
                pal_engine_fail(err, duckdb_result_error_type(&cursor->result), message,
                                "the statement");
            return cursor->is_locked && status == PAL_DATABASE
                       ? pal_while(err, PAL_USAGE, "sql")
                       : status;
        }
        return PAL_OK;
    }
    for (size_t i = 0; i < cursor->column_count; i++) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(cursor->chunk, i);
        cursor->columns[i].data = duckdb_vector_get_data(vector);
        cursor->columns[i].valid = duckdb_vector_get_validity(vector);
    }
    return PAL_OK;
}

pal_status pal_cursor_next(struct pal_cursor *cursor, const struct pal_value **row,
                           struct pal_error *err)
{
    *row = NULL;
    if (!cursor->is_end && cursor->next >= cursor->chunk_size) {
        pal_status status = fetch(cursor, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    if (cursor->is_end) {
        return PAL_OK;
    }
    idx_t at = cursor->next;
    cursor->next++;
    for (size_t i = 0; i < cursor->column_count; i++) {
        struct pal_column *column = &cursor->columns[i];
        cursor->values[i] = (struct pal_value){.kind = PAL_VALUE_NULL};
        if (column->valid == NULL ||
            ((column->valid[at / 64] >> (at % 64)) & 1u) != 0) {
            pal_column_read(column, at, &cursor->values[i]);
        }
    }
    *row = cursor->values;
    return PAL_OK;
}

void pal_cursor_close(struct pal_cursor *cursor)
{
    if (cursor == NULL) {
        return;
    }
    if (cursor->chunk != NULL) {
        duckdb_destroy_data_chunk(&cursor->chunk);
    }
    duckdb_destroy_result(&cursor->result);
    duckdb_destroy_prepare(&cursor->statement);
    if (cursor->is_locked) {
        pal_status ended = pal_engine_run(cursor->store, "rollback.sql", NULL);
        (void)ended;
        cursor->store->has_locked_cursor = false;
    }
    pal_free(cursor->columns);
    pal_free(cursor->values);
    pal_free(cursor);
}
