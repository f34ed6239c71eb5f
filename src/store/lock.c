/*
 * The lock: a handle that answers single reading statements of a user and does nothing else.
 *
 * Three fences: the engine may not open files or change settings any more; a text must be
 * one statement of a reading kind; and it runs within a read-only transaction, which also
 * holds against EXPLAIN ANALYZE of a writing statement.
 */
#include "store/store_internal.h"

pal_status pal_store_lock(struct pal_store *store, struct pal_error *err)
{
    if (store->in_file) {
        return pal_fail(err, PAL_BUG, "a study is locked while a file is imported");
    }
    if (store->is_locked) {
        return PAL_OK;
    }
    pal_status status = pal_engine_run(store, "lock.sql", err);
    store->is_locked = status == PAL_OK;
    return status;
}

pal_status pal_lock_prepare(struct pal_store *store, const char *text,
                            duckdb_prepared_statement *out, struct pal_error *err)
{
    duckdb_extracted_statements statements = NULL;
    pal_status status = PAL_OK;
    *out = NULL;
    idx_t count = duckdb_extract_statements(store->connection, text, &statements);
    if (count == 0) {
        const char *message = duckdb_extract_statements_error(statements);
        status =
            message == NULL
                ? pal_fail(err, PAL_USAGE, "sql: there is no statement")
                : pal_engine_fail(err, DUCKDB_ERROR_PARSER, message, "the statement");
    } else if (count > 1) {
        /* A PIVOT counts as several too: it makes a type before it reads. */
        status = pal_fail(err, PAL_USAGE, "sql: one statement at a time, and no PIVOT");
    } else if (duckdb_prepare_extracted_statement(store->connection, statements, 0,
                                                  out) != DuckDBSuccess) {
        status = pal_engine_fail(err, DUCKDB_ERROR_BINDER, duckdb_prepare_error(*out),
                                 "the statement");
    } else {
        duckdb_statement_type type = duckdb_prepared_statement_type(*out);
        if (type != DUCKDB_STATEMENT_TYPE_SELECT &&
            type != DUCKDB_STATEMENT_TYPE_EXPLAIN) {
            status = pal_fail(err, PAL_USAGE,
                              "sql: only a statement that reads (SELECT, EXPLAIN) is "
                              "answered");
        }
    }
    duckdb_destroy_extracted(&statements);
    if (status != PAL_OK && *out != NULL) {
        duckdb_destroy_prepare(out);
    }
    return status == PAL_DATABASE ? pal_while(err, PAL_USAGE, "sql") : status;
}
