/*
 * Appending: whole columns of a batch into the row table of its sheet.
 *
 * An appender holds rows back and reports what is wrong with them only when they are written
 * out, and its words are gone once it is destroyed: so finish first, read the error, then
 * destroy.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

enum { FLUSH_BATCH_COUNT = 16, TABLE_NAME_SIZE = 64, NAMES_SIZE_MAX = 256 * 1024 };

struct pal_append {
    struct pal_store *store;
    enum pal_table table;
    duckdb_appender rows;
    duckdb_data_chunk chunk;
    struct pal_arena names;
    size_t column_count; /* of the row table */
    struct pal_view columns[PAL_COLUMN_LEAD + PAL_FIELD_MAX];
    size_t used_count; /* fields that have had a value on this sheet, in that order */
    uint8_t used[PAL_FIELD_MAX];
    bool is_used[PAL_FIELD_MAX];
    uint64_t row_count;
    unsigned held_count; /* batches since the last flush */
    struct pal_sides *sides;
};

static const duckdb_type lead_types[PAL_COLUMN_LEAD] = {
    DUCKDB_TYPE_INTEGER, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_BIGINT, DUCKDB_TYPE_BIGINT};

static const struct {
    duckdb_type type;
    size_t size;
} field_types[] = {
    [PAL_FIELD_DATE] = {DUCKDB_TYPE_DATE, sizeof(int32_t)},
    [PAL_FIELD_DATE_TIME] = {DUCKDB_TYPE_TIMESTAMP, sizeof(int64_t)},
    [PAL_FIELD_CATEGORY] = {DUCKDB_TYPE_INTEGER, sizeof(uint32_t)},
    [PAL_FIELD_AREA] = {DUCKDB_TYPE_INTEGER, sizeof(uint32_t)},
    [PAL_FIELD_INTEGER] = {DUCKDB_TYPE_BIGINT, sizeof(int64_t)},
    [PAL_FIELD_NUMBER] = {DUCKDB_TYPE_DOUBLE, sizeof(double)},
    [PAL_FIELD_IDENTIFIER] = {DUCKDB_TYPE_UUID, sizeof(struct pal_hash_id)},
    [PAL_FIELD_RELEASED_ID] = {DUCKDB_TYPE_INTEGER, sizeof(uint32_t)},
};

pal_status pal_append_fail(duckdb_appender appender, const char *table,
                           struct pal_error *err)
{
    duckdb_error_data error = duckdb_appender_error_data(appender);
    pal_status status =
        pal_engine_fail(err, duckdb_error_data_error_type(error),
                        duckdb_error_data_message(error), "storing rows");
    duckdb_destroy_error_data(&error);
    return pal_while(err, status, "table %s", table);
}

pal_status pal_append_open(struct pal_store *store, const char *table,
                           duckdb_appender *out, struct pal_error *err)
{
    if (duckdb_appender_create(store->connection, NULL, table, out) == DuckDBSuccess) {
        return PAL_OK;
    }
    pal_status status = pal_append_fail(*out, table, err);
    (void)duckdb_appender_destroy(out);
    *out = NULL;
    return status;
}

static void row_table_name(enum pal_table table, char out[TABLE_NAME_SIZE])
{
    (void)snprintf(out, TABLE_NAME_SIZE, "%s_row", pal_table_name(table));
}

static bool has_no_value(const uint64_t *valid, size_t word_count)
{
    uint64_t any = 0;
    for (size_t i = 0; i < word_count; i++) {
        any |= valid[i];
    }
    return any == 0;
}

/* The names of the table's fields, and that its columns have the types of those fields: the
 * dictionary and the schema are two files that must say the same. */
static pal_status read_fields(struct pal_append *append, const char *table,
                              struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    size_t count = 0;
    struct pal_value value = pal_value_of_text(pal_view_of(table));
    pal_status status = pal_store_query(
        append->store, pal_engine_statement("columns_of.sql"), &value, 1, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL && count < PAL_COLUMN_LEAD + PAL_FIELD_MAX) {
        status =
            pal_arena_copy(&append->names, row[0].text, &append->columns[count], err);
        count++;
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, err);
        }
    }
    append->column_count = count;
    pal_cursor_close(cursor);
    return status;
}

