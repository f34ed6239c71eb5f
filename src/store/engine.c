/*
 * The thin layer over the engine: opening it with what all uses have in common, embedded
 * statements by name, and its errors in words of ours.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

extern const struct pal_asset_table pal_store_assets;

/* The oldest engine that reads a new study (of September 2024; make-template.c names it too).
 * Before it a column's count of different values took 3 kB in the file, 1.7 MB for all columns
 * of a study without rows, and as much work to read and to write. */
#define PAL_STORAGE_VERSION "v1.1.0"

struct pal_view pal_engine_statement(const char *name)
{
    struct pal_view text = pal_asset_find(&pal_store_assets, name);
    PAL_BUG_IF(text.data == NULL);
    return text;
}

static pal_status status_of(duckdb_error_type type, const char *message)
{
    if (type == DUCKDB_ERROR_OUT_OF_MEMORY) {
        return PAL_LIMIT;
    }
    if (type == DUCKDB_ERROR_IO || type == DUCKDB_ERROR_PERMISSION) {
        return PAL_IO;
    }
    /* A full disk met while committing comes wrapped into a FATAL or TRANSACTION error. */
    if (strncmp(message, "IO Error", strlen("IO Error")) == 0 ||
        strstr(message, "No space left") != NULL ||
        strstr(message, "File too large") != NULL ||
        strstr(message, "Could not write") != NULL) {
        return PAL_IO;
    }
    return PAL_DATABASE;
}

pal_status pal_engine_fail(struct pal_error *err, duckdb_error_type type,
                           const char *message, const char *doing)
{
    const char *text = message == NULL ? "no reason given" : message;
    /* Behind the first empty line come hints for users of the engine, not of this program. */
    const char *end = strstr(text, "\n\n");
    int size = (int)(end == NULL ? strlen(text) : (size_t)(end - text));
    pal_status status = status_of(type, text);
    if (status == PAL_LIMIT) {
        return pal_fail(err, status, "%s: not enough memory for this step (%.*s)",
                        doing, size, text);
    }
    if (strstr(text, "No space left") != NULL) {
        return pal_fail(err, status,
                        "%s: the disk is full; make room and run it again (%.*s)",
                        doing, size, text);
    }
    return pal_fail(err, status, "%s: %.*s", doing, size, text);
}

static pal_status set_option(duckdb_config config, const char *name, const char *value,
                             struct pal_error *err)
{
    if (duckdb_set_config(config, name, value) != DuckDBSuccess) {
        return pal_fail(err, PAL_DATABASE,
                        "this DuckDB does not know the setting %s = %s", name, value);
    }
    return PAL_OK;
}

int64_t pal_engine_memory_mb(const struct pal_store_options *options)
{
    return options == NULL || options->memory_max_mb <= 0 ? PAL_STORE_MEMORY_DEFAULT_MB
                                                          : options->memory_max_mb;
}

static pal_status set_options(duckdb_config config, bool read_only,
                              const char *temporary,
                              const struct pal_store_options *options,
                              struct pal_error *err)
{
    int64_t memory_mb = pal_engine_memory_mb(options);
    int thread_count = options == NULL ? 0 : options->thread_count;
    char memory[32];
    char threads[32];
    (void)snprintf(memory, sizeof memory, "%lldMB", (long long)memory_mb);
    (void)snprintf(threads, sizeof threads, "%d", thread_count);
    const struct {
        const char *name;
        const char *value;
    } settings[] = {
        {"access_mode", read_only ? "READ_ONLY" : "READ_WRITE"},
        {"memory_limit", memory},
        {"temp_directory", temporary},
        {"storage_compatibility_version", PAL_STORAGE_VERSION},
        /* Nothing is ever fetched: what is not in the library does not exist. */
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        pal_status status =
            set_option(config, settings[i].name, settings[i].value, err);
        if (status != PAL_OK) {
            return status;
        }
    }
    return thread_count > 0 ? set_option(config, "threads", threads, err) : PAL_OK;
}

pal_status pal_engine_open(struct pal_store *store, const char *path, bool read_only,
                           const char *temporary,
                           const struct pal_store_options *options,
                           struct pal_error *err)
{
    duckdb_config config = NULL;
    char *message = NULL;
    if (duckdb_create_config(&config) != DuckDBSuccess) {
        return pal_fail_memory(err);
    }
    pal_status status = set_options(config, read_only, temporary, options, err);
    if (status == PAL_OK &&
        duckdb_open_ext(path, &store->database, config, &message) != DuckDBSuccess) {
        store->database = NULL;
        status =
            pal_engine_fail(err, DUCKDB_ERROR_INVALID, message, "opening the study");
        duckdb_free(message);
    }
    duckdb_destroy_config(&config);
    if (status == PAL_OK &&
        duckdb_connect(store->database, &store->connection) != DuckDBSuccess) {
        store->connection = NULL;
        status = pal_fail(err, PAL_DATABASE, "no connection to the database");
    }
    if (status == PAL_OK && !read_only) {
        /* An engine that does not know these is slower, not wrong. */
        pal_status tuned = pal_engine_run(store, "tune.sql", NULL);
        (void)tuned;
    }
    return status;
}

