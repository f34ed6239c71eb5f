#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "own_folder.h"

/* The status of opening, which must say `words` when it is no success. */
static pal_status open_says(const char *where, enum pal_store_mode mode,
                            const char *words)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    pal_status status = pal_store_open(where, mode, NULL, &store, &err);
    if (status == PAL_OK) {
        assert_non_null(store);
    } else {
        assert_null(store);
        assert_int_equal(err.status, status);
        if (strstr(err.text, words) == NULL) {
            fail_msg("no \"%s\" in: %s", words, err.text);
        }
    }
    pal_store_close(store);
    return status;
}

static void write_bytes(const char *where, const char *bytes, size_t size)
{
    FILE *file = fopen(where, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void run(struct pal_store *store, const char *statement)
{
    struct pal_error err = {PAL_OK, ""};
    assert_ok(pal_store_run(store, pal_view_of(statement), NULL, 0, &err), &err);
}

static void a_study_keeps_its_key_and_each_has_its_own(void **state)
{
    (void)state;
    uint8_t key[PAL_KEY_SIZE];
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    memcpy(key, pal_store_borrow_key(store), sizeof key);
    assert_false(pal_store_has_kept_ids(store));
    pal_store_close(store);
    const enum pal_store_mode modes[] = {PAL_STORE_READ, PAL_STORE_WRITE,
                                         PAL_STORE_CREATE};
    for (size_t i = 0; i < 3; i++) {
        store = study_open(path, modes[i]);
        assert_memory_equal(key, pal_store_borrow_key(store), sizeof key);
        pal_store_close(store);
    }
    store = study_open(NULL, PAL_STORE_CREATE);
    assert_memory_not_equal(key, pal_store_borrow_key(store), sizeof key);
    pal_store_close(store);
}

static void a_study_that_keeps_ids_says_so_for_ever(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store_options keep = {.keep_ids = true};
    struct pal_store *store = NULL;
    assert_ok(pal_store_open(path, PAL_STORE_CREATE, &keep, &store, &err), &err);
    assert_true(pal_store_has_kept_ids(store));
    pal_store_close(store);
    store = study_open(path, PAL_STORE_READ);
    assert_true(pal_store_has_kept_ids(store));
    pal_store_close(store);
}

static void ids_cannot_be_kept_in_a_study_made_without(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store_options keep = {.keep_ids = true};
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    assert_int_equal(pal_store_open(path, PAL_STORE_CREATE, &keep, &store, &err),
                     PAL_USAGE);
    assert_null(store);
    assert_non_null(strstr(err.text, "make a new study"));
}

static void what_is_no_study_is_named(void **state)
{
    (void)state;
    char other[STUDY_PATH_SIZE];
    assert_int_equal(open_says(path, PAL_STORE_READ, "no such study"), PAL_IO);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "no such study"), PAL_IO);
    assert_int_equal(open_says(folder, PAL_STORE_CREATE, "folder"), PAL_IO);
    study_path(other, folder, "none/s.duckdb");
    assert_int_equal(open_says(other, PAL_STORE_CREATE, "folder does not exist"),
                     PAL_IO);
    study_path(other, folder, "text.duckdb");
    char text[20000];
    memset(text, 'x', sizeof text);
    write_bytes(other, text, sizeof text);
    assert_int_equal(open_says(other, PAL_STORE_CREATE, "is no study"), PAL_INPUT);
    assert_int_equal(open_says(NULL, PAL_STORE_READ, "in memory"), PAL_USAGE);
}

static void an_empty_or_barely_begun_file_becomes_a_study(void **state)
{
    (void)state;
    char head[5000];
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    (void)fclose(file);
    write_bytes(path, head, sizeof head);
    assert_int_equal(open_says(path, PAL_STORE_READ, "holds nothing"), PAL_INPUT);
    assert_int_equal(open_says(path, PAL_STORE_CREATE, ""), PAL_OK);
    write_bytes(path, head, 0);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "holds nothing"), PAL_INPUT);
    assert_int_equal(open_says(path, PAL_STORE_CREATE, ""), PAL_OK);
    assert_int_equal(open_says(path, PAL_STORE_READ, ""), PAL_OK);
}

static void a_damaged_study_is_an_error_in_words(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    for (long at = 4096; at < 12288; at += 64) {
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fputs("damage", file) >= 0, 1);
    }
    assert_int_equal(fclose(file), 0);
    assert_int_not_equal(open_says(path, PAL_STORE_READ, path), PAL_OK);
    assert_int_not_equal(open_says(path, PAL_STORE_CREATE, path), PAL_OK);
}

static void a_database_without_study_tables_is_refused(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    run(store, "DROP TABLE study");
    pal_store_close(store);
    assert_int_equal(open_says(path, PAL_STORE_READ, "no study"), PAL_INPUT);
    assert_int_equal(open_says(path, PAL_STORE_CREATE, "no study"), PAL_INPUT);
}

static void a_newer_study_is_refused_in_every_mode(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    run(store, "UPDATE study SET value = '99' WHERE key = 'schema_version'");
    pal_store_close(store);
    const enum pal_store_mode modes[] = {PAL_STORE_READ, PAL_STORE_WRITE,
                                         PAL_STORE_CREATE};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(open_says(path, modes[i], "newer palladium"), PAL_INPUT);
    }
}

