/*
 * What the columns of released rows are: which hold numbers of texts, and which bit of
 * `redacted` and `failed` is whose.
 */
#include <stdio.h>

#include "store/store_internal.h"

pal_status pal_columns_prepare(struct pal_store *store, const char *table,
                               duckdb_prepared_statement *out, struct pal_error *err)
{
    struct pal_buffer text;
    const struct pal_slot slot = {"table", pal_view_of(table)};
    *out = NULL;
    pal_buffer_init(&text, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_status status =
        pal_store_fill(pal_engine_statement("columns_shown.sql"), &slot, 1, &text, err);
    if (status == PAL_OK &&
        duckdb_prepare(store->connection, text.data, out) != DuckDBSuccess) {
        status = pal_engine_fail(err, DUCKDB_ERROR_INVALID, duckdb_prepare_error(*out),
                                 table);
        duckdb_destroy_prepare(out);
        *out = NULL;
    }
    pal_buffer_clear(&text);
    return status;
}

static enum pal_row_field_kind kind_of(duckdb_type type)
{
    if (type == DUCKDB_TYPE_INTEGER) {
        return PAL_ROW_FIELD_TEXT;
    }
    return type == DUCKDB_TYPE_DATE ? PAL_ROW_FIELD_DAY : PAL_ROW_FIELD_OTHER;
}

static pal_status read_fields(duckdb_prepared_statement statement,
                              struct pal_arena *arena, struct pal_row_field *fields,
                              size_t count, struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < count; i++) {
        idx_t at = PAL_COLUMN_LEAD + i;
        const char *name = duckdb_prepared_statement_column_name(statement, at);
        if (name == NULL) {
            return pal_fail_memory(err);
        }
        status = pal_arena_copy(arena, pal_view_of(name), &fields[i].name, err);
        duckdb_free((void *)(uintptr_t)name);
        fields[i].kind = kind_of(duckdb_prepared_statement_column_type(statement, at));
        fields[i].mark = INT64_C(1) << i;
    }
    return status;
}

pal_status pal_store_row_fields(struct pal_store *store, struct pal_view table,
                                struct pal_arena *arena,
                                const struct pal_row_field **out, size_t *count,
                                struct pal_error *err)
{
    char name[PAL_PART_NAME_SIZE];
    duckdb_prepared_statement statement = NULL;
    void *room = NULL;
    *out = NULL;
    *count = 0;
    int n = snprintf(name, sizeof name, "%.*s_row", PAL_VIEW_ARG(table));
    if (n < 0 || (size_t)n >= sizeof name) {
        return pal_fail(err, PAL_BUG, "a table's name is too long");
    }
    pal_status status = pal_schema_ensure(store, err);
    if (status == PAL_OK) {
        status = pal_columns_prepare(store, name, &statement, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    idx_t columns = duckdb_prepared_statement_column_count(statement);
    if (columns < PAL_COLUMN_LEAD || columns > PAL_COLUMN_LEAD + PAL_FIELD_MAX) {
        status = pal_fail(err, PAL_BUG, "table %s has %llu columns", name,
                          (unsigned long long)columns);
    } else {
        *count = (size_t)columns - PAL_COLUMN_LEAD;
        status = pal_arena_alloc(arena, *count + 1, sizeof **out, &room, err);
    }
    if (status == PAL_OK) {
        status = read_fields(statement, arena, room, *count, err);
    }
    *out = status == PAL_OK ? room : NULL;
    *count = status == PAL_OK ? *count : 0;
    duckdb_destroy_prepare(&statement);
    return status;
}
