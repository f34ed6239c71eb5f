#include "measure/requests.h"

#include "measure/measure_internal.h"

static pal_status take(const struct pal_value *row, struct pal_arena *arena,
                       struct pal_request_count *out, struct pal_error *err)
{
    out->day = row[0].kind == PAL_VALUE_NULL ? PAL_DAY_NONE : (int32_t)row[0].integer;
    out->count = row[4].integer;
    pal_status st = pal_arena_copy(arena, row[1].text, &out->state, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(arena, row[2].text, &out->city, err);
    }
    return st == PAL_OK ? pal_arena_copy(arena, row[3].text, &out->type, err) : st;
}

/* Room for one more, doubled; the old rows stay in the arena until it is cleared. */
static pal_status grow(struct pal_arena *arena, struct pal_request_count **items,
                       size_t count, size_t *room, struct pal_error *err)
{
    void *memory = NULL;
    if (count < *room) {
        return PAL_OK;
    }
    if (count >= PAL_MEASURE_ROW_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d days, places and types",
                        PAL_MEASURE_ROW_MAX);
    }
    *room = *room == 0 ? 1024 : *room * 2;
    pal_status st = pal_arena_alloc(arena, *room, sizeof **items, &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_request_count *grown = memory;
    for (size_t i = 0; i < count; i++) {
        grown[i] = (*items)[i];
    }
    *items = grown;
    return PAL_OK;
}

pal_status pal_requests_count(struct pal_store *store, struct pal_arena *arena,
                              struct pal_request_count **out, size_t *count,
                              struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    struct pal_request_count *items = NULL;
    size_t taken = 0;
    size_t room = 0;
    *out = NULL;
    *count = 0;
    pal_status st = pal_store_query(store, pal_measure_frame("request_days.sql"), NULL,
                                    0, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        st = grow(arena, &items, taken, &room, err);
        if (st == PAL_OK) {
            st = take(row, arena, &items[taken++], err);
        }
    }
    pal_cursor_close(cursor);
    if (st == PAL_OK) {
        *out = items;
        *count = taken;
    }
    return st;
}
