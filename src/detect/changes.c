/*
 * Lasting changes of level of all series, apart from surges.
 */
#include <string.h>

#include "detect/baseline_internal.h"
#include "detect/surge_internal.h"

enum { CHANGE_MAX = 20000 };

/* A change is told when the level moves by a quarter. */
static const double ratio_min = 1.25;

static pal_status add(struct pal_detection *detection, size_t *room,
                      const struct pal_level_change *change, struct pal_error *err)
{
    if (detection->change_count == CHANGE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d changes of level", CHANGE_MAX);
    }
    if (detection->change_count == *room) {
        size_t larger = *room == 0 ? 64 : *room * 2;
        void *moved = NULL;
        pal_status st = pal_arena_alloc(&detection->arena, larger,
                                        sizeof *detection->changes, &moved, err);
        if (st != PAL_OK) {
            return st;
        }
        if (*room > 0) {
            memcpy(moved, detection->changes, *room * sizeof *detection->changes);
        }
        detection->changes = moved;
        *room = larger;
    }
    detection->changes[detection->change_count++] = *change;
    return PAL_OK;
}

pal_status pal_changes_find(const struct pal_lines *lines,
                            struct pal_detection *detection, struct pal_error *err)
{
    struct pal_step steps[PAL_STEP_MAX];
    size_t room = 0;
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < lines->count; i++) {
        const struct pal_line *line = &lines->items[i];
        size_t count = 0;
        if (line->is_searched) {
            st = pal_steps_find(&line->baseline, ratio_min, steps, &count, err);
        }
        for (size_t k = 0; st == PAL_OK && k < count; k++) {
            struct pal_level_change change = {
                line->area, line->group, line->series.first + (int32_t)steps[k].day,
                steps[k].before, steps[k].after};
            st = add(detection, &room, &change, err);
        }
    }
    return st;
}
