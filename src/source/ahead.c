/*
 * Reading ahead: a thread inflates a part, piece by piece, in front of whoever reads it. A few
 * pieces go round between the two; an error comes where it would have come without the thread.
 */
#include <pthread.h>
#include <string.h>

#include "base/queue.h"
#include "source/part_internal.h"

enum { PIECE_COUNT = 4, PIECE_SIZE = 256 * 1024 };

struct piece {
    char *data;
    size_t size; /* 0: the end */
    uint64_t bytes_read;
    pal_status status;
    struct pal_error err;
};

struct pal_ahead {
    struct pal_part *part; /* the thread's while it runs */
    struct pal_queue *empty;
    struct pal_queue *full;
    struct piece pieces[PIECE_COUNT];
    char *room;            /* of all pieces */
    struct piece *current; /* the reader's, NULL before the first */
    size_t taken;          /* bytes of it */
    pthread_t thread;
    bool has_thread;
};

static void *inflate_pieces(void *argument)
{
    struct pal_ahead *ahead = argument;
    struct piece *piece = NULL;
    bool is_last = false;

    while (!is_last && (piece = pal_queue_take(ahead->empty)) != NULL) {
        piece->status = pal_part_read_into(ahead->part, piece->data, PIECE_SIZE,
                                           &piece->size, &piece->err);
        piece->bytes_read = pal_part_bytes_read(ahead->part);
        is_last = piece->status != PAL_OK || piece->size == 0;
        if (!pal_queue_put(ahead->full, piece)) {
            break;
        }
    }
    return NULL;
}

static bool has_started(struct pal_ahead *ahead)
{
    if (pal_queue_new(PIECE_COUNT, &ahead->empty, NULL) != PAL_OK ||
        pal_queue_new(PIECE_COUNT, &ahead->full, NULL) != PAL_OK) {
        return false;
    }
    ahead->room = pal_alloc((size_t)PIECE_COUNT * PIECE_SIZE);
    if (ahead->room == NULL) {
        return false;
    }
    for (size_t i = 0; i < PIECE_COUNT; i++) {
        ahead->pieces[i].data = ahead->room + i * PIECE_SIZE;
        PAL_BUG_IF(!pal_queue_put(ahead->empty, &ahead->pieces[i]));
    }
    ahead->has_thread =
        pthread_create(&ahead->thread, NULL, inflate_pieces, ahead) == 0;
    return ahead->has_thread;
}

struct pal_ahead *pal_ahead_new(struct pal_part *part)
{
    struct pal_ahead *ahead = pal_alloc_zero(1, sizeof *ahead);

    if (ahead == NULL) {
        return NULL;
    }
    ahead->part = part;
    if (!has_started(ahead)) {
        ahead->part = NULL;
        pal_ahead_free(ahead);
        return NULL;
    }
    return ahead;
}

void pal_ahead_free(struct pal_ahead *ahead)
{
    if (ahead == NULL) {
        return;
    }
    if (ahead->has_thread) {
        pal_queue_close(ahead->empty);
        pal_queue_close(ahead->full);
        int joined = pthread_join(ahead->thread, NULL);
        PAL_BUG_IF(joined != 0);
    }
    pal_queue_free(ahead->empty);
    pal_queue_free(ahead->full);
    pal_free(ahead->room);
    pal_part_close(ahead->part);
    pal_free(ahead);
}

/* The next piece that the thread has filled, or the last one again. */
static const struct piece *next_piece(struct pal_ahead *ahead)
{
    struct piece *old = ahead->current;

    if (old != NULL && (old->status != PAL_OK || old->size == 0)) {
        return old;
    }
    if (old != NULL) {
        bool is_put = pal_queue_put(ahead->empty, old);
        PAL_BUG_IF(!is_put);
    }
    ahead->current = pal_queue_take(ahead->full);
    PAL_BUG_IF(ahead->current == NULL);
    ahead->taken = 0;
    return ahead->current;
}

pal_status pal_ahead_read(struct pal_ahead *ahead, char *to, size_t room, size_t *size,
                          struct pal_error *err)
{
    const struct piece *piece = ahead->current;

    *size = 0;
    if (piece == NULL || ahead->taken == piece->size) {
        piece = next_piece(ahead);
    }
    if (piece->status != PAL_OK) {
        return pal_fail(err, piece->status, "%s", piece->err.text);
    }
    *size = piece->size - ahead->taken < room ? piece->size - ahead->taken : room;
    if (*size > 0) {
        memcpy(to, piece->data + ahead->taken, *size);
        ahead->taken += *size;
    }
    return PAL_OK;
}

uint64_t pal_ahead_bytes_read(const struct pal_ahead *ahead)
{
    return ahead->current == NULL ? 0 : ahead->current->bytes_read;
}
