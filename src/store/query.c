/*
 * Statements: preparing, binding, running.
 */
#include <string.h>

#include "store/store_internal.h"

/* A copy of the statement with a NUL behind it, the caller's. */
static pal_status text_copy(struct pal_view statement, char **out,
                            struct pal_error *err)
{
    *out = NULL;
    if (statement.size > PAL_STORE_STATEMENT_SIZE_MAX) {
        return pal_fail(err, PAL_LIMIT, "a statement of %zu bytes is too long",
                        statement.size);
    }
    *out = pal_string_copy(statement);
    return *out == NULL ? pal_fail_memory(err) : PAL_OK;
}

static duckdb_state bind_text(duckdb_prepared_statement statement, idx_t index,
                              struct pal_view text, pal_status *status)
{
    struct pal_buffer mended;
    struct pal_view good = text;
    duckdb_state state = DuckDBError;
    pal_buffer_init(&mended, PAL_STORE_STATEMENT_SIZE_MAX);
    *status = pal_engine_mend(text, &mended, &good, NULL);
    if (*status == PAL_OK) {
        state = duckdb_bind_varchar_length(
            statement, index, good.data == NULL ? "" : good.data, good.size);
    }
    pal_buffer_clear(&mended);
    return state;
}

/* *status: the first failure that is ours, not the engine's. */
static duckdb_state bind_value(duckdb_prepared_statement statement, idx_t index,
                               const struct pal_value *value, pal_status *status)
{
    switch (value->kind) {
    case PAL_VALUE_NULL:
        return duckdb_bind_null(statement, index);
    case PAL_VALUE_INTEGER:
        return duckdb_bind_int64(statement, index, value->integer);
    case PAL_VALUE_NUMBER:
        return duckdb_bind_double(statement, index, value->number);
    case PAL_VALUE_TEXT:
        return bind_text(statement, index, value->text, status);
    case PAL_VALUE_DAY:
        return duckdb_bind_date(statement, index,
                                (duckdb_date){.days = (int32_t)value->integer});
    case PAL_VALUE_BOOLEAN:
        return duckdb_bind_boolean(statement, index, value->integer != 0);
    }
    return DuckDBError;
}

static pal_status bind_values(duckdb_prepared_statement statement,
                              const struct pal_value *values, size_t value_count,
                              struct pal_error *err)
{
    if (value_count > PAL_STORE_PARAMETER_MAX ||
        duckdb_nparams(statement) != value_count) {
        return pal_fail(err, PAL_BUG, "a statement with %llu parameters got %zu values",
                        (unsigned long long)duckdb_nparams(statement), value_count);
    }
    for (size_t i = 0; i < value_count; i++) {
        pal_status status = PAL_OK;
        if (bind_value(statement, i + 1, &values[i], &status) != DuckDBSuccess) {
            const char *message = duckdb_prepare_error(statement);
            if (status != PAL_OK) {
                return status == PAL_MEMORY
                           ? pal_fail_memory(err)
                           : pal_fail(err, status,
                                      "value %zu of a statement is too long", i + 1);
            }
            return pal_fail(err, PAL_DATABASE, "value %zu of a statement: %s", i + 1,
                            message == NULL ? "cannot be bound" : message);
        }
    }
    return PAL_OK;
}

static pal_status prepare(struct pal_store *store, const char *text,
                          duckdb_prepared_statement *out, struct pal_error *err)
{
    if (duckdb_prepare(store->connection, text, out) == DuckDBSuccess) {
        return PAL_OK;
    }
    pal_status status = pal_engine_fail(err, DUCKDB_ERROR_INVALID,
                                        duckdb_prepare_error(*out), "a statement");
    duckdb_destroy_prepare(out);
    return status;
}

static pal_status execute_streaming(duckdb_prepared_statement statement,
                                    duckdb_result *result, struct pal_error *err)
{
    /* The one way to a result that is not held in memory as a whole.
     * NOLINTNEXTLINE(clang-diagnostic-deprecated-declarations) */
    if (duckdb_execute_prepared_streaming(statement, result) == DuckDBSuccess) {
        return PAL_OK;
    }
    pal_status status = pal_engine_fail(err, duckdb_result_error_type(result),
                                        duckdb_result_error(result), "the statement");
    duckdb_destroy_result(result);
    return status;
}

/* A user's statement: its rows come as they are made, since they may be many; its errors are
 * the user's. */
