#include "base/share.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct share {
    size_t task_count;
    pal_share_task task;
    void *context;
    atomic_size_t next;
};

struct worker {
    struct share *share;
    size_t number;
    pal_status status;
    struct pal_error err;
};

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct share *share = worker->share;
    while (worker->status == PAL_OK) {
        size_t at = atomic_fetch_add(&share->next, 1);
        if (at >= share->task_count) {
            break;
        }
        worker->status = share->task(share->context, at, worker->number, &worker->err);
    }
    return NULL;
}

pal_status pal_share_out(size_t task_count, int thread_count, pal_share_task task,
                         void *context, struct pal_error *err)
{
    struct share share = {.task_count = task_count, .task = task, .context = context};
    struct worker workers[PAL_SHARE_THREAD_MAX];
    pthread_t threads[PAL_SHARE_THREAD_MAX];
    bool has_thread[PAL_SHARE_THREAD_MAX] = {false};
    size_t count = thread_count < 1                      ? 1
                   : thread_count > PAL_SHARE_THREAD_MAX ? PAL_SHARE_THREAD_MAX
                                                         : (size_t)thread_count;
    pal_status st = PAL_OK;
    atomic_init(&share.next, 0);
    for (size_t i = 0; i < count; i++) {
        workers[i] = (struct worker){.share = &share, .number = i, .status = PAL_OK};
        has_thread[i] =
            i > 0 && pthread_create(&threads[i], NULL, work, &workers[i]) == 0;
    }
    (void)work(&workers[0]);
    for (size_t i = 0; i < count; i++) {
        if (has_thread[i]) {
            (void)pthread_join(threads[i], NULL);
        }
        if (st == PAL_OK && workers[i].status != PAL_OK) {
            st = workers[i].status;
            if (err != NULL) {
                *err = workers[i].err;
            }
        }
    }
    return st;
}
