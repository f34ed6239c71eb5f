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

enum { FLUSH_BATCH_COUNT = 16, NAMES_SIZE_MAX = 256 * 1024 };

struct pal_append {
    struct pal_store *store;
    duckdb_appender rows; /* on the part */
    duckdb_data_chunk chunk;
    struct pal_arena names;
    struct pal_part_shape shape;
    struct pal_part part; /* without a name until the first row */
    size_t used_count; /* fields that have had a value on this sheet, in that order */
    uint8_t used[PAL_FIELD_MAX];
    uint64_t used_fields;                    /* the same, a bit each */
    duckdb_type stored_types[PAL_FIELD_MAX]; /* of the wide table */
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

static bool has_no_value(const uint64_t *valid, size_t word_count)
{
    uint64_t any = 0;
    for (size_t i = 0; i < word_count; i++) {
        any |= valid[i];
    }
    return any == 0;
}

bool pal_append_has_rows(enum pal_table table)
{
    return table != PAL_TABLE_NOTE && table != PAL_TABLE_CUSTODY_STATISTIC;
}

static pal_status read_shape(struct pal_append *append,
                             duckdb_prepared_statement statement, struct pal_error *err)
{
    struct pal_part_shape *shape = &append->shape;
    idx_t count = duckdb_prepared_statement_column_count(statement);
    pal_status status = PAL_OK;
    if (count < PAL_COLUMN_LEAD || count > PAL_COLUMN_LEAD + PAL_FIELD_MAX) {
        return pal_fail(err, PAL_BUG, "table %s_row has %llu columns",
                        pal_table_name(shape->table), (unsigned long long)count);
    }
    shape->field_count = (size_t)count - PAL_COLUMN_LEAD;
    for (idx_t i = 0; status == PAL_OK && i < count; i++) {
        const char *name = duckdb_prepared_statement_column_name(statement, i);
        if (name == NULL) {
            return pal_fail_memory(err);
        }
        status =
            pal_arena_copy(&append->names, pal_view_of(name), &shape->columns[i], err);
        duckdb_free((void *)(uintptr_t)name);
        if (i >= PAL_COLUMN_LEAD) {
            append->stored_types[i - PAL_COLUMN_LEAD] =
                duckdb_prepared_statement_column_type(statement, i);
        }
    }
    return status;
}

/* The names and types of the columns of the wide table. */
static pal_status look_at_table(struct pal_append *append, struct pal_error *err)
{
    char name[PAL_PART_NAME_SIZE];
    duckdb_prepared_statement statement = NULL;
    (void)snprintf(name, sizeof name, "%s_row", pal_table_name(append->shape.table));
    pal_status status = pal_columns_prepare(append->store, name, &statement, err);
    if (status == PAL_OK) {
        status = read_shape(append, statement, err);
    }
    duckdb_destroy_prepare(&statement);
    return status;
}

/* The dictionary and the schema are two files that must say the same. */
static pal_status check_types(struct pal_append *append, const struct pal_batch *batch,
                              struct pal_error *err)
{
    struct pal_part_shape *shape = &append->shape;
    if (shape->field_count != batch->column_count) {
        return pal_fail(
            err, PAL_BUG, "table %s: the schema has %zu fields, the dictionary %zu",
            pal_table_name(shape->table), shape->field_count, batch->column_count);
    }
    for (size_t i = 0; i < batch->column_count; i++) {
        shape->types[i] = batch->columns[i].type;
        if (append->stored_types[i] != field_types[batch->columns[i].type].type) {
            return pal_fail(
                err, PAL_BUG, "table %s: column %s has another type than its field",
                pal_table_name(shape->table), shape->columns[PAL_COLUMN_LEAD + i].data);
        }
    }
    return PAL_OK;
}

static pal_status close_rows(struct pal_append *append, struct pal_error *err)
{
    if (append->rows != NULL && duckdb_appender_close(append->rows) != DuckDBSuccess) {
        return pal_append_fail(append->rows, append->part.name, err);
    }
    (void)duckdb_appender_destroy(&append->rows);
    append->rows = NULL;
    append->held_count = 0;
    return PAL_OK;
}

static pal_status add_column(struct pal_append *append, size_t column,
                             struct pal_error *err)
{
    if (duckdb_appender_add_column(append->rows, append->shape.columns[column].data) !=
        DuckDBSuccess) {
        return pal_append_fail(append->rows, append->part.name, err);
    }
    return PAL_OK;
}

/* An appender on the part that has `fields`, with the columns that have had values. */
static pal_status open_rows(struct pal_append *append, const struct pal_batch *batch,
                            uint64_t fields, struct pal_error *err)
{
    pal_status status = check_types(append, batch, err);
    if (status == PAL_OK) {
        status = close_rows(append, err);
    }
    if (status == PAL_OK) {
        status = append->part.name[0] == '\0'
                     ? pal_part_find(append->store, &append->shape, fields,
                                     &append->part, err)
                     : pal_part_widen(append->store, &append->shape, fields,
                                      &append->part, err);
    }
    if (status == PAL_OK) {
        status = pal_append_open(append->store, append->part.name, &append->rows, err);
    }
    for (size_t i = 0; status == PAL_OK && i < PAL_COLUMN_LEAD; i++) {
        status = add_column(append, i, err);
    }
    for (size_t i = 0; status == PAL_OK && i < append->used_count; i++) {
        status = add_column(append, PAL_COLUMN_LEAD + append->used[i], err);
    }
    return status;
}

static uint64_t fields_with_values(const struct pal_batch *batch)
{
    size_t word_count = (batch->row_count + 63) / 64;
    uint64_t fields = 0;
    for (size_t i = 0; i < batch->column_count; i++) {
        if (!has_no_value(batch->columns[i].valid, word_count)) {
            fields |= UINT64_C(1) << i;
        }
    }
    return fields;
}

/* Adds the fields that have their first value in this batch to those that are appended: the
 * engine fills up the others of the part itself, which costs less. */
static pal_status take_fields(struct pal_append *append, uint64_t fields,
                              struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < append->shape.field_count; i++) {
        if ((fields >> i & 1) == 0 || (append->used_fields >> i & 1) != 0) {
            continue;
        }
        status = add_column(append, PAL_COLUMN_LEAD + i, err);
        append->used_fields |= UINT64_C(1) << i;
        append->used[append->used_count] = (uint8_t)i;
        append->used_count++;
        if (append->chunk != NULL) {
            duckdb_destroy_data_chunk(&append->chunk);
        }
    }
    return status;
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
    *out = NULL;
    struct pal_append *append = pal_alloc_zero(1, sizeof *append);
    if (append == NULL) {
        return pal_fail_memory(err);
    }
    append->store = store;
    append->shape.table = table;
    pal_arena_init(&append->names, NAMES_SIZE_MAX);
    pal_status status = pal_sides_new(store, &append->sides, err);
    if (status == PAL_OK && pal_append_has_rows(table)) {
        status = look_at_table(append, err);
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
    return append->shape.table;
}

int32_t pal_append_part(const struct pal_append *append)
{
    return append->part.number;
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
    uint64_t fields = fields_with_values(batch);
    pal_status status = PAL_OK;
    if (append->rows == NULL || (fields & ~append->part.fields) != 0) {
        status = open_rows(append, batch, fields | batch->recorded, err);
    }
    if (status == PAL_OK) {
        status = take_fields(append, fields, err);
    }
    if (status == PAL_OK && append->chunk == NULL) {
        status = make_chunk(append, batch, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    fill_chunk(append, sheet_id, batch);
    if (duckdb_append_data_chunk(append->rows, append->chunk) != DuckDBSuccess) {
        return pal_append_fail(append->rows, append->part.name, err);
    }
    append->row_count += batch->row_count;
    append->held_count++;
    /* Held rows are memory beyond the engine's limit. */
    if (append->held_count >= FLUSH_BATCH_COUNT) {
        append->held_count = 0;
        if (duckdb_appender_flush(append->rows) != DuckDBSuccess) {
            return pal_append_fail(append->rows, append->part.name, err);
        }
    }
    return PAL_OK;
}

pal_status pal_append_batch(struct pal_append *append, int32_t sheet_id,
                            const struct pal_batch *batch, struct pal_error *err)
{
    pal_status status = PAL_OK;
    if (batch->table != append->shape.table) {
        return pal_fail(err, PAL_BUG, "a batch of %s for a sheet of %s",
                        pal_table_name(batch->table),
                        pal_table_name(append->shape.table));
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
    return pal_sides_append_columns(
        append->sides, sheet_id, append->shape.columns + PAL_COLUMN_LEAD, account, err);
}

pal_status pal_append_finish(struct pal_append *append, struct pal_error *err)
{
    pal_status status = close_rows(append, err);
    return status == PAL_OK ? pal_sides_finish(append->sides, err) : status;
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