static pal_status check_types(const struct pal_append *append,
                              const struct pal_batch *batch, struct pal_error *err)
{
    size_t count = duckdb_appender_column_count(append->rows);
    if (count != PAL_COLUMN_LEAD + batch->column_count ||
        count != append->column_count) {
        return pal_fail(
            err, PAL_BUG,
            "table %s: the schema has %zu columns, the dictionary %zu fields",
            pal_table_name(append->table), count, batch->column_count);
    }
    for (size_t i = PAL_COLUMN_LEAD; i < count; i++) {
        duckdb_logical_type type = duckdb_appender_column_type(append->rows, i);
        duckdb_type id = duckdb_get_type_id(type);
        duckdb_destroy_logical_type(&type);
        if (id != field_types[batch->columns[i - PAL_COLUMN_LEAD].type].type) {
            return pal_fail(err, PAL_BUG,
                            "table %s: column %s has another type than its field",
                            pal_table_name(append->table), append->columns[i].data);
        }
    }
    return PAL_OK;
}

static pal_status open_rows(struct pal_append *append, const struct pal_batch *batch,
                            struct pal_error *err)
{
    char name[TABLE_NAME_SIZE];
    row_table_name(append->table, name);
    pal_status status = pal_append_open(append->store, name, &append->rows, err);
    if (status == PAL_OK) {
        status = check_types(append, batch, err);
    }
    for (size_t i = 0; status == PAL_OK && i < PAL_COLUMN_LEAD; i++) {
        if (duckdb_appender_add_column(append->rows, append->columns[i].data) !=
            DuckDBSuccess) {
            status = pal_append_fail(append->rows, name, err);
        }
    }
    return status;
}

/* Adds the fields that have their first value in this batch to those that are appended. A
 * column without a value costs as much as a full one when it is appended (5 ms for 300 000
 * rows), but less when the engine fills it up itself. */
static pal_status widen(struct pal_append *append, const struct pal_batch *batch,
                        struct pal_error *err)
{
    size_t word_count = (batch->row_count + 63) / 64;
    for (size_t i = 0; i < batch->column_count; i++) {
        if (append->is_used[i] || has_no_value(batch->columns[i].valid, word_count)) {
            continue;
        }
        if (duckdb_appender_add_column(append->rows,
                                       append->columns[PAL_COLUMN_LEAD + i].data) !=
            DuckDBSuccess) {
            return pal_append_fail(append->rows, pal_table_name(append->table), err);
        }
        append->is_used[i] = true;
        append->used[append->used_count] = (uint8_t)i;
        append->used_count++;
        if (append->chunk != NULL) {
            duckdb_destroy_data_chunk(&append->chunk);
        }
    }
    return PAL_OK;
}

static pal_status make_chunk(struct pal_append *append, const struct pal_batch *batch,
                             struct pal_error *err)
{
    duckdb_logical_type types[PAL_COLUMN_LEAD + PAL_FIELD_MAX] = {NULL};
    size_t count = PAL_COLUMN_LEAD + append->used_count;
    for (size_t i = 0; i < count; i++) {
        types[i] = duckdb_create_logical_type(
            i < PAL_COLUMN_LEAD
                ? lead_types[i]
                : field_types[batch->columns[append->used[i - PAL_COLUMN_LEAD]].type]
                      .type);
    }
    append->chunk = duckdb_create_data_chunk(types, count);
    for (size_t i = 0; i < count; i++) {
        duckdb_destroy_logical_type(&types[i]);
    }
    return append->chunk == NULL ? pal_fail_memory(err) : PAL_OK;
}

pal_status pal_append_new(struct pal_store *store, enum pal_table table,
                          struct pal_append **out, struct pal_error *err)
{
    char name[TABLE_NAME_SIZE];
    *out = NULL;
    struct pal_append *append = pal_alloc_zero(1, sizeof *append);
    if (append == NULL) {
        return pal_fail_memory(err);
    }
    append->store = store;
    append->table = table;
    pal_arena_init(&append->names, NAMES_SIZE_MAX);
    row_table_name(table, name);
    pal_status status = pal_sides_new(store, &append->sides, err);
    if (status == PAL_OK) {
        status = read_fields(append, name, err);
    }
    if (status != PAL_OK) {
        pal_append_free(append);
        return status;
    }
    *out = append;
    return PAL_OK;
}

uint64_t pal_append_row_count(const struct pal_append *append)
{
    return append->row_count;
}

enum pal_table pal_append_table(const struct pal_append *append)
{
    return append->table;
}

/* ---- the row table ---- */

static const void *values_of(const struct pal_batch_column *column)
{
    switch (column->type) {
    case PAL_FIELD_DATE:
        return column->values.day;
    case PAL_FIELD_DATE_TIME:
    case PAL_FIELD_INTEGER:
        return column->values.integer;
    case PAL_FIELD_NUMBER:
        return column->values.number;
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        return column->values.term;
    case PAL_FIELD_IDENTIFIER:
        return column->values.id;
    }
    return NULL;
}

