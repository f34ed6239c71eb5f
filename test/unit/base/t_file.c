#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

static char top[256];
static char path_room[4][512];

/* `name` under the test's own folder; good for four calls. */
static const char *path_of(const char *name)
{
    static unsigned turn;
    char *path = path_room[turn++ % 4];
    (void)snprintf(path, sizeof path_room[0], "%s/%s", top, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    assert_int_equal(PAL_OK, pal_file_write(path_of(name), pal_view_of(text), NULL));
}

static void check_file(const char *name, const char *want)
{
    struct pal_buffer out;
    pal_buffer_init(&out, 1000);
    assert_int_equal(PAL_OK, pal_file_read(path_of(name), &out, NULL));
    assert_string_equal(want, pal_buffer_view(&out).data);
    pal_buffer_clear(&out);
}

static size_t file_count(void)
{
    struct pal_arena arena;
    const char *const *paths = NULL;
    size_t count = 0;
    pal_arena_init(&arena, 1024 * 1024);
    assert_int_equal(PAL_OK, pal_folder_list(top, &arena, &paths, &count, NULL));
    pal_arena_clear(&arena);
    return count;
}

static void what_is_no_file_is_never_put_away(void **state)
{
    (void)state;
    char target[512];
    struct pal_error err = {PAL_OK, ""};
    (void)snprintf(target, sizeof target, "%s", path_of("pipe"));
    assert_int_equal(0, mkfifo(target, 0600));
    assert_int_equal(0, symlink("/dev/null", path_of("link")));
    assert_int_equal(PAL_IO, pal_file_write(target, PAL_VIEW("x"), &err));
    assert_non_null(strstr(err.text, "it is a pipe"));
    assert_int_equal(PAL_IO, pal_file_write(path_of("link"), PAL_VIEW("x"), &err));
    assert_non_null(strstr(err.text, "symbolic link"));
    assert_int_equal(PAL_IO, pal_file_check_place(top, &err));
    assert_non_null(strstr(err.text, "it is a folder"));
    assert_int_equal(0, unlink(target));
    assert_int_equal(0, unlink(path_of("link")));
}

static void a_written_file_reads_back_and_can_be_replaced(void **state)
{
    (void)state;
    write_file("a.txt", "one");
    check_file("a.txt", "one");
    write_file("a.txt", "two\nlines");
    check_file("a.txt", "two\nlines");
    write_file("a.txt", "");
    check_file("a.txt", "");
    assert_int_equal(1, file_count());
}

static void a_failed_write_leaves_the_old_state_and_nothing_else(void **state)
{
    (void)state;
    struct pal_error err;
    assert_int_equal(PAL_OK, pal_folder_make(path_of("busy/inside"), &err));
    assert_int_equal(PAL_IO, pal_file_write(path_of("busy"), PAL_VIEW("x"), &err));
    assert_non_null(strstr(err.text, "folder"));
    assert_non_null(strstr(err.text, path_of("busy")));
    assert_int_equal(PAL_IO, pal_file_write(path_of("no/where"), PAL_VIEW("x"), &err));
    assert_non_null(strstr(err.text, "no such"));
    assert_int_equal(0, file_count());
    write_file("a.txt", "old");
    pal_alloc_fail_after(1);
    pal_status status = pal_file_write(path_of("a.txt"), PAL_VIEW("new"), &err);
    pal_alloc_fail_after(0);
    assert_int_equal(PAL_MEMORY, status);
    check_file("a.txt", "old");
}

static void what_stands_in_the_way_of_the_temporary_is_not_followed(void **state)
{
    (void)state;
    char part[512];
    (void)snprintf(part, sizeof part, "%s.part-%ld", path_of("a.txt"), (long)getpid());
    write_file("big", "untouched");
    assert_int_equal(0, symlink("big", part));
    write_file("a.txt", "new");
    check_file("a.txt", "new");
    check_file("big", "untouched");
    assert_int_equal(2, file_count());
}

static void an_unreadable_path_is_named_with_the_reason(void **state)
{
    (void)state;
    struct pal_error err;
    struct pal_buffer out;
    write_file("big", "123456");
    static const struct {
        const char *name;
        pal_status want;
        const char *reason;
    } rows[] = {
        {"absent", PAL_IO, "no such file"},
        {".", PAL_IO, "it is a folder"},
        {"big/under", PAL_IO, "not a folder"},
        {"big", PAL_LIMIT, "larger than 5 bytes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_init(&out, 5);
        assert_int_equal(rows[i].want,
                         pal_file_read(path_of(rows[i].name), &out, &err));
        assert_non_null(strstr(err.text, rows[i].reason));
        assert_non_null(strstr(err.text, path_of(rows[i].name)));
        pal_buffer_clear(&out);
    }
}

static void folders_are_made_with_those_above_them(void **state)
{
    (void)state;
    struct pal_error err;
    assert_int_equal(PAL_OK, pal_folder_make(path_of("a/b//c/"), &err));
    assert_int_equal(PAL_OK, pal_folder_make(path_of("a/b/c"), &err));
    write_file("a/b/c/x", "1");
    assert_int_equal(PAL_IO, pal_folder_make(path_of("a/b/c/x"), &err));
    assert_non_null(strstr(err.text, "a file has that name"));
    assert_int_equal(PAL_IO, pal_folder_make(path_of("a/b/c/x/y"), &err));
    assert_int_equal(PAL_IO, pal_folder_make("", &err));
}

static void a_path_ends_in_its_name(void **state)
{
    (void)state;
    assert_string_equal("c.txt", pal_path_name("/a/b/c.txt").data);
    assert_string_equal("c.txt", pal_path_name("c.txt").data);
    assert_string_equal("", pal_path_name("a/").data);
}

static void make_tree(void)
{
    static const char *const names[] = {"b.csv",     "B.csv",     "a/2.xlsx",
                                        "a/10.xlsx", "a/.hidden", "~$lock.xlsx",
                                        ".git/x",    "a-b/z",     "a/deep/1.csv"};
    assert_int_equal(PAL_OK, pal_folder_make(path_of("a/deep"), NULL));
    assert_int_equal(PAL_OK, pal_folder_make(path_of("a-b"), NULL));
    assert_int_equal(PAL_OK, pal_folder_make(path_of(".git"), NULL));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        write_file(names[i], "x");
    }
    assert_int_equal(0, symlink("..", path_of("a/loop")));
    assert_int_equal(0, symlink("../b.csv", path_of("a/link.csv")));
}

static void a_folder_lists_its_files_in_byte_order(void **state)
{
    (void)state;
    static const char *const want[] = {"B.csv",    "a-b/z",        "a/10.xlsx",
                                       "a/2.xlsx", "a/deep/1.csv", "a/link.csv",
                                       "b.csv"};
    make_tree();
    struct pal_arena arena;
    struct pal_error err;
    const char *const *paths = NULL;
    size_t count = 0;
    pal_arena_init(&arena, 1024 * 1024);
    for (int slash = 0; slash < 2; slash++) {
        assert_int_equal(PAL_OK, pal_folder_list(slash ? path_of("") : top, &arena,
                                                 &paths, &count, &err));
        assert_int_equal(sizeof want / sizeof want[0], count);
        for (size_t i = 0; i < count; i++) {
            assert_string_equal(path_of(want[i]), paths[i]);
        }
    }
    assert_int_equal(PAL_OK,
                     pal_folder_list(path_of("a-b"), &arena, &paths, &count, &err));
    assert_int_equal(1, count);
    assert_int_equal(PAL_IO,
                     pal_folder_list(path_of("absent"), &arena, &paths, &count, &err));
    assert_null(paths);
    assert_non_null(strstr(err.text, "absent"));
    pal_arena_clear(&arena);
    pal_arena_init(&arena, 100);
    assert_int_equal(PAL_LIMIT, pal_folder_list(top, &arena, &paths, &count, &err));
    pal_arena_clear(&arena);
}

static void missing_memory_while_listing_is_reported(void **state)
{
    (void)state;
    make_tree();
    bool has_failed = true;
    for (size_t n = 1; has_failed; n++) {
        struct pal_arena arena;
        const char *const *paths = NULL;
        size_t count = 0;
        pal_arena_init(&arena, 1024 * 1024);
        pal_alloc_fail_after(n);
        pal_status status = pal_folder_list(top, &arena, &paths, &count, NULL);
        has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        assert_int_equal(has_failed ? PAL_MEMORY : PAL_OK, status);
        assert_int_equal(has_failed ? 0 : 7, count);
        pal_arena_clear(&arena);
    }
}

static int make_top(void **state)
{
    (void)state;
    const char *folder = getenv("TMPDIR");
    (void)snprintf(top, sizeof top, "%s/palladium-XXXXXX",
                   folder != NULL ? folder : "/tmp");
    return mkdtemp(top) != NULL ? 0 : -1;
}

static int remove_top(void **state)
{
    (void)state;
    static const char *const names[] = {
        "a/b/c/x", "a/b/c",      "a/b",         "a/deep/1.csv", "a/deep", "a/2.xlsx",
        "a/loop",  "a/link.csv", "a/10.xlsx",   "a/.hidden",    "a",      "a-b/z",
        "a-b",     ".git/x",     ".git",        "b.csv",        "B.csv",  "~$lock.xlsx",
        "a.txt",   "big",        "busy/inside", "busy"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)remove(path_of(names[i]));
    }
    return rmdir(top);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_OWN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_top, remove_top)
        IN_OWN_FOLDER(a_written_file_reads_back_and_can_be_replaced),
        IN_OWN_FOLDER(a_failed_write_leaves_the_old_state_and_nothing_else),
        IN_OWN_FOLDER(what_stands_in_the_way_of_the_temporary_is_not_followed),
        IN_OWN_FOLDER(what_is_no_file_is_never_put_away),
        IN_OWN_FOLDER(an_unreadable_path_is_named_with_the_reason),
        IN_OWN_FOLDER(folders_are_made_with_those_above_them),
        IN_OWN_FOLDER(a_path_ends_in_its_name),
        IN_OWN_FOLDER(a_folder_lists_its_files_in_byte_order),
        IN_OWN_FOLDER(missing_memory_while_listing_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
