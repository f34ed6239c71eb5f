/*
 * The growing lists of tallies.
 */
#include <string.h>

#include "measure/figures_internal.h"

static pal_status grow(struct pal_tally **items, size_t count, size_t *room,
                       struct pal_error *err)
{
    if (count < *room) {
        return PAL_OK;
    }
    size_t larger = *room == 0 ? 64 : *room * 2;
    struct pal_tally *moved = pal_realloc(*items, larger, sizeof **items);
    if (moved == NULL) {
        return pal_fail_memory(err);
    }
    *items = moved;
    *room = larger;
    return PAL_OK;
}

pal_status pal_tallies_add(struct pal_tallies *tallies, const struct pal_tally *tally,
                           struct pal_error *err)
{
    if (tallies->count == PAL_MEASURE_ROW_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %d figures; ask for fewer dimensions or fewer days",
                        PAL_MEASURE_ROW_MAX);
    }
    pal_status st = grow(&tallies->items, tallies->count, &tallies->room, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_tally *added = &tallies->items[tallies->count];
    *added = *tally;
    for (size_t i = 0; i < PAL_MEASURE_DIMENSION_MAX; i++) {
        st = pal_arena_copy(tallies->arena, tally->keys[i], &added->keys[i], err);
        if (st != PAL_OK) {
            return st;
        }
    }
    tallies->count++;
    return PAL_OK;
}

pal_status pal_tallies_add_combination(struct pal_tallies *tallies,
                                       const struct pal_tally *tally,
                                       struct pal_error *err)
{
    pal_status st = grow(&tallies->combinations, tallies->combination_count,
                         &tallies->combination_room, err);
    if (st == PAL_OK) {
        tallies->combinations[tallies->combination_count++] = *tally;
    }
    return st;
}

void pal_tallies_clear(struct pal_tallies *tallies)
{
    pal_free(tallies->items);
    pal_free(tallies->combinations);
    memset(tallies, 0, sizeof *tallies);
}