static void a_study_with_damaged_marks_is_refused(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    run(store, "UPDATE study SET value = 'zz' WHERE key = 'study_key'");
    pal_store_close(store);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "marks are damaged"), PAL_INPUT);
}

static void a_second_writer_is_told_so(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "another program is writing"),
                     PAL_DATABASE);
    assert_int_equal(open_says(path, PAL_STORE_READ, "another program is writing"),
                     PAL_DATABASE);
    pal_store_close(store);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, ""), PAL_OK);
}

static void another_process_that_writes_is_told_so(void **state)
{
    (void)state;
    int ready[2];
    int done[2];
    char byte = 0;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(done), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct pal_store *held = NULL;
        pal_status status = pal_store_open(path, PAL_STORE_WRITE, NULL, &held, NULL);
        (void)close(done[1]);
        ssize_t put = write(ready[1], status == PAL_OK ? "y" : "n", 1);
        ssize_t got = read(done[0], &byte, 1);
        pal_store_close(held);
        _exit(put == 1 && got == 0 ? 0 : 1);
    }
    (void)close(done[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "another program is writing"),
                     PAL_DATABASE);
    (void)close(done[1]);
    (void)close(ready[0]);
    (void)close(ready[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void several_may_read_but_then_none_may_write(void **state)
{
    (void)state;
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    struct pal_store *one = study_open(path, PAL_STORE_READ);
    struct pal_store *two = study_open(path, PAL_STORE_READ);
    assert_int_equal(open_says(path, PAL_STORE_WRITE, "another program is reading"),
                     PAL_DATABASE);
    pal_store_close(one);
    pal_store_close(two);
}

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    store = study_open(path, PAL_STORE_READ);
    assert_int_not_equal(
        pal_store_run(store, PAL_VIEW("DELETE FROM study"), NULL, 0, &err), PAL_OK);
    assert_int_not_equal(study_import(store, "a.xlsx",
                                      (struct made_rows){PAL_TABLE_ARREST, 7, 1}, true,
                                      &err),
                         PAL_OK);
    pal_store_close(store);
}

static void what_a_killed_program_left_is_taken_away(void **state)
{
    (void)state;
    char left[STUDY_PATH_SIZE];
    char inside[STUDY_PATH_SIZE];
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    pal_store_close(store);
    study_path(left, folder, "s.duckdb.tmp-77-abc");
    study_path(inside, folder, "s.duckdb.tmp-77-abc/duckdb_temp_storage-0.tmp");
    assert_int_equal(mkdir(left, 0700), 0);
    write_bytes(inside, "x", 1);
    store = study_open(path, PAL_STORE_READ);
    assert_int_equal(access(left, F_OK), 0);
    pal_store_close(store);
    store = study_open(path, PAL_STORE_WRITE);
    assert_int_not_equal(access(left, F_OK), 0);
    pal_store_close(store);
}

static void what_does_not_fit_into_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    char list[STUDY_PATH_SIZE];
    struct pal_error err = {PAL_OK, ""};
    struct pal_store_options small = {.thread_count = 1, .memory_max_mb = 32};
    struct pal_store *store = NULL;
    assert_ok(pal_store_open(path, PAL_STORE_CREATE, &small, &store, &err), &err);
    assert_int_equal(
        study_number(store,
                     "SELECT count(*) FROM (SELECT i, hash(i) AS h, CAST(i AS VARCHAR) "
                     "AS t FROM range(2000000) AS r(i) ORDER BY h, t OFFSET 3)"),
        1999997);
    pal_store_close(store);
    (void)snprintf(list, sizeof list, "%s", folder);
    struct pal_arena arena;
    const char *const *paths = NULL;
    size_t count = 0;
    pal_arena_init(&arena, 1024 * 1024);
    assert_ok(pal_folder_list(list, &arena, &paths, &count, &err), &err);
    assert_int_equal(count, 1);
    pal_arena_clear(&arena);
    struct stat about;
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_nlink, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_FOLDER(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        WITH_FOLDER(a_study_keeps_its_key_and_each_has_its_own),
        WITH_FOLDER(a_study_that_keeps_ids_says_so_for_ever),
        WITH_FOLDER(ids_cannot_be_kept_in_a_study_made_without),
        WITH_FOLDER(what_is_no_study_is_named),
        WITH_FOLDER(an_empty_or_barely_begun_file_becomes_a_study),
        WITH_FOLDER(a_damaged_study_is_an_error_in_words),
        WITH_FOLDER(a_database_without_study_tables_is_refused),
        WITH_FOLDER(a_newer_study_is_refused_in_every_mode),
        WITH_FOLDER(a_study_with_damaged_marks_is_refused),
        WITH_FOLDER(a_second_writer_is_told_so),
        WITH_FOLDER(another_process_that_writes_is_told_so),
        WITH_FOLDER(several_may_read_but_then_none_may_write),
        WITH_FOLDER(a_reader_cannot_write),
        WITH_FOLDER(what_a_killed_program_left_is_taken_away),
        WITH_FOLDER(what_does_not_fit_into_memory_leaves_nothing_behind),
#undef WITH_FOLDER
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
