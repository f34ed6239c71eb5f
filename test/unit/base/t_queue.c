#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <pthread.h>

#include "base/memory.h"
#include "base/queue.h"

enum { ITEM_COUNT = 10000 };

static int items[ITEM_COUNT];

static void *give_all(void *argument)
{
    struct pal_queue *queue = argument;
    for (int i = 0; i < ITEM_COUNT; i++) {
        items[i] = i;
        if (!pal_queue_put(queue, &items[i])) {
            return NULL;
        }
    }
    pal_queue_close(queue);
    return NULL;
}

static void items_arrive_once_and_in_order(void **state)
{
    (void)state;
    static const size_t rooms[] = {1, 2, 64};
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        struct pal_queue *queue = NULL;
        pthread_t giver;
        assert_int_equal(PAL_OK, pal_queue_new(rooms[i], &queue, NULL));
        assert_int_equal(0, pthread_create(&giver, NULL, give_all, queue));
        int count = 0;
        for (const int *item = pal_queue_take(queue); item != NULL;
             item = pal_queue_take(queue)) {
            assert_int_equal(count, *item);
            count++;
        }
        assert_int_equal(0, pthread_join(giver, NULL));
        assert_int_equal(ITEM_COUNT, count);
        assert_null(pal_queue_take(queue));
        pal_queue_free(queue);
    }
}

static void a_giver_that_waits_is_woken_by_closing(void **state)
{
    (void)state;
    struct pal_queue *queue = NULL;
    pthread_t giver;
    assert_int_equal(PAL_OK, pal_queue_new(2, &queue, NULL));
    assert_int_equal(0, pthread_create(&giver, NULL, give_all, queue));
    assert_non_null(pal_queue_take(queue));
    pal_queue_close(queue);
    assert_int_equal(0, pthread_join(giver, NULL));
    assert_false(pal_queue_put(queue, &items[0]));
    for (int left = 0; pal_queue_take(queue) != NULL; left++) {
        assert_true(left < 2);
    }
    pal_queue_free(queue);
    pal_queue_free(NULL);
}

static void missing_memory_is_reported(void **state)
{
    (void)state;
    struct pal_queue *queue = NULL;
    pal_alloc_fail_after(1);
    pal_status status = pal_queue_new(2, &queue, NULL);
    pal_alloc_fail_after(0);
    assert_int_equal(PAL_MEMORY, status);
    assert_null(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_arrive_once_and_in_order),
        cmocka_unit_test(a_giver_that_waits_is_woken_by_closing),
        cmocka_unit_test(missing_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