static pal_status execute_locked(struct pal_store *store,
                                 duckdb_prepared_statement statement,
                                 duckdb_result *result, struct pal_error *err)
{
    pal_status status = pal_engine_run(store, "begin_reading.sql", err);
    if (status != PAL_OK) {
        return status;
    }
    status = execute_streaming(statement, result, err);
    if (status == PAL_OK) {
        return PAL_OK;
    }
    pal_status ended = pal_engine_run(store, "rollback.sql", NULL);
    (void)ended;
    return status == PAL_DATABASE ? pal_while(err, PAL_USAGE, "sql") : status;
}

static pal_status execute(struct pal_store *store, duckdb_prepared_statement statement,
                          duckdb_result *result, struct pal_error *err)
{
    if (store->is_locked) {
        return execute_locked(store, statement, result, err);
    }
    if (store->is_stream) {
        return execute_streaming(statement, result, err);
    }
    if (duckdb_execute_prepared(statement, result) == DuckDBSuccess) {
        return PAL_OK;
    }
    pal_status status = pal_engine_fail(err, duckdb_result_error_type(result),
                                        duckdb_result_error(result), "a statement");
    duckdb_destroy_result(result);
    return status;
}

pal_status pal_store_query(struct pal_store *store, struct pal_view statement,
                           const struct pal_value *values, size_t value_count,
                           struct pal_cursor **out, struct pal_error *err)
{
    duckdb_prepared_statement prepared = NULL;
    duckdb_result result;
    *out = NULL;
    if (store->has_locked_cursor) {
        return pal_fail(err, PAL_BUG, "a locked study answers one statement at a time");
    }
    char *text = NULL;
    pal_status status = pal_schema_ensure(store, err);
    if (status == PAL_OK) {
        status = text_copy(statement, &text, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    status = store->is_locked ? pal_lock_prepare(store, text, &prepared, err)
                              : prepare(store, text, &prepared, err);
    pal_free(text);
    if (status != PAL_OK) {
        return status;
    }
    status = bind_values(prepared, values, value_count, err);
    if (status == PAL_BUG && store->is_locked) {
        status = pal_while(err, PAL_USAGE, "sql");
    }
    if (status == PAL_OK) {
        status = execute(store, prepared, &result, err);
    }
    if (status != PAL_OK) {
        duckdb_destroy_prepare(&prepared);
        return status;
    }
    return pal_cursor_new(store, prepared, &result, out, err);
}

pal_status pal_store_run(struct pal_store *store, struct pal_view statement,
                         const struct pal_value *values, size_t value_count,
                         struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    pal_status status =
        pal_store_query(store, statement, values, value_count, &cursor, err);
    pal_cursor_close(cursor);
    return status;
}

pal_status pal_store_run_script(struct pal_store *store, struct pal_view script,
                                struct pal_error *err)
{
    if (store->is_locked || store->in_file) {
        return pal_fail(err, PAL_BUG,
                        "a script cannot run in a locked study or while a file is "
                        "imported");
    }
    char *text = NULL;
    pal_status status = pal_schema_ensure(store, err);
    if (status == PAL_OK) {
        status = text_copy(script, &text, err);
    }
    if (status == PAL_OK) {
        status = pal_engine_run(store, "begin.sql", err);
    }
    if (status == PAL_OK) {
        status = pal_engine_run_text(store, text, "a script", err);
        if (status == PAL_OK) {
            status = pal_engine_run(store, "commit.sql", err);
        }
        if (status != PAL_OK) {
            pal_status undone = pal_engine_run(store, "rollback.sql", NULL);
            (void)undone;
        }
    }
    pal_free(text);
    return status;
}

pal_status pal_store_begin(struct pal_store *store, struct pal_error *err)
{
    if (store->is_locked || store->in_file) {
        return pal_fail(
            err, PAL_BUG,
            "a transaction cannot begin in a locked study or while a file is "
            "imported");
    }
    pal_status status = pal_schema_ensure(store, err);
    return status == PAL_OK ? pal_engine_run(store, "begin.sql", err) : status;
}

pal_status pal_store_commit(struct pal_store *store, struct pal_error *err)
{
    return pal_engine_run(store, "commit.sql", err);
}

void pal_store_undo(struct pal_store *store)
{
    /* The engine may have rolled back by itself, after a failed commit; then this fails. */
    pal_status status = pal_engine_run(store, "rollback.sql", NULL);
    (void)status;
}
