/*
 * The schema: numbered files schema_<version>_<order>_<thing>.sql, applied in their order.
 * A study holds the number of the last version that was applied to it.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

extern const struct pal_asset_table pal_store_assets;

enum { VERSION_AT = sizeof "schema_" - 1, VERSION_DIGIT_COUNT = 3 };

/* The version of a schema file, 0 for any other. */
static int64_t version_of(const char *name)
{
    int64_t version = 0;
    if (strncmp(name, "schema_", VERSION_AT) != 0 ||
        strlen(name) < VERSION_AT + VERSION_DIGIT_COUNT ||
        !pal_parse_i64((struct pal_view){name + VERSION_AT, VERSION_DIGIT_COUNT}, 1,
                       999, &version)) {
        return 0;
    }
    return version;
}

static const char *path_of(const struct pal_store *store)
{
    return store->place.path == NULL ? "the study in memory" : store->place.path;
}

static pal_status apply_versions(struct pal_store *store, int64_t above,
                                 struct pal_error *err)
{
    pal_status status = PAL_OK;
    for (size_t i = 0; status == PAL_OK && i < pal_store_assets.count; i++) {
        const char *name = pal_store_assets.entries[i].name;
        if (version_of(name) > above) {
            status = pal_engine_run(store, name, err);
        }
    }
    return status;
}

static void put_hex(const uint8_t *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 0x0Fu];
    }
    out[2 * size] = '\0';
}

