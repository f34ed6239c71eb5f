/*
 * Tasks shared out to threads: each takes the next one until none is left. For work whose parts
 * do not depend on each other, so that the result does not depend on the number of threads.
 */
#ifndef PAL_BASE_SHARE_H
#define PAL_BASE_SHARE_H

#include <stddef.h>

#include "base/error.h"

enum { PAL_SHARE_THREAD_MAX = 8 };

/* Does task number `task` of `context`; `worker`, below PAL_SHARE_THREAD_MAX, says whose memory
 * it may use. */
typedef pal_status (*pal_share_task)(void *context, size_t task, size_t worker,
                                     struct pal_error *err);

/* Runs tasks 0 to task_count - 1 in the calling thread and others, `thread_count` in all, cut
 * to 1 and PAL_SHARE_THREAD_MAX; a thread that cannot be had is done without. A worker whose
 * task fails takes no further one; the first such worker's failure is returned. */
pal_status pal_share_out(size_t task_count, int thread_count, pal_share_task task,
                         void *context, struct pal_error *err) PAL_MUST_USE;

#endif
