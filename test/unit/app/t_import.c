#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/import.h"
#include "app/spec_file.h"
#include "simulate/simulate.h"

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

/* Writes a release of some ten thousand rows; `paths` gets its workbooks. */
static void write_release(const char *folder, struct pal_arena *arena,
                          const char *const **paths, size_t *count)
{
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): a test is one thread */
    const char *source = getenv("PAL_SOURCE_DIR");
    char path[4096];
    struct pal_error err = {PAL_OK, ""};
    struct pal_simulate_spec spec;
    struct pal_simulate_counts counts;
    (void)snprintf(path, sizeof path, "%s/test/cli/files/small.yaml",
                   source == NULL ? "." : source);
    assert_int_equal(pal_spec_read(path, arena, &spec, &err), PAL_OK);
    assert_int_equal(spec.area_count, 2);
    spec.areas[0].arrests_a_day = 80;
    spec.areas[1].arrests_a_day = 80;
    if (pal_simulate_write(&spec, folder, NULL, NULL, &counts, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(pal_intake_expand(&folder, 1, arena, paths, count, &err), PAL_OK);
    assert_true(*count >= 3);
}

/* All that was stored, but for what hangs on the study's key. */
static void sum_up(struct bench *bench, int64_t sums[5])
{
    static const char *const statements[] = {
        "SELECT count(*) FROM arrest_record",
        ("SELECT CAST(bit_xor(hash(sheet_id, \"row\", redacted, failed, "
         "apprehension_date_time, apprehension_method, apprehension_aor, gender, "
         "birth_year)) >> 8 AS BIGINT) FROM arrest_record"),
        ("SELECT CAST(bit_xor(hash(sheet_id, \"row\", redacted, failed, "
         "book_in_date_time, detention_facility)) >> 8 AS BIGINT) FROM stint_record"),
        "SELECT CAST(bit_xor(hash(term_id, \"text\")) >> 8 AS BIGINT) FROM term",
        "SELECT CAST(bit_xor(hash(s)) >> 8 AS BIGINT) FROM sheet AS s",
    };
    for (size_t i = 0; i < 5; i++) {
        sums[i] = count_of(bench, statements[i]);
    }
}

static void a_release_is_the_same_with_one_thread_and_with_several(void **state)
{
    enum { WISH_MAX = 16 };
    char folder[] = "/tmp/palladium-import-XXXXXX";
    char truth[64];
    struct pal_arena arena;
    const char *const *paths = NULL;
    size_t count = 0;
    int64_t sums[2][5];
    (void)state;
    assert_non_null(mkdtemp(folder));
    pal_arena_init(&arena, 64 << 20);
    write_release(folder, &arena, &paths, &count);
    for (int threads = 1; threads <= 2; threads++) {
        struct bench bench;
        struct pal_importer importer;
        struct pal_import_wish wishes[WISH_MAX] = {{0}};
        struct pal_import_result result;
        struct pal_error err = {PAL_OK, ""};
        set_up(&bench, threads);
        assert_true(count <= WISH_MAX);
        for (size_t i = 0; i < count; i++) {
            wishes[i].path = paths[i];
        }
        pal_importer_init(&importer, &bench.app, bench.store, bench.dictionary, wishes,
                          count);
        importer.first = threads == 1 ? NULL : pal_prefetch_new(paths[0]);
        if (pal_import_files(&importer, wishes, count, keep_result, &result, &err) !=
            PAL_OK) {
            fail_msg("%s", err.text);
        }
        pal_prefetch_free(importer.first);
        sum_up(&bench, sums[threads - 1]);
        tear_down(&bench);
    }
    assert_true(sums[0][0] > 9000);
    assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
    for (size_t i = 0; i < count; i++) {
        (void)unlink(paths[i]);
    }
    (void)snprintf(truth, sizeof truth, "%s/truth", folder);
    (void)rmdir(truth);
    (void)rmdir(folder);
    pal_arena_clear(&arena);
}

static void a_file_fetched_ahead_fails_in_its_turn(void **state)
{
    struct bench bench;
    struct pal_importer importer;
    struct pal_import_result result;
    struct pal_error errors[2] = {{PAL_OK, ""}, {PAL_OK, ""}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        set_up(&bench, 2);
        memcpy(strstr(bench.path, "arrests.csv"), "nothing.csv", sizeof "nothing.csv");
        const struct pal_import_wish wish = {bench.path, NULL};
        pal_importer_init(&importer, &bench.app, bench.store, bench.dictionary, &wish,
                          1);
        importer.first = i == 0 ? NULL : pal_prefetch_new(bench.path);
        assert_int_equal(
            pal_import_files(&importer, &wish, 1, keep_result, &result, &errors[i]),
            PAL_IO);
        pal_prefetch_free(importer.first);
        tear_down(&bench);
    }
    assert_string_equal(errors[0].text, errors[1].text);
    /* One that nobody takes. */
    set_up(&bench, 2);
    pal_prefetch_free(pal_prefetch_new(bench.path));
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
        cmocka_unit_test(a_release_is_the_same_with_one_thread_and_with_several),
        cmocka_unit_test(a_file_fetched_ahead_fails_in_its_turn),
        cmocka_unit_test(a_failing_allocation_leaves_the_study_as_before),
    };
    return pal_hash_setup(NULL) == PAL_OK ? cmocka_run_group_tests(tests, NULL, NULL)
                                          : 1;
}
