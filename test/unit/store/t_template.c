#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "own_folder.h"
#include "store/template.h"

static int64_t size_of(const char *file)
{
    struct stat about;
    return stat(file, &about) == 0 ? (int64_t)about.st_size : -1;
}

/* Not every file system has files without a name. */
static void place_or_skip(void)
{
    pal_template_place(path);
    if (size_of(path) < 0) {
        print_message("no file without a name can be made in %s; skipped\n", folder);
        skip();
    }
}

static void write_file(const char *where, const char *text)
{
    FILE *file = fopen(where, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_same(struct pal_store *made, struct pal_store *placed,
                        const char *statement)
{
    char *want = study_text(made, statement);
    char *got = study_text(placed, statement);
    assert_true(strlen(want) > 1000);
    assert_string_equal(got, want);
    pal_free(want);
    pal_free(got);
}

static void a_study_from_the_template_is_the_one_that_the_scripts_make(void **state)
{
    (void)state;
    place_or_skip();
    char other[STUDY_PATH_SIZE];
    char log[STUDY_PATH_SIZE + 8];
    study_path(other, folder, "made.duckdb");
    (void)snprintf(log, sizeof log, "%s.wal", other);
    write_file(log, ""); /* keeps the template away */
    pal_store_close(study_open(other, PAL_STORE_CREATE));
    pal_store_close(study_open(path, PAL_STORE_CREATE));
    struct pal_store *made = study_open(other, PAL_STORE_READ);
    struct pal_store *placed = study_open(path, PAL_STORE_READ);
    assert_same(made, placed,
                "SELECT table_name, column_index, column_name, data_type, is_nullable, "
                "column_default, comment FROM duckdb_columns() WHERE schema_name = "
                "'main' AND NOT internal ORDER BY table_name, column_index");
    assert_same(made, placed,
                "SELECT table_name, comment, has_primary_key, index_count, "
                "check_constraint_count, sql FROM duckdb_tables() ORDER BY table_name");
    assert_same(made, placed,
                "SELECT view_name, comment, sql FROM duckdb_views() WHERE NOT internal "
                "ORDER BY view_name");
    pal_store_close(made);
    pal_store_close(placed);
}

static void a_column_of_every_table_says_what_it_is(void **state)
{
    (void)state;
    struct pal_store *placed = study_open(path, PAL_STORE_CREATE);
    assert_int_equal(study_number(placed,
                                  "SELECT count(*) FROM duckdb_columns() WHERE "
                                  "schema_name = 'main' AND NOT internal AND comment "
                                  "IS NULL AND table_name IN (SELECT table_name FROM "
                                  "duckdb_tables())"),
                     0);
    pal_store_close(placed);
}

static void what_stands_at_the_place_stays(void **state)
{
    (void)state;
    write_file(path, "somebody's");
    pal_template_place(path);
    assert_int_equal(size_of(path), strlen("somebody's"));
}

static void a_log_without_its_study_is_not_read_into_a_new_one(void **state)
{
    (void)state;
    char log[STUDY_PATH_SIZE + 8];
    (void)snprintf(log, sizeof log, "%s.wal", path);
    write_file(log, "");
    pal_template_place(path);
    assert_int_equal(size_of(path), -1);
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"), 0);
    pal_store_close(store);
}

static void nothing_is_left_beside_the_study(void **state)
{
    (void)state;
    place_or_skip();
    pal_template_place(path);
    DIR *files = opendir(folder);
    assert_non_null(files);
    const struct dirent *entry = NULL;
    /* The stream is this test's alone. NOLINTNEXTLINE(concurrency-mt-unsafe) */
    while ((entry = readdir(files)) != NULL) {
        assert_true(entry->d_name[0] == '.' || strcmp(entry->d_name, "s.duckdb") == 0);
    }
    (void)closedir(files);
}

static pal_status open_as(enum pal_store_mode mode, struct pal_error *err)
{
    struct pal_store *store = NULL;
    pal_status status = pal_store_open(path, mode, NULL, &store, err);
    pal_store_close(store);
    return status;
}

static void tables_without_marks_hold_nothing_and_become_a_study(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    place_or_skip();
    assert_int_equal(open_as(PAL_STORE_READ, &err), PAL_INPUT);
    assert_non_null(strstr(err.text, "holds nothing yet"));
    assert_int_equal(open_as(PAL_STORE_WRITE, &err), PAL_INPUT);
    assert_non_null(strstr(err.text, "holds nothing yet"));
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_true(pal_store_is_unmade(store));
    assert_ok(study_import(store, "a.xlsx", (struct made_rows){PAL_TABLE_ARREST, 7, 20},
                           true, &err),
              &err);
    uint8_t key[PAL_KEY_SIZE];
    memcpy(key, pal_store_borrow_key(store), PAL_KEY_SIZE);
    pal_store_close(store);
    store = study_open(path, PAL_STORE_READ);
    assert_memory_equal(pal_store_borrow_key(store), key, PAL_KEY_SIZE);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"), 20);
    pal_store_close(store);
}

static void files_without_marks_are_no_study(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a.xlsx", (struct made_rows){PAL_TABLE_ARREST, 7, 20},
                           true, &err),
              &err);
    assert_ok(pal_store_run(store, pal_view_of("DELETE FROM study"), NULL, 0, &err),
              &err);
    pal_store_close(store);
    assert_int_equal(open_as(PAL_STORE_CREATE, &err), PAL_INPUT);
    assert_non_null(strstr(err.text, "marks are gone"));
}

static void two_new_studies_have_keys_of_their_own(void **state)
{
    (void)state;
    char other[STUDY_PATH_SIZE];
    study_path(other, folder, "t.duckdb");
    struct pal_store *first = study_open(path, PAL_STORE_CREATE);
    struct pal_store *second = study_open(other, PAL_STORE_CREATE);
    assert_memory_not_equal(pal_store_borrow_key(first), pal_store_borrow_key(second),
                            PAL_KEY_SIZE);
    pal_store_close(first);
    pal_store_close(second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_study_from_the_template_is_the_one_that_the_scripts_make),
        TEST(a_column_of_every_table_says_what_it_is),
        TEST(what_stands_at_the_place_stays),
        TEST(a_log_without_its_study_is_not_read_into_a_new_one),
        TEST(nothing_is_left_beside_the_study),
        TEST(tables_without_marks_hold_nothing_and_become_a_study),
        TEST(files_without_marks_are_no_study),
        TEST(two_new_studies_have_keys_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
