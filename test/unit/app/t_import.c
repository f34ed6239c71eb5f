#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "app/import.h"

struct bench {
    struct pal_app app;
    struct pal_store *store;
    struct pal_dictionary *dictionary;
    char path[4096];
};

static void set_up(struct bench *bench, int thread_count)
{
    struct pal_error err = {PAL_OK, ""};
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): a test is one thread */
    const char *source = getenv("PAL_SOURCE_DIR");
    *bench = (struct bench){.app = {.out = stdout,
                                    .talk = stderr,
                                    .is_quiet = true,
                                    .thread_count = thread_count}};
    (void)snprintf(bench->path, sizeof bench->path, "%s/test/cli/files/arrests.csv",
                   source == NULL ? "." : source);
    if (pal_store_open(NULL, PAL_STORE_CREATE, NULL, &bench->store, &err) != PAL_OK ||
        pal_dictionary_open(&bench->dictionary, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
}

static void tear_down(struct bench *bench)
{
    pal_dictionary_close(bench->dictionary);
    pal_store_close(bench->store);
}

static void keep_result(void *context, size_t index,
                        const struct pal_import_result *result)
{
    (void)index;
    *(struct pal_import_result *)context = *result;
}

static pal_status import(struct bench *bench, struct pal_import_result *result,
                         struct pal_error *err)
{
    struct pal_importer importer;
    const struct pal_import_wish wish = {bench->path, NULL};
    *result = (struct pal_import_result){.is_new = false};
    pal_importer_init(&importer, &bench->app, bench->store, bench->dictionary, &wish,
                      1);
    return pal_import_files(&importer, &wish, 1, keep_result, result, err);
}

static int64_t count_of(struct bench *bench, const char *statement)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    int64_t count = -1;
    assert_int_equal(
        pal_store_query(bench->store, pal_view_of(statement), NULL, 0, &cursor, NULL),
        PAL_OK);
    assert_int_equal(pal_cursor_next(cursor, &row, NULL), PAL_OK);
    count = row[0].integer;
    pal_cursor_close(cursor);
    return count;
}

static void a_file_is_imported_once_with_one_thread_or_two(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct bench bench;
        struct pal_import_result result;
        set_up(&bench, threads);
        assert_int_equal(import(&bench, &result, NULL), PAL_OK);
        assert_true(result.is_new);
        assert_int_equal(result.row_stored_count, 5);
        assert_int_equal(result.tables, 1U << (unsigned)PAL_TABLE_ARREST);
        assert_int_equal(import(&bench, &result, NULL), PAL_OK);
        assert_false(result.is_new);
        assert_int_equal(count_of(&bench, "SELECT count(*) FROM arrest_record"), 5);
        assert_int_equal(count_of(&bench,
                                  "SELECT count(*) FROM file WHERE release_name = "
                                  "'2099-ICFO-00001'"),
                         1);
        tear_down(&bench);
    }
}

static void a_file_without_a_number_in_its_banner_is_a_release_of_its_own(void **state)
{
    struct bench bench;
    struct pal_intake *intake = NULL;
    struct pal_buffer name;
    (void)state;
    set_up(&bench, 1);
    /* The study file is a text without a banner. */
    memcpy(strstr(bench.path, "arrests.csv"), "study.yaml", sizeof "study.yaml");
    pal_buffer_init(&name, 1 << 20);
    assert_int_equal(pal_intake_open(bench.path, &intake, NULL), PAL_OK);
    assert_int_equal(pal_intake_release(intake, bench.dictionary, &name, NULL), PAL_OK);
    assert_true(pal_view_has_prefix(pal_buffer_view(&name), PAL_VIEW("study.yaml (")));
    assert_int_equal(name.size, strlen("study.yaml (") + 12 + 1);
    pal_buffer_clear(&name);
    pal_intake_close(intake);
    tear_down(&bench);
}

static void a_failing_allocation_leaves_the_study_as_before(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct bench bench;
        struct pal_import_result result;
        struct pal_error err = {PAL_OK, ""};
        pal_status st = PAL_MEMORY;
        set_up(&bench, threads);
        for (size_t n = 1; st != PAL_OK; n++) {
            pal_alloc_fail_after(n);
            st = import(&bench, &result, &err);
            pal_alloc_fail_after(0);
            if (st != PAL_OK && st != PAL_MEMORY) {
                fail_msg("allocation %zu: %s", n, err.text);
            }
            if (st != PAL_OK && n % 16 == 0) {
                assert_int_equal(count_of(&bench, "SELECT count(*) FROM file"), 0);
                assert_int_equal(count_of(&bench, "SELECT count(*) FROM arrest_record"),
                                 0);
            }
            assert_true(n < 20000);
        }
        assert_int_equal(result.row_stored_count, 5);
        assert_int_equal(count_of(&bench, "SELECT count(*) FROM arrest_record"), 5);
        tear_down(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_imported_once_with_one_thread_or_two),
        cmocka_unit_test(a_file_without_a_number_in_its_banner_is_a_release_of_its_own),
        cmocka_unit_test(a_failing_allocation_leaves_the_study_as_before),
    };
    return pal_hash_setup(NULL) == PAL_OK ? cmocka_run_group_tests(tests, NULL, NULL)
                                          : 1;
}
