#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdalign.h>
#include <string.h>

#include "base/memory.h"

static void the_nth_allocation_fails_and_all_after_it(void **state)
{
    (void)state;
    pal_alloc_fail_after(2);
    void *first = pal_alloc(8);
    void *second = pal_alloc_zero(1, 8);
    void *third = pal_realloc(first, 2, 8);
    assert_true(pal_alloc_has_failed());
    pal_alloc_fail_after(0);
    assert_non_null(first);
    assert_null(second);
    assert_null(third);
    assert_false(pal_alloc_has_failed());
    pal_free(first);
    void *again = pal_alloc(8);
    assert_non_null(again);
    pal_free(again);
}

static void a_count_times_size_that_overflows_is_refused(void **state)
{
    (void)state;
    assert_null(pal_alloc_zero(SIZE_MAX / 2, 3));
    assert_null(pal_realloc(NULL, SIZE_MAX / 2, 3));
}

static void a_string_copy_ends_with_nul(void **state)
{
    (void)state;
    char *copy = pal_string_copy((struct pal_view){"abcdef", 3});
    assert_string_equal("abc", copy);
    pal_free(copy);
}

static void arena_memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1024 * 1024);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t size = 1; size < 3000; size += 7) {
            void *memory = NULL;
            assert_int_equal(PAL_OK, pal_arena_alloc(&arena, 1, size, &memory, &err));
            assert_int_equal(0, (uintptr_t)memory % alignof(max_align_t));
            const unsigned char *bytes = memory;
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(0, bytes[i]);
            }
            memset(memory, 0xFF, size);
        }
        pal_arena_reset(&arena);
        assert_int_equal(0, arena.used);
    }
    pal_arena_clear(&arena);
}

static void an_arena_stops_at_its_cap(void **state)
{
    (void)state;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1000);
    void *memory = NULL;
    assert_int_equal(PAL_OK, pal_arena_alloc(&arena, 1, 900, &memory, &err));
    assert_int_equal(PAL_LIMIT, pal_arena_alloc(&arena, 1, 200, &memory, &err));
    assert_null(memory);
    assert_non_null(strstr(err.text, "1000 bytes"));
    assert_int_equal(PAL_LIMIT,
                     pal_arena_alloc(&arena, SIZE_MAX / 2, 3, &memory, &err));
    assert_int_equal(PAL_LIMIT,
                     pal_arena_alloc(&arena, 1, SIZE_MAX - 1, &memory, &err));
    assert_int_equal(PAL_OK, pal_arena_alloc(&arena, 1, 64, &memory, &err));
    pal_arena_clear(&arena);
}

static void a_large_block_leaves_the_small_ones_in_place(void **state)
{
    (void)state;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, (size_t)10 * 1024 * 1024);
    struct pal_view small;
    struct pal_view text;
    void *large = NULL;
    assert_int_equal(PAL_OK, pal_arena_copy(&arena, PAL_VIEW("small"), &small, &err));
    assert_int_equal(PAL_OK, pal_arena_alloc(&arena, 3, 1024 * 1024, &large, &err));
    assert_int_equal(PAL_OK, pal_arena_format(&arena, &text, &err, "%s-%d", "x", 12));
    memset(large, 1, (size_t)3 * 1024 * 1024);
    assert_string_equal("small", small.data);
    assert_string_equal("x-12", text.data);
    assert_int_equal(4, text.size);
    pal_arena_reset(&arena);
    assert_int_equal(PAL_OK, pal_arena_alloc(&arena, 3, 1024 * 1024, &large, &err));
    pal_arena_clear(&arena);
    pal_arena_clear(NULL);
}

static void an_arena_survives_missing_memory(void **state)
{
    (void)state;
    struct pal_arena arena;
    struct pal_error err;
    pal_arena_init(&arena, 1024 * 1024);
    struct pal_view text;
    pal_alloc_fail_after(1);
    pal_status status = pal_arena_copy(&arena, PAL_VIEW("x"), &text, &err);
    pal_alloc_fail_after(0);
    assert_int_equal(PAL_MEMORY, status);
    assert_null(text.data);
    assert_string_equal("out of memory", err.text);
    assert_int_equal(PAL_OK, pal_arena_copy(&arena, PAL_VIEW("x"), &text, &err));
    pal_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nth_allocation_fails_and_all_after_it),
        cmocka_unit_test(a_count_times_size_that_overflows_is_refused),
        cmocka_unit_test(a_string_copy_ends_with_nul),
        cmocka_unit_test(arena_memory_is_zeroed_and_aligned),
        cmocka_unit_test(an_arena_stops_at_its_cap),
        cmocka_unit_test(a_large_block_leaves_the_small_ones_in_place),
        cmocka_unit_test(an_arena_survives_missing_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
