/*
 * The days on which a study's areas have a surge of one kind, put to the test of turns.
 */
#include "detect/study_internal.h"

enum { REPLICATE_COUNT = 9999 };

struct marker {
    const struct pal_surge_study *study;
    const struct pal_turns_question *question;
    size_t first; /* days of the input, 0-based */
    size_t day_count;
    size_t area_count;
    size_t *row; /* of each of the study's areas; SIZE_MAX: not asked about */
    bool *is_surge;
    bool *is_covered;
    size_t surge_count;
    size_t unplaced_count;
    size_t asked_count;
};

static bool is_among(const struct pal_turns_question *question, struct pal_view area)
{
    for (size_t i = 0; question->areas != NULL && i < question->area_count; i++) {
        if (pal_view_is_equal(question->areas[i], area)) {
            return true;
        }
    }
    return question->areas == NULL && pal_surge_is_named(area);
}

/* The days asked about that are among the study's; false when none is. */
static bool find_days(struct marker *marker)
{
    const struct pal_surge_input *input = &marker->study->input;
    const struct pal_turns_question *question = marker->question;
    int64_t first = 0;
    int64_t last = (int64_t)input->day_count - 1;
    if (question->first != PAL_DAY_NONE && question->first > input->first) {
        first = (int64_t)question->first - input->first;
    }
    if (question->last != PAL_DAY_NONE &&
        (int64_t)question->last - input->first < last) {
        last = (int64_t)question->last - input->first;
    }
    marker->first = (size_t)first;
    marker->day_count = first <= last ? (size_t)(last - first) + 1 : 0;
    return first <= last;
}

static void mark_days(struct marker *marker, const struct pal_surge *surge, size_t row)
{
    for (int32_t day = surge->first; day <= surge->last; day++) {
        size_t column = (size_t)(day - marker->study->input.first);
        if (column >= marker->first && column - marker->first < marker->day_count) {
            marker->is_surge[row * marker->day_count + (column - marker->first)] = true;
        }
    }
}

static bool reaches_days(const struct marker *marker, const struct pal_surge *surge)
{
    int32_t first = marker->study->input.first + (int32_t)marker->first;
    return surge->last >= first && surge->first < first + (int32_t)marker->day_count;
}

static void mark_surges(struct marker *marker)
{
    const struct pal_surge_study *study = marker->study;
    for (size_t i = 0; i < study->event_count; i++) {
        const struct pal_surge *surge = &study->events[i].surge;
        bool is_here = false;
        if (study->events[i].kind != marker->question->kind ||
            !reaches_days(marker, surge)) {
            continue;
        }
        for (size_t k = 0; k < surge->area_count; k++) {
            size_t row = marker->row[surge->parts[k].area];
            if (row != SIZE_MAX) {
                mark_days(marker, surge, row);
                is_here = true;
            }
        }
        marker->surge_count += is_here ? 1 : 0;
        marker->unplaced_count += surge->area_count == 0 ? 1 : 0;
    }
}

static void mark_covered(struct marker *marker)
{
    for (size_t area = 0; area < marker->study->input.area_count; area++) {
        const struct pal_baseline *baseline =
            pal_detection_baseline(marker->study->detection, area, PAL_SURGE_ALL);
        if (marker->row[area] == SIZE_MAX) {
            continue;
        }
        marker->asked_count += baseline->status == PAL_FIT_OK ? 1 : 0;
        for (size_t i = 0; i < marker->day_count; i++) {
            const int32_t *covered = baseline->sum_covered + marker->first + i;
            marker->is_covered[marker->row[area] * marker->day_count + i] =
                covered[1] > covered[0];
        }
    }
}

static pal_status take_room(struct marker *marker, struct pal_arena *arena,
                            struct pal_error *err)
{
    const struct pal_surge_study *study = marker->study;
    void *room = NULL;
    pal_status st = pal_arena_alloc(arena, study->input.area_count, sizeof *marker->row,
                                    &room, err);
    marker->row = room;
    for (size_t area = 0; st == PAL_OK && area < study->input.area_count; area++) {
        marker->row[area] = is_among(marker->question, study->areas[area])
                                ? marker->area_count++
                                : SIZE_MAX;
    }
    size_t cells = marker->area_count * marker->day_count + 1;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, cells, sizeof(bool), &room, err);
        marker->is_surge = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, cells, sizeof(bool), &room, err);
        marker->is_covered = room;
    }
    return st;
}

pal_status pal_surge_study_turns(const struct pal_surge_study *study,
                                 const struct pal_turns_question *question,
                                 struct pal_turns *out, struct pal_error *err)
{
    struct marker marker = {.study = study, .question = question};
    struct pal_arena arena;
    *out = (struct pal_turns){.status = PAL_FIT_NO_DATA};
    if (study->detection == NULL || !find_days(&marker)) {
        return PAL_OK;
    }
    pal_arena_init(&arena, (size_t)1 << 30);
    pal_status st = take_room(&marker, &arena, err);
    if (st == PAL_OK && marker.area_count > 0) {
        mark_surges(&marker);
        mark_covered(&marker);
        struct pal_turns_input input = {.area_count = marker.area_count,
                                        .day_count = marker.day_count,
                                        .is_surge = marker.is_surge,
                                        .is_covered = marker.is_covered,
                                        .seed = question->seed,
                                        .replicate_count = REPLICATE_COUNT};
        st = pal_turns_run(&input, out, err);
        out->surge_count = marker.surge_count;
        out->unplaced_count = marker.unplaced_count;
        out->asked_count = marker.asked_count;
    }
    pal_arena_clear(&arena);
    return st;
}
