/*
 * The handle: opening a study, its key and marks, its texts, closing it.
 */
#include <string.h>

#include "store/store_internal.h"
#include "store/template.h"

/* Why the engine refused to open the file, in the words of someone who imports files. */
static pal_status explain_refusal(const struct pal_store *store, pal_status status,
                                  struct pal_error *err)
{
    const char *path = store->place.path == NULL ? "" : store->place.path;
    if (err == NULL || status == PAL_USAGE) {
        return status;
    }
    if (strstr(err->text, "lock on file") != NULL) {
        return pal_fail(
            err, PAL_DATABASE,
            "%s: another program is writing to this study, or has it open; try "
            "again when it has ended",
            path);
    }
    if (strstr(err->text, "newer version") != NULL) {
        return pal_fail(
            err, PAL_INPUT,
            "%s: this study was written by a newer version; open it with that "
            "one",
            path);
    }
    return pal_while(err, status, "%s", path);
}

static pal_status open_store(struct pal_store *store, const char *path,
                             const struct pal_store_options *options,
                             struct pal_error *err)
{
    bool is_new = false;
    pal_status status = pal_hash_setup(err);
    if (status == PAL_OK) {
        status = pal_place_open(path, store->mode, &store->place, &is_new, err);
    }
    if (status != PAL_OK) {
        return status;
    }
    if (is_new && path != NULL) {
        pal_template_place(path);
    }
    const char *temporary =
        store->place.temporary == NULL ? "" : store->place.temporary;
    status = pal_engine_open(store, path, store->mode == PAL_STORE_READ, temporary,
                             options, err);
    if (status != PAL_OK) {
        return explain_refusal(store, status, err);
    }
    store->memory_max_mb = pal_engine_memory_mb(options);
    status = pal_place_lock(&store->place, store->mode, err);
    if (status == PAL_OK) {
        status = pal_engine_first(store, "thread_count.sql", NULL, 0,
                                  &store->thread_count, err);
        store->thread_now = store->thread_count;
    }
    if (status == PAL_OK) {
        status = pal_schema_open(store, options, err);
    }
    return status;
}

pal_status pal_store_open(const char *path, enum pal_store_mode mode,
                          const struct pal_store_options *options,
                          struct pal_store **out, struct pal_error *err)
{
    *out = NULL;
    struct pal_store *store = pal_alloc_zero(1, sizeof *store);
    if (store == NULL) {
        return pal_fail_memory(err);
    }
    store->mode = mode;
    store->place.lock = -1;
    pal_status status = open_store(store, path, options, err);
    if (status != PAL_OK) {
        pal_store_close(store);
        return status;
    }
    *out = store;
    return PAL_OK;
}

void pal_store_close(struct pal_store *store)
{
    if (store == NULL) {
        return;
    }
    pal_store_abort_file(store);
    if (store->connection != NULL && store->mode != PAL_STORE_READ) {
        /* What could not be moved into the file stays in the log beside it, which the next
         * one to open the study reads: nothing is lost. */
        pal_status status = pal_schema_ensure(store, NULL);
        if (status == PAL_OK) {
            status = pal_engine_set_threads(store, 1, NULL);
        }
        if (status == PAL_OK) {
            status = pal_engine_run(store, "checkpoint.sql", NULL);
        }
        (void)status;
    }
    if (store->connection != NULL) {
        duckdb_disconnect(&store->connection);
    }
    if (store->database != NULL) {
        duckdb_close(&store->database);
    }
    pal_place_close(&store->place);
    pal_intern_free(store->terms);
    pal_free(store);
}

bool pal_store_has_kept_ids(const struct pal_store *store)
{
    return store->keep_ids;
}

const uint8_t *pal_store_borrow_key(const struct pal_store *store)
{
    return store->key;
}

static pal_status load_terms(struct pal_store *store, struct pal_intern *terms,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status status = pal_store_query(store, pal_engine_statement("load_terms.sql"),
                                        NULL, 0, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        uint32_t number = 0;
        status = pal_intern_add(terms, row[1].text, &number, err);
        if (status == PAL_OK && (int64_t)number != row[0].integer) {
            status = pal_fail(err, PAL_DATABASE,
                              "%s: the table of texts is damaged at number %lld",
                              store->place.path == NULL ? "study" : store->place.path,
                              (long long)row[0].integer);
        }
        if (status == PAL_OK) {
            status = pal_cursor_next(cursor, &row, err);
        }
    }
    pal_cursor_close(cursor);
    return status;
}

pal_status pal_store_borrow_terms(struct pal_store *store, struct pal_intern **out,
                                  struct pal_error *err)
{
    struct pal_intern *terms = NULL;
    *out = store->terms;
    if (store->terms != NULL) {
        if (!store->in_file) {
            pal_store_abort_file(store); /* texts that a commit in vain left */
        }
        return PAL_OK;
    }
    pal_status status = pal_intern_new(&terms, err);
    if (status == PAL_OK && !store->is_unmade) {
        status = load_terms(store, terms, err);
    }
    if (status != PAL_OK) {
        pal_intern_free(terms);
        return status;
    }
    store->terms = terms;
    store->term_stored = pal_intern_count(terms);
    *out = terms;
    return PAL_OK;
}

pal_status pal_store_prepare(struct pal_store *store, struct pal_error *err)
{
    return pal_schema_ensure(store, err);
}

bool pal_store_is_unmade(const struct pal_store *store)
{
    return store->is_unmade;
}
