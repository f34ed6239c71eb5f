#include "base/queue.h"

#include <pthread.h>
#include <stdint.h>

#include "base/memory.h"

struct pal_queue {
    pthread_mutex_t lock;
    pthread_cond_t has_room;
    pthread_cond_t has_item;
    bool is_closed;
    size_t first;
    size_t count;
    size_t room;
    void *items[];
};

pal_status pal_queue_new(size_t room, struct pal_queue **out, struct pal_error *err)
{
    *out = NULL;
    PAL_BUG_IF(room == 0 || room > SIZE_MAX / sizeof(void *) / 2);
    struct pal_queue *queue =
        pal_alloc_zero(1, sizeof *queue + room * sizeof queue->items[0]);
    if (queue == NULL) {
        return pal_fail_memory(err);
    }
    queue->room = room;
    /* glibc and musl never fail here; elsewhere the reason is missing memory. */
    if (pthread_mutex_init(&queue->lock, NULL) != 0) {
        pal_free(queue);
        return pal_fail_memory(err);
    }
    if (pthread_cond_init(&queue->has_room, NULL) != 0) {
        (void)pthread_mutex_destroy(&queue->lock);
        pal_free(queue);
        return pal_fail_memory(err);
    }
    if (pthread_cond_init(&queue->has_item, NULL) != 0) {
        (void)pthread_cond_destroy(&queue->has_room);
        (void)pthread_mutex_destroy(&queue->lock);
        pal_free(queue);
        return pal_fail_memory(err);
    }
    *out = queue;
    return PAL_OK;
}

void pal_queue_free(struct pal_queue *queue)
{
    if (queue == NULL) {
        return;
    }
    (void)pthread_cond_destroy(&queue->has_item);
    (void)pthread_cond_destroy(&queue->has_room);
    (void)pthread_mutex_destroy(&queue->lock);
    pal_free(queue);
}

bool pal_queue_put(struct pal_queue *queue, void *item)
{
    PAL_BUG_IF(item == NULL);
    (void)pthread_mutex_lock(&queue->lock);
    while (queue->count == queue->room && !queue->is_closed) {
        (void)pthread_cond_wait(&queue->has_room, &queue->lock);
    }
    bool is_open = !queue->is_closed;
    if (is_open) {
        queue->items[(queue->first + queue->count) % queue->room] = item;
        queue->count++;
        (void)pthread_cond_signal(&queue->has_item);
    }
    (void)pthread_mutex_unlock(&queue->lock);
    return is_open;
}

void *pal_queue_take(struct pal_queue *queue)
{
    void *item = NULL;
    (void)pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->is_closed) {
        (void)pthread_cond_wait(&queue->has_item, &queue->lock);
    }
    if (queue->count > 0) {
        item = queue->items[queue->first];
        queue->first = (queue->first + 1) % queue->room;
        queue->count--;
        (void)pthread_cond_signal(&queue->has_room);
    }
    (void)pthread_mutex_unlock(&queue->lock);
    return item;
}

void pal_queue_close(struct pal_queue *queue)
{
    (void)pthread_mutex_lock(&queue->lock);
    queue->is_closed = true;
    (void)pthread_cond_broadcast(&queue->has_room);
    (void)pthread_cond_broadcast(&queue->has_item);
    (void)pthread_mutex_unlock(&queue->lock);
}
