#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "own_folder.h"

extern const struct pal_asset_table pal_store_assets;

static void run(struct pal_store *store, const char *statement)
{
    struct pal_error err = {PAL_OK, ""};
    assert_ok(pal_store_run(store, pal_view_of(statement), NULL, 0, &err), &err);
}

/* Gives a table that a schema file renames its older name back. */
static void name_back(struct pal_store *store, struct pal_view script)
{
    static const char alter[] = "ALTER TABLE ";
    static const char to[] = " RENAME TO ";
    size_t at = pal_view_find(script, pal_view_of(alter));
    if (at < script.size) {
        char statement[128];
        const char *old = script.data + at + strlen(alter);
        size_t old_size = strcspn(old, " ");
        const char *now = old + old_size + strlen(to);
        (void)snprintf(statement, sizeof statement, "ALTER TABLE %.*s RENAME TO %.*s",
                       (int)strcspn(now, ";"), now, (int)old_size, old);
        run(store, statement);
    }
}

/* Takes away the table or view that a schema file makes. */
static void drop(struct pal_store *store, struct pal_view script)
{
    static const char *const things[] = {"TABLE", "VIEW"};
    for (size_t i = 0; i < 2; i++) {
        char words[32];
        (void)snprintf(words, sizeof words, "CREATE %s ", things[i]);
        size_t at = pal_view_find(script, pal_view_of(words));
        if (at < script.size) {
            char statement[128];
            const char *name = script.data + at + strlen(words);
            size_t size = strcspn(name, " (\n");
            (void)snprintf(statement, sizeof statement, "DROP %s %.*s", things[i],
                           (int)size, name);
            run(store, statement);
        }
    }
}

/* A study of form 1: what later forms add is taken away again, the newest first. */
static void make_form_1(void)
{
    struct pal_error err = {PAL_OK, ""};
    struct made_rows rows = {PAL_TABLE_ARREST, 2, 50};
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a.xlsx", rows, true, &err), &err);
    for (size_t i = pal_store_assets.count; i-- > 0;) {
        const char *name = pal_store_assets.entries[i].name;
        if (strncmp(name, "schema_", 7) == 0 && strncmp(name, "schema_001", 10) != 0) {
            drop(store, pal_asset_find(&pal_store_assets, name));
            name_back(store, pal_asset_find(&pal_store_assets, name));
        }
    }
    run(store, "UPDATE study SET value = '1' WHERE key = 'schema_version'");
    pal_store_close(store);
}

static const char *const all_rows =
    "SELECT * FROM arrest_record ORDER BY sheet_id, \"row\"";
static const char *const all_columns =
    "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE "
    "NOT internal ORDER BY ALL";

static void a_study_of_form_1_is_brought_up_and_keeps_its_data(void **state)
{
    (void)state;
    uint8_t key[PAL_KEY_SIZE];
    make_form_1();
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    assert_int_equal(pal_store_open(path, PAL_STORE_READ, NULL, &store, &err),
                     PAL_INPUT);
    assert_non_null(strstr(err.text, "older form 1"));

    struct pal_store *fresh = study_open(NULL, PAL_STORE_CREATE);
    struct made_rows rows = {PAL_TABLE_ARREST, 2, 50};
    assert_ok(study_import(fresh, "a.xlsx", rows, true, &err), &err);
    char *want_columns = study_text(fresh, all_columns);

    store = study_open(path, PAL_STORE_WRITE);
    memcpy(key, pal_store_borrow_key(store), sizeof key);
    char *first = study_text(store, all_rows);
    char *columns = study_text(store, all_columns);
    pal_store_close(store);
    assert_string_equal(columns, want_columns);
    assert_true(strlen(first) > 1000);

    store = study_open(path, PAL_STORE_READ);
    char *again = study_text(store, all_rows);
    assert_string_equal(first, again);
    assert_memory_equal(key, pal_store_borrow_key(store), sizeof key);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"), 50);
    assert_int_equal(study_number(store, "SELECT value::BIGINT FROM study WHERE key = "
                                         "'schema_version'"),
                     PAL_STORE_SCHEMA_VERSION);
    pal_store_close(store);
    pal_store_close(fresh);
    pal_free(want_columns);
    pal_free(columns);
    pal_free(first);
    pal_free(again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_study_of_form_1_is_brought_up_and_keeps_its_data, make_folder,
            remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
