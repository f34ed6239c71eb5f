#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/intern.h"
#include "base/memory.h"

static struct pal_view numbered(char room[64], uint32_t number)
{
    int size = snprintf(room, 64, "text number %u", number);
    return (struct pal_view){room, (size_t)size};
}

static void add_numbered(struct pal_intern *intern, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        char room[64];
        uint32_t number = 0;
        assert_int_equal(PAL_OK,
                         pal_intern_add(intern, numbered(room, i), &number, NULL));
        assert_int_equal(i, number);
    }
}

static void check_numbered(const struct pal_intern *intern, uint32_t count)
{
    assert_int_equal(count, pal_intern_count(intern));
    for (uint32_t i = 0; i < count; i++) {
        char room[64];
        struct pal_view want = numbered(room, i);
        assert_true(pal_view_is_equal(want, pal_intern_text(intern, i)));
        assert_int_equal(i, pal_intern_find(intern, want));
    }
}

static void every_text_is_kept_once_and_numbered_in_order(void **state)
{
    (void)state;
    struct pal_intern *intern = NULL;
    assert_int_equal(PAL_OK, pal_intern_new(&intern, NULL));
    add_numbered(intern, 0, 1);
    struct pal_view first = pal_intern_text(intern, 0);
    add_numbered(intern, 1, 200000);
    add_numbered(intern, 0, 200000);
    check_numbered(intern, 200000);
    assert_ptr_equal(first.data, pal_intern_text(intern, 0).data);
    assert_int_equal(PAL_INTERN_NONE, pal_intern_find(intern, PAL_VIEW("unknown")));
    pal_intern_free(intern);
    pal_intern_free(NULL);
}

static void empty_and_binary_texts_are_texts(void **state)
{
    (void)state;
    struct pal_intern *intern = NULL;
    uint32_t number = 0;
    assert_int_equal(PAL_OK, pal_intern_new(&intern, NULL));
    assert_int_equal(PAL_INTERN_NONE,
                     pal_intern_find(intern, (struct pal_view){NULL, 0}));
    assert_int_equal(
        PAL_OK, pal_intern_add(intern, (struct pal_view){"a\0b", 3}, &number, NULL));
    assert_int_equal(0, number);
    assert_int_equal(
        PAL_OK, pal_intern_add(intern, (struct pal_view){"a\0c", 3}, &number, NULL));
    assert_int_equal(1, number);
    assert_int_equal(PAL_OK,
                     pal_intern_add(intern, (struct pal_view){NULL, 0}, &number, NULL));
    assert_int_equal(2, number);
    assert_int_equal(PAL_OK, pal_intern_add(intern, PAL_VIEW(""), &number, NULL));
    assert_int_equal(2, number);
    pal_intern_truncate(intern, 2);
    assert_int_equal(PAL_INTERN_NONE, pal_intern_find(intern, PAL_VIEW("")));
    pal_intern_free(intern);
}

static void truncating_forgets_the_newest_and_keeps_the_rest(void **state)
{
    (void)state;
    static const uint32_t counts[] = {200000, 199999, 70000, 512, 511, 1, 0};
    struct pal_intern *intern = NULL;
    assert_int_equal(PAL_OK, pal_intern_new(&intern, NULL));
    add_numbered(intern, 0, 200000);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        pal_intern_truncate(intern, counts[i]);
        check_numbered(intern, counts[i]);
        char room[64];
        assert_int_equal(PAL_INTERN_NONE,
                         pal_intern_find(intern, numbered(room, counts[i])));
    }
    add_numbered(intern, 0, 100000);
    pal_intern_truncate(intern, 100001);
    check_numbered(intern, 100000);
    pal_intern_free(intern);
}

static void a_text_larger_than_a_block_is_kept(void **state)
{
    (void)state;
    enum { SIZE = 3 * 1024 * 1024 };
    char *large = pal_alloc(SIZE);
    assert_non_null(large);
    memset(large, 'x', SIZE);
    struct pal_intern *intern = NULL;
    uint32_t number = 0;
    assert_int_equal(PAL_OK, pal_intern_new(&intern, NULL));
    add_numbered(intern, 0, 10);
    assert_int_equal(
        PAL_OK, pal_intern_add(intern, (struct pal_view){large, SIZE}, &number, NULL));
    add_numbered(intern, 11, 20);
    assert_int_equal(SIZE, pal_intern_text(intern, 10).size);
    assert_memory_equal(large, pal_intern_text(intern, 10).data, SIZE);
    pal_intern_truncate(intern, 10);
    check_numbered(intern, 10);
    pal_intern_free(intern);
    pal_free(large);
}

static void text_beyond_the_cap_is_refused(void **state)
{
    (void)state;
    enum { PART = 32 * 1024 * 1024 };
    char *large = pal_alloc_zero(PART, 1);
    assert_non_null(large);
    struct pal_intern *intern = NULL;
    struct pal_error err;
    uint32_t number = 0;
    assert_int_equal(PAL_OK, pal_intern_new(&intern, NULL));
    for (int i = 0; i < PAL_INTERN_TEXT_MAX / PART; i++) {
        large[0] = (char)i;
        assert_int_equal(PAL_OK, pal_intern_add(intern, (struct pal_view){large, PART},
                                                &number, &err));
    }
    assert_int_equal(PAL_LIMIT, pal_intern_add(intern, PAL_VIEW("x"), &number, &err));
    assert_int_equal(PAL_INTERN_NONE, number);
    assert_non_null(strstr(err.text, "256 MB"));
    pal_intern_truncate(intern, 1);
    assert_int_equal(PAL_OK, pal_intern_add(intern, PAL_VIEW("x"), &number, &err));
    assert_int_equal(1, number);
    pal_intern_free(intern);
    pal_free(large);
}

static void missing_memory_leaves_what_there_was(void **state)
{
    (void)state;
    bool has_failed = true;
    for (size_t n = 1; has_failed; n++) {
        struct pal_intern *intern = NULL;
        uint32_t done = 0;
        pal_alloc_fail_after(n);
        pal_status status = pal_intern_new(&intern, NULL);
        for (uint32_t i = 0; i < 100000 && status == PAL_OK; i++) {
            char room[64];
            uint32_t number = 0;
            status = pal_intern_add(intern, numbered(room, i), &number, NULL);
            done += status == PAL_OK;
        }
        has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        assert_int_equal(has_failed ? PAL_MEMORY : PAL_OK, status);
        if (intern != NULL) {
            check_numbered(intern, done);
            add_numbered(intern, done, done + 1);
            check_numbered(intern, done + 1);
        }
        pal_intern_free(intern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_kept_once_and_numbered_in_order),
        cmocka_unit_test(empty_and_binary_texts_are_texts),
        cmocka_unit_test(truncating_forgets_the_newest_and_keeps_the_rest),
        cmocka_unit_test(a_text_larger_than_a_block_is_kept),
        cmocka_unit_test(text_beyond_the_cap_is_refused),
        cmocka_unit_test(missing_memory_leaves_what_there_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