pal_status pal_engine_run_text(struct pal_store *store, const char *text,
                               const char *doing, struct pal_error *err)
{
    duckdb_result result;
    pal_status status = PAL_OK;
    if (duckdb_query(store->connection, text, &result) != DuckDBSuccess) {
        status = pal_engine_fail(err, duckdb_result_error_type(&result),
                                 duckdb_result_error(&result), doing);
    }
    duckdb_destroy_result(&result);
    return status;
}

pal_status pal_engine_run(struct pal_store *store, const char *name,
                          struct pal_error *err)
{
    return pal_engine_run_text(store, pal_engine_statement(name).data, name, err);
}

pal_status pal_engine_set_threads(struct pal_store *store, int64_t count,
                                  struct pal_error *err)
{
    char digits[32];
    struct pal_buffer text;
    /* Each change gives the engine's free memory back, page by page: 5 ms. */
    if (count == store->thread_now) {
        return PAL_OK;
    }
    store->thread_now = 0;
    (void)snprintf(digits, sizeof digits, "%lld", (long long)count);
    const struct pal_slot slot = {"threads", pal_view_of(digits)};
    pal_buffer_init(&text, PAL_STORE_STATEMENT_SIZE_MAX);
    pal_status status =
        pal_store_fill(pal_engine_statement("set_threads.sql"), &slot, 1, &text, err);
    if (status == PAL_OK) {
        status = pal_engine_run_text(store, text.data, "the number of threads", err);
    }
    if (status == PAL_OK) {
        store->thread_now = count;
    }
    pal_buffer_clear(&text);
    return status;
}

pal_status pal_engine_first(struct pal_store *store, const char *name,
                            const struct pal_value *values, size_t value_count,
                            int64_t *out, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status status = pal_store_query(store, pal_engine_statement(name), values,
                                        value_count, &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    if (status == PAL_OK && row == NULL) {
        status = pal_fail(err, PAL_DATABASE, "%s gave no row", name);
    }
    if (status == PAL_OK && row != NULL) {
        for (size_t i = 0; i < pal_cursor_column_count(cursor); i++) {
            out[i] = row[i].integer;
        }
    }
    pal_cursor_close(cursor);
    return status;
}

struct pal_value pal_value_of_i64(int64_t value)
{
    return (struct pal_value){.kind = PAL_VALUE_INTEGER, .integer = value};
}

struct pal_value pal_value_of_text(struct pal_view text)
{
    return (struct pal_value){.kind = PAL_VALUE_TEXT, .text = text};
}

struct pal_value pal_value_of_day(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_DAY, .integer = day};
}

/* Size of the UTF-8 sequence at the front, 0 when there is none (RFC 3629: no overlong
 * forms, no surrogates, nothing above U+10FFFF). */
static size_t sequence_size(const unsigned char *at, size_t left)
{
    size_t size = 0;
    if (at[0] < 0x80u) {
        return 1;
    }
    if (at[0] >= 0xC2u && at[0] <= 0xDFu) {
        size = 2;
    } else if (at[0] >= 0xE0u && at[0] <= 0xEFu) {
        size = 3;
    } else if (at[0] >= 0xF0u && at[0] <= 0xF4u) {
        size = 4;
    }
    if (size == 0 || size > left) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0u) != 0x80u) {
            return 0;
        }
    }
    bool is_wrong =
        (at[0] == 0xE0u && at[1] < 0xA0u) || (at[0] == 0xEDu && at[1] > 0x9Fu) ||
        (at[0] == 0xF0u && at[1] < 0x90u) || (at[0] == 0xF4u && at[1] > 0x8Fu);
    return is_wrong ? 0 : size;
}

pal_status pal_engine_mend(struct pal_view text, struct pal_buffer *room,
                           struct pal_view *out, struct pal_error *err)
{
    const unsigned char *data = (const unsigned char *)text.data;
    size_t at = 0;
    *out = text;
    while (at < text.size) {
        size_t size = sequence_size(data + at, text.size - at);
        if (size == 0) {
            break;
        }
        at += size;
    }
    if (at == text.size) {
        return PAL_OK;
    }
    pal_buffer_reset(room);
    pal_buffer_append(room, text.data, at);
    while (at < text.size) {
        size_t size = sequence_size(data + at, text.size - at);
        if (size == 0) {
            pal_buffer_append_text(room, "\xEF\xBF\xBD");
            at++;
        } else {
            pal_buffer_append(room, text.data + at, size);
            at += size;
        }
    }
    *out = pal_buffer_view(room);
    return pal_buffer_status(room, err);
}