static int nibble_of(char c)
{
    if (pal_is_digit(c)) {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool has_read_hex(struct pal_view text, uint8_t *out, size_t size)
{
    if (text.size != 2 * size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        int high = nibble_of(text.data[2 * i]);
        int low = nibble_of(text.data[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

static pal_status put_fact(struct pal_store *store, const char *key, const char *value,
                           struct pal_error *err)
{
    struct pal_value values[] = {pal_value_of_text(pal_view_of(key)),
                                 pal_value_of_text(pal_view_of(value))};
    return pal_store_run(store, pal_engine_statement("insert_study.sql"), values, 2,
                         err);
}

static pal_status put_version(struct pal_store *store, struct pal_error *err)
{
    char version[16];
    (void)snprintf(version, sizeof version, "%d", (int)PAL_STORE_SCHEMA_VERSION);
    return put_fact(store, "schema_version", version, err);
}

static pal_status fill_new(struct pal_store *store, struct pal_error *err)
{
    char hex[2 * PAL_KEY_SIZE + 1];
    put_hex(store->key, PAL_KEY_SIZE, hex);
    pal_status status = store->has_tables ? PAL_OK : apply_versions(store, 0, err);
    if (status == PAL_OK) {
        status = put_version(store, err);
    }
    if (status == PAL_OK) {
        status = put_fact(store, "study_key", hex, err);
    }
    if (status == PAL_OK) {
        status = put_fact(store, "keep_ids", store->keep_ids ? "true" : "false", err);
    }
    return status;
}

/* One transaction: a kill leaves a database that is empty, or the template's tables without
 * marks, which the next one to open it fills. */
static pal_status fill_in_one(struct pal_store *store, struct pal_error *err)
{
    pal_status status = pal_engine_run(store, "begin.sql", err);
    if (status != PAL_OK) {
        return status;
    }
    status = fill_new(store, err);
    if (status == PAL_OK) {
        status = pal_engine_run(store, "commit.sql", err);
    }
    if (status != PAL_OK) {
        pal_status undone = pal_engine_run(store, "rollback.sql", NULL);
        (void)undone;
    }
    return status;
}

/* With one thread the 700 statements of the scripts take a fifth less of the processors'
 * time. */
static pal_status make_new(struct pal_store *store, struct pal_error *err)
{
    if (store->has_tables) {
        return fill_in_one(store, err);
    }
    pal_status status = pal_engine_set_threads(store, 1, err);
    if (status == PAL_OK) {
        status = fill_in_one(store, err);
    }
    return status == PAL_OK ? pal_engine_set_threads(store, store->thread_count, err)
                            : status;
}

pal_status pal_schema_ensure(struct pal_store *store, struct pal_error *err)
{
    if (!store->is_unmade) {
        return PAL_OK;
    }
    store->is_unmade = false; /* the statements that make it come this way too */
    pal_status status = make_new(store, err);
    store->is_unmade = status != PAL_OK;
    return status;
}

static pal_status bring_up(struct pal_store *store, int64_t version,
                           struct pal_error *err)
{
    if (store->mode == PAL_STORE_READ) {
        return pal_fail(
            err, PAL_INPUT,
            "%s: this study has the older form %lld; import into it once to "
            "bring it up to form %d",
            path_of(store), (long long)version, (int)PAL_STORE_SCHEMA_VERSION);
    }
    pal_status status = pal_engine_run(store, "begin.sql", err);
    if (status != PAL_OK) {
        return status;
    }
    status = apply_versions(store, version, err);
    if (status == PAL_OK) {
        status = pal_engine_run(store, "delete_version.sql", err);
    }
    if (status == PAL_OK) {
        status = put_version(store, err);
    }
    if (status == PAL_OK) {
        return pal_engine_run(store, "commit.sql", err);
    }
    pal_status undone = pal_engine_run(store, "rollback.sql", NULL);
    (void)undone;
    return status;
}

struct study_facts {
    size_t count;
    int64_t version;
    bool has_key;
    bool keep_ids;
};

static pal_status read_facts(struct pal_store *store, struct study_facts *facts,
                             struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    *facts = (struct study_facts){0};
    pal_status status = pal_store_query(store, pal_engine_statement("read_study.sql"),
                                        NULL, 0, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    while (status == PAL_OK && row != NULL) {
        facts->count++;
        if (pal_view_is_equal(row[0].text, PAL_VIEW("schema_version"))) {
            (void)pal_parse_i64(row[1].text, 1, INT32_MAX, &facts->version);
        } else if (pal_view_is_equal(row[0].text, PAL_VIEW("study_key"))) {
            facts->has_key = has_read_hex(row[1].text, store->key, PAL_KEY_SIZE);
        } else if (pal_view_is_equal(row[0].text, PAL_VIEW("keep_ids"))) {
            facts->keep_ids = pal_view_is_equal(row[1].text, PAL_VIEW("true"));
        }
        status = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return status;
}

static pal_status open_new(struct pal_store *store, bool keep_ids)
{
    pal_random_key(store->key);
    store->keep_ids = keep_ids;
    store->is_unmade = true;
    return PAL_OK;
}

/* Tables without marks and without a file: an import was killed when it had just made them. */
static pal_status open_unmarked(struct pal_store *store, bool keep_ids,
                                struct pal_error *err)
{
    int64_t count = 0;
    pal_status status =
        pal_engine_first(store, "count_files.sql", NULL, 0, &count, err);
    if (status != PAL_OK) {
        return status;
    }
    if (count > 0) {
        return pal_fail(err, PAL_INPUT, "%s: this is no study: its marks are gone",
                        path_of(store));
    }
    if (store->mode != PAL_STORE_CREATE) {
        return pal_fail(err, PAL_INPUT, "%s: this is no study: it holds nothing yet",
                        path_of(store));
    }
    store->has_tables = true;
    return open_new(store, keep_ids);
}

static pal_status open_old(struct pal_store *store, bool keep_ids,
                           struct pal_error *err)
{
    struct study_facts facts;
    pal_status status = read_facts(store, &facts, err);
    if (status != PAL_OK) {
        return status;
    }
    if (facts.count == 0) {
        return open_unmarked(store, keep_ids, err);
    }
    if (facts.version > PAL_STORE_SCHEMA_VERSION) {
        return pal_fail(
            err, PAL_INPUT,
            "%s: this study was made by a newer palladium (form %lld; this one "
            "knows %d); open it with that version",
            path_of(store), (long long)facts.version, (int)PAL_STORE_SCHEMA_VERSION);
    }
    if (facts.version < 1 || !facts.has_key) {
        return pal_fail(err, PAL_INPUT, "%s: this is no study: its marks are damaged",
                        path_of(store));
    }
    if (keep_ids && !facts.keep_ids) {
        return pal_fail(
            err, PAL_USAGE,
            "%s: this study was made without released ids; make a new study to "
            "keep them",
            path_of(store));
    }
    store->keep_ids = facts.keep_ids;
    return facts.version < PAL_STORE_SCHEMA_VERSION
               ? bring_up(store, facts.version, err)
               : PAL_OK;
}

pal_status pal_schema_open(struct pal_store *store,
                           const struct pal_store_options *options,
                           struct pal_error *err)
{
    int64_t counts[2] = {0, 0}; /* tables called study, tables at all */
    bool keep_ids = options != NULL && options->keep_ids;
    pal_status status =
        pal_engine_first(store, "count_tables.sql", NULL, 0, counts, err);
    if (status != PAL_OK) {
        return status;
    }
    if (counts[0] == 1) {
        return open_old(store, keep_ids, err);
    }
    if (counts[1] == 0 && store->mode == PAL_STORE_CREATE) {
        return open_new(store, keep_ids);
    }
    return pal_fail(err, PAL_INPUT,
                    "%s: a DuckDB file, but no study; name a file that an import wrote",
                    path_of(store));
}