/* The engine keeps a UUID as a signed 128-bit number with its first bit turned over, so that
 * numbers sort as the texts do. */
static void put_ids(duckdb_hugeint *out, const struct pal_hash_id *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i].lower = ids[i].low;
        out[i].upper = (int64_t)(ids[i].high ^ (UINT64_C(1) << 63));
    }
}

static void put_column(duckdb_vector vector, const struct pal_batch_column *column,
                       size_t count)
{
    size_t word_count = (count + 63) / 64;
    duckdb_vector_ensure_validity_writable(vector);
    memcpy(duckdb_vector_get_validity(vector), column->valid,
           word_count * sizeof(uint64_t));
    if (has_no_value(column->valid, word_count)) {
        return;
    }
    void *out = duckdb_vector_get_data(vector);
    if (column->type == PAL_FIELD_IDENTIFIER) {
        put_ids(out, column->values.id, count);
    } else {
        memcpy(out, values_of(column), count * field_types[column->type].size);
    }
}

static void fill_chunk(struct pal_append *append, int32_t sheet_id,
                       const struct pal_batch *batch)
{
    duckdb_data_chunk chunk = append->chunk;
    size_t count = batch->row_count;
    duckdb_data_chunk_reset(chunk);
    int32_t *sheets = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0));
    for (size_t i = 0; i < count; i++) {
        sheets[i] = sheet_id;
    }
    const int64_t *const leads[] = {batch->row, batch->redacted, batch->failed};
    for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++) {
        memcpy(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, i + 1)),
               leads[i], count * sizeof(int64_t));
    }
    for (size_t i = 0; i < append->used_count; i++) {
        put_column(duckdb_data_chunk_get_vector(chunk, PAL_COLUMN_LEAD + i),
                   &batch->columns[append->used[i]], count);
    }
    duckdb_data_chunk_set_size(chunk, count);
}

static pal_status append_rows(struct pal_append *append, int32_t sheet_id,
                              const struct pal_batch *batch, struct pal_error *err)
{
    char name[TABLE_NAME_SIZE];
    pal_status status = append->rows == NULL ? open_rows(append, batch, err) : PAL_OK;
    row_table_name(append->table, name);
    if (status == PAL_OK) {
        status = widen(append, batch, err);
    }
    if (status == PAL_OK && append->chunk == NULL) {
        status = make_chunk(append, batch, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    fill_chunk(append, sheet_id, batch);
    if (duckdb_append_data_chunk(append->rows, append->chunk) != DuckDBSuccess) {
        return pal_append_fail(append->rows, name, err);
    }
    append->row_count += batch->row_count;
    append->held_count++;
    /* Held rows are memory beyond the engine's limit. */
    if (append->held_count >= FLUSH_BATCH_COUNT) {
        append->held_count = 0;
        if (duckdb_appender_flush(append->rows) != DuckDBSuccess) {
            return pal_append_fail(append->rows, name, err);
        }
    }
    return PAL_OK;
}

pal_status pal_append_batch(struct pal_append *append, int32_t sheet_id,
                            const struct pal_batch *batch, struct pal_error *err)
{
    pal_status status = PAL_OK;
    if (batch->table != append->table) {
        return pal_fail(err, PAL_BUG, "a batch of %s for a sheet of %s",
                        pal_table_name(batch->table), pal_table_name(append->table));
    }
    if (batch->row_count > 0 && batch->column_count > 0) {
        status = append_rows(append, sheet_id, batch, err);
    }
    if (status == PAL_OK) {
        status = pal_sides_append(append->sides, sheet_id, batch, err);
    }
    return status;
}

pal_status pal_append_columns(struct pal_append *append, int32_t sheet_id,
                              const struct pal_account *account, struct pal_error *err)
{
    return pal_sides_append_columns(append->sides, sheet_id,
                                    append->columns + PAL_COLUMN_LEAD, account, err);
}

pal_status pal_append_finish(struct pal_append *append, struct pal_error *err)
{
    char name[TABLE_NAME_SIZE];
    row_table_name(append->table, name);
    if (append->rows != NULL && duckdb_appender_close(append->rows) != DuckDBSuccess) {
        return pal_append_fail(append->rows, name, err);
    }
    return pal_sides_finish(append->sides, err);
}

void pal_append_free(struct pal_append *append)
{
    if (append == NULL) {
        return;
    }
    if (append->rows != NULL) {
        (void)duckdb_appender_destroy(&append->rows);
    }
    pal_sides_free(append->sides);
    pal_arena_clear(&append->names);
    if (append->chunk != NULL) {
        duckdb_destroy_data_chunk(&append->chunk);
    }
    pal_free(append);
}
