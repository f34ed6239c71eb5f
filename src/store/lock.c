/*
 * The lock: a handle that answers single reading statements of a user and does nothing else.
 *
 * Four fences: the engine may not open files or change settings any more; a text must be
 * one statement of a reading kind; it may not be answered from the table that holds the
 * study's key, since with the key and another copy of the release an id is found again; and it
 * runs within a read-only transaction.
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

/* What a plan names when it would show the key: its table, by whatever way the statement came
 * to it, and the function that shows the first bytes of the least and greatest text of any. */
static bool shows_key(struct pal_view plan)
{
    static const char *const names[] = {".main.study\"", "PRAGMA_STORAGE_INFO"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (pal_view_find(plan, pal_view_of(names[i])) < plan.size) {
            return true;
        }
    }
    return false;
}

/* Reads the plan's texts; the statement itself is not run. */
static pal_status read_plan(struct pal_store *store, struct pal_view explained,
                            bool *is_shown, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status status = pal_store_query(store, explained, NULL, 0, &cursor, err);
    while (status == PAL_OK && !*is_shown) {
        status = pal_cursor_next(cursor, &row, err);
        if (status != PAL_OK || row == NULL) {
            break;
        }
        for (size_t i = 0; i < pal_cursor_column_count(cursor); i++) {
            *is_shown =
                *is_shown || (row[i].kind == PAL_VALUE_TEXT && shows_key(row[i].text));
        }
    }
    pal_cursor_close(cursor);
    return status;
}

static pal_status keep_key(struct pal_store *store, const char *text,
                           struct pal_error *err)
{
    struct pal_buffer explained;
    bool is_shown = false;
    const struct pal_slot slot = {"statement", pal_view_of(text)};
    pal_buffer_init(&explained, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_status status = pal_store_fill(pal_engine_statement("lock_plan.sql"), &slot, 1,
                                       &explained, err);
    if (status == PAL_OK) {
        store->is_locked = false; /* a plan is made outside the user's transaction */
        status = read_plan(store, pal_buffer_view(&explained), &is_shown, err);
        store->is_locked = true;
    }
    pal_buffer_clear(&explained);
    if (status == PAL_OK && is_shown) {
        return pal_fail(err, PAL_USAGE,
                        "sql: the table study holds the study's key, which is not "
                        "shown; ask another table");
    }
    return status;
}

static bool has_word(const char *text, struct pal_view word)
{
    struct pal_view whole = pal_view_of(text);
    return pal_view_find_fold(whole, word) < whole.size;
}

/* EXPLAIN ANALYZE runs what it explains, and its counts of rows would tell the key. */
static pal_status check_kind(struct pal_store *store, const char *text,
                             duckdb_prepared_statement statement, struct pal_error *err)
{
    duckdb_statement_type type = duckdb_prepared_statement_type(statement);
    if (type == DUCKDB_STATEMENT_TYPE_SELECT) {
        /* One with parameters has no plan; it is refused when none is given. */
        return duckdb_nparams(statement) > 0 ? PAL_OK : keep_key(store, text, err);
    }
    if (type != DUCKDB_STATEMENT_TYPE_EXPLAIN) {
        return pal_fail(
            err, PAL_USAGE,
            "sql: only a statement that reads (SELECT, EXPLAIN) is answered");
    }
    if (has_word(text, PAL_VIEW("analyze")) || has_word(text, PAL_VIEW("analyse"))) {
        return pal_fail(err, PAL_USAGE,
                        "sql: EXPLAIN ANALYZE is not answered; write EXPLAIN alone");
    }
    return PAL_OK;
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
        status = check_kind(store, text, *out, err);
    }
    duckdb_destroy_extracted(&statements);
    if (status != PAL_OK && *out != NULL) {
        duckdb_destroy_prepare(out);
    }
    return status == PAL_DATABASE ? pal_while(err, PAL_USAGE, "sql") : status;
}
