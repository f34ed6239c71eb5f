/* Tasks shared out to threads are each done once, and a failure is told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <stdbool.h>

#include "base/share.h"

enum { TASK_COUNT = 1000 };

struct done {
    atomic_int times[TASK_COUNT];
    atomic_int
        in_use[PAL_SHARE_THREAD_MAX]; /* a worker's memory is one task's at a time */
    atomic_bool has_clash;
    size_t fails_at; /* TASK_COUNT: nowhere */
};

static pal_status task(void *context, size_t at, size_t worker, struct pal_error *err)
{
    struct done *done = context;
    if (worker >= PAL_SHARE_THREAD_MAX || atomic_fetch_add(&done->in_use[worker], 1)) {
        atomic_store(&done->has_clash, true);
    }
    atomic_fetch_add(&done->times[at], 1);
    atomic_fetch_sub(&done->in_use[worker], 1);
    return at == done->fails_at ? pal_fail(err, PAL_INPUT, "task %zu", at) : PAL_OK;
}

static void each_task_is_done_once_with_any_number_of_threads(void **state)
{
    static const int thread_counts[] = {-1, 0, 1, 2, 4, 8, 100};
    (void)state;
    for (size_t i = 0; i < sizeof thread_counts / sizeof thread_counts[0]; i++) {
        static struct done done;
        struct pal_error err = {PAL_OK, ""};
        done = (struct done){.fails_at = TASK_COUNT};
        assert_int_equal(pal_share_out(TASK_COUNT, thread_counts[i], task, &done, &err),
                         PAL_OK);
        assert_false(atomic_load(&done.has_clash));
        for (size_t at = 0; at < TASK_COUNT; at++) {
            assert_int_equal(atomic_load(&done.times[at]), 1);
        }
    }
}

static void no_task_is_no_work(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    assert_int_equal(pal_share_out(0, 4, task, NULL, &err), PAL_OK);
}

static void a_task_that_fails_stops_its_worker_and_is_told(void **state)
{
    static struct done done;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    done = (struct done){.fails_at = 3};
    assert_int_equal(pal_share_out(TASK_COUNT, 1, task, &done, &err), PAL_INPUT);
    assert_string_equal(err.text, "task 3");
    assert_int_equal(atomic_load(&done.times[3]), 1);
    assert_int_equal(atomic_load(&done.times[4]), 0);
    done = (struct done){.fails_at = 3};
    assert_int_equal(pal_share_out(TASK_COUNT, 4, task, &done, NULL), PAL_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_is_done_once_with_any_number_of_threads),
        cmocka_unit_test(no_task_is_no_work),
        cmocka_unit_test(a_task_that_fails_stops_its_worker_and_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
