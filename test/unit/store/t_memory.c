#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "helper_study.h"

enum { TRY_COUNT_MAX = 20000 };

static char folder[STUDY_PATH_SIZE];
static char path[STUDY_PATH_SIZE];
static struct pal_store *store;

static int make_study(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    study_folder_make(folder);
    study_path(path, folder, "s.duckdb");
    store = study_open(path, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a.xlsx",
                           (struct made_rows){PAL_TABLE_ARREST, 7, 100}, true, &err),
              &err);
    return 0;
}

static int remove_study(void **state)
{
    (void)state;
    pal_alloc_fail_after(0);
    pal_store_close(store);
    store = NULL;
    study_folder_remove(folder);
    return 0;
}

static pal_status import_again(struct pal_error *err)
{
    return study_import(store, "b.xlsx", (struct made_rows){PAL_TABLE_REMOVAL, 7, 10},
                        true, err);
}

static pal_status query(struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_value value = {.kind = PAL_VALUE_TEXT, .text = PAL_VIEW("bad \xFF")};
    pal_status status = pal_store_query(
        store, PAL_VIEW("SELECT \"row\", gender, $1 FROM arrest ORDER BY 1"), &value, 1,
        &cursor, err);
    if (status == PAL_OK) {
        status = pal_cursor_next(cursor, &row, err);
    }
    pal_cursor_close(cursor);
    return status;
}

static pal_status open_and_load(struct pal_error *err)
{
    struct pal_store *other = NULL;
    struct pal_intern *terms = NULL;
    char other_path[STUDY_PATH_SIZE];
    struct pal_store_options options = {.thread_count = 1};
    study_path(other_path, folder, "other.duckdb");
    pal_status status =
        pal_store_open(other_path, PAL_STORE_CREATE, &options, &other, err);
    if (status == PAL_OK) {
        status = pal_store_borrow_terms(other, &terms, err);
    }
    pal_store_close(other);
    return status;
}

static pal_status export_csv(struct pal_error *err)
{
    char out[STUDY_PATH_SIZE];
    study_path(out, folder, "out.csv");
    return pal_store_export(store, "arrest", "csv", out, false, err);
}

static pal_status read_parquet(struct pal_error *err)
{
    char out[STUDY_PATH_SIZE];
    struct pal_parquet *parquet = NULL;
    struct pal_row row;
    study_path(out, folder, "out.parquet");
    if (access(out, F_OK) != 0) {
        pal_status made = pal_store_export(store, "sheet", "parquet", out, false, err);
        if (made != PAL_OK) {
            return made;
        }
    }
    pal_status status = pal_parquet_open(out, &parquet, err);
    if (status == PAL_OK) {
        struct pal_row_stream *rows = pal_parquet_borrow_rows(parquet);
        status = rows->next(rows, &row, err);
    }
    pal_parquet_close(parquet);
    return status;
}

static void every_allocation_that_fails_is_reported_and_harms_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        pal_status (*run)(struct pal_error *err);
    } operations[] = {{"import", import_again},
                      {"query", query},
                      {"open", open_and_load},
                      {"export", export_csv},
                      {"parquet", read_parquet}};
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        size_t n = 1;
        for (;; n++) {
            assert_true(n < TRY_COUNT_MAX);
            err.text[0] = '\0';
            pal_alloc_fail_after(n);
            pal_status status = operations[i].run(&err);
            bool has_failed = pal_alloc_has_failed();
            pal_alloc_fail_after(0);
            if (status == PAL_OK && !has_failed) {
                break;
            }
            if (status != PAL_OK && status != PAL_MEMORY) {
                fail_msg("%s, allocation %zu: %s: %s", operations[i].name, n,
                         pal_status_text(status), err.text);
            }
            assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 100);
            if (status == PAL_OK) {
                break;
            }
        }
        assert_true(n > 1);
    }
    assert_int_equal(study_number(store, "SELECT count(*) FROM removal"), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_allocation_that_fails_is_reported_and_harms_nothing, make_study,
            remove_study),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
