/*
 * A bounded queue of pointers between one giving and one taking thread.
 */
#ifndef PAL_BASE_QUEUE_H
#define PAL_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct pal_queue;

pal_status pal_queue_new(size_t room, struct pal_queue **out,
                         struct pal_error *err) PAL_MUST_USE;
void pal_queue_free(
    struct pal_queue *queue); /* what is still in it stays the caller's */
/* Waits for room. false when the queue was closed: the item stays the caller's. */
bool pal_queue_put(struct pal_queue *queue, void *item) PAL_MUST_USE;
/* Waits for an item. NULL when the queue is closed and empty. */
void *pal_queue_take(struct pal_queue *queue);
void pal_queue_close(struct pal_queue *queue); /* either side; wakes both */

#endif
