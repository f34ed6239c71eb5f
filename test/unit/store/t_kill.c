#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "own_folder.h"

enum { ROUND_COUNT = 12, FILE_ROW_COUNT = 60000 };

static void sleep_ms(long ms)
{
    struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&span, NULL);
}

/* Imports file after file until it is killed; says over the pipe when one is committed. */
_Noreturn static void import_for_ever(int first, int out)
{
    struct pal_store *store = NULL;
    struct pal_store_options options = {.thread_count = 1};
    if (pal_store_open(path, PAL_STORE_CREATE, &options, &store, NULL) != PAL_OK) {
        _exit(1);
    }
    for (int i = first;; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%d.xlsx", i);
        if (study_import(store, name,
                         (struct made_rows){PAL_TABLE_ARREST, 7, FILE_ROW_COUNT}, true,
                         NULL) != PAL_OK ||
            write(out, "c", 1) != 1) {
            _exit(1);
        }
    }
}

/* Files and rows agree, every row is there once, and every text has its number. */
static int64_t assert_whole(struct pal_store *store)
{
    int64_t files = study_number(store, "SELECT count(*) FROM file");
    assert_int_equal(study_number(store, "SELECT count(*) FROM sheet"), files);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"),
                     files * FILE_ROW_COUNT);
    assert_int_equal(study_number(store,
                                  "SELECT count(*) FROM (SELECT DISTINCT sheet_id, "
                                  "\"row\" FROM arrest_record)"),
                     files * FILE_ROW_COUNT);
    assert_int_equal(
        study_number(store,
                     "SELECT count(*) FROM arrest_record AS r LEFT JOIN term AS t ON "
                     "t.term_id = r.gender WHERE r.gender IS NOT NULL AND t.text IS "
                     "NULL"),
        0);
    return files;
}

static void a_kill_at_any_moment_leaves_whole_files(void **state)
{
    (void)state;
    int64_t files = 0;
    uint64_t random = 20200214;
    for (int round = 0; round < ROUND_COUNT; round++) {
        int pipes[2];
        char byte = 0;
        int64_t said = 0;
        assert_int_equal(pipe(pipes), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)close(pipes[0]);
            import_for_ever((int)files, pipes[1]);
        }
        (void)close(pipes[1]);
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        /* Every other round is killed after its first file, however slow the build. */
        if (round % 2 == 1 && read(pipes[0], &byte, 1) == 1) {
            said++;
        }
        sleep_ms((long)((random >> 33) % 900));
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, NULL, 0), child);
        while (read(pipes[0], &byte, 1) == 1) {
            said++;
        }
        (void)close(pipes[0]);
        struct pal_store *store = study_open(path, PAL_STORE_CREATE);
        int64_t now = assert_whole(store);
        pal_store_close(store);
        /* What was said to be committed is there, and at most the one that was not yet said. */
        assert_in_range(now, files + said, files + said + 1);
        files = now;
    }
    assert_true(files > 0);
}

/* Imports with the size of files capped, as a full disk would cap it. */
static int import_capped(int64_t size_max)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = NULL;
    struct pal_store_options options = {.thread_count = 1};
    struct rlimit limit = {.rlim_cur = (rlim_t)size_max, .rlim_max = (rlim_t)size_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 ||
        pal_store_open(path, PAL_STORE_WRITE, &options, &store, &err) != PAL_OK) {
        return 2;
    }
    pal_status status =
        study_import(store, "big.xlsx",
                     (struct made_rows){PAL_TABLE_ARREST, 7, 1000000}, true, &err);
    pal_store_close(store);
    if (status == PAL_OK) {
        return 3;
    }
    return (status == PAL_IO || status == PAL_DATABASE) && err.text[0] != '\0' ? 0 : 4;
}

static void a_full_disk_is_an_error_and_the_study_stays(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a.xlsx",
                           (struct made_rows){PAL_TABLE_ARREST, 7, FILE_ROW_COUNT},
                           true, &err),
              &err);
    pal_store_close(store);
    /* The study is about 8 MB now; the file that comes would take over 30. */
    static const int64_t caps[] = {12, 20, 28};
    for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++) {
        int code = 0;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(import_capped(caps[i] * 1024 * 1024));
        }
        assert_int_equal(waitpid(child, &code, 0), child);
        assert_true(WIFEXITED(code));
        assert_int_equal(WEXITSTATUS(code), 0);
        store = study_open(path, PAL_STORE_WRITE);
        assert_int_equal(assert_whole(store), 1);
        pal_store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_kill_at_any_moment_leaves_whole_files,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_is_an_error_and_the_study_stays,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
