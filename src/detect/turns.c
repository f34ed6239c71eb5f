/*
 * The statistic of turns and its permutations: circular shifts of each area's own weeks
 * (as for the dependence of point processes, Lotwick & Silverman 1982), on the weeks in
 * which all areas are covered.
 */
#include "detect/turns.h"

#include <stdlib.h>
#include <string.h>

#include "stat/random.h"

struct turns {
    const struct pal_turns_input *input;
    size_t day_count;  /* of the weeks used, one after the other */
    size_t *days;      /* the input's day of each */
    size_t area_count; /* with a surge */
    size_t *areas;
    size_t *begin;     /* of an area's days of surge, area_count + 1 */
    uint32_t *surges;  /* days, 0..day_count - 1 */
    uint32_t *meeting; /* areas in surge, by day */
    double *found;     /* the statistic, by replicate */
};

static bool is_covered(const struct pal_turns_input *input, size_t area, size_t day)
{
    return input->is_covered == NULL ||
           input->is_covered[area * input->day_count + day];
}

static bool has_surge(const struct pal_turns_input *input, size_t area)
{
    for (size_t i = 0; i < input->day_count; i++) {
        if (input->is_surge[area * input->day_count + i]) {
            return true;
        }
    }
    return false;
}

static bool is_whole_week(const struct turns *turns, size_t week)
{
    const struct pal_turns_input *input = turns->input;
    for (size_t k = 0; k < turns->area_count; k++) {
        for (size_t i = week; i < week + 7; i++) {
            if (!is_covered(input, turns->areas[k], i)) {
                return false;
            }
        }
    }
    return true;
}

/* Weeks from the first day on, every day of which is covered in every area that has a
 * surge. */
static void find_weeks(struct turns *turns)
{
    const struct pal_turns_input *input = turns->input;
    for (size_t area = 0; area < input->area_count; area++) {
        if (has_surge(input, area)) {
            turns->areas[turns->area_count++] = area;
        }
    }
    for (size_t week = 0; week + 7 <= input->day_count; week += 7) {
        for (size_t i = week; is_whole_week(turns, week) && i < week + 7; i++) {
            turns->days[turns->day_count++] = i;
        }
    }
}

static void find_surges(struct turns *turns)
{
    const struct pal_turns_input *input = turns->input;
    size_t count = 0;
    size_t kept = 0;
    for (size_t k = 0; k < turns->area_count; k++) {
        size_t before = count;
        const bool *is_surge = input->is_surge + turns->areas[k] * input->day_count;
        for (size_t i = 0; i < turns->day_count; i++) {
            if (is_surge[turns->days[i]]) {
                turns->surges[count++] = (uint32_t)i;
            }
        }
        if (count > before) {
            turns->begin[kept++] = before;
        }
    }
    turns->begin[kept] = count;
    turns->area_count = kept;
}

/* Other areas in surge on a mean day of a surge, with areas shifted by whole weeks. */
static double measure(struct turns *turns, struct pal_random *random)
{
    uint64_t pairs = 0;
    uint64_t weeks = turns->day_count / 7;
    memset(turns->meeting, 0, turns->day_count * sizeof *turns->meeting);
    for (size_t area = 0; area < turns->area_count; area++) {
        size_t shift = random == NULL ? 0 : 7 * pal_random_below(random, weeks);
        for (size_t i = turns->begin[area]; i < turns->begin[area + 1]; i++) {
            size_t day = turns->surges[i] + shift;
            day = day >= turns->day_count ? day - turns->day_count : day;
            /* One more makes a pair with each that is there, counted from both sides. */
            pairs += 2 * (uint64_t)turns->meeting[day]++;
        }
    }
    return (double)pairs / (double)turns->begin[turns->area_count];
}

/* After a measure without shifts: days of a surge on which no other area has one. */
static size_t count_alone(const struct turns *turns)
{
    size_t count = 0;
    for (size_t day = 0; day < turns->day_count; day++) {
        count += turns->meeting[day] == 1 ? 1 : 0;
    }
    return count;
}

static int compare_number(const void *a, const void *b)
{
    const double *left = a;
    const double *right = b;
    return *left < *right ? -1 : *left > *right;
}

static void permute(struct turns *turns, struct pal_turns *out)
{
    size_t count = turns->input->replicate_count;
    size_t few = 0;
    size_t many = 0;
    double sum = 0;
    for (size_t r = 0; r < count; r++) {
        struct pal_random random;
        pal_random_init(&random, turns->input->seed, r);
        double found = measure(turns, &random);
        turns->found[r] = found;
        sum += found;
        few += found <= out->together ? 1 : 0;
        many += found >= out->together ? 1 : 0;
    }
    qsort(turns->found, count, sizeof *turns->found, compare_number);
    out->by_chance = sum / (double)count;
    out->low = turns->found[(size_t)(0.025 * (double)count)];
    out->high = turns->found[count - 1 - (size_t)(0.025 * (double)count)];
    out->p_turns = (double)(few + 1) / (double)(count + 1);
    out->p_together = (double)(many + 1) / (double)(count + 1);
}

static pal_status take_room(struct turns *turns, struct pal_arena *arena,
                            struct pal_error *err)
{
    const struct pal_turns_input *input = turns->input;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, input->day_count, sizeof *turns->days, &room, err);
    turns->days = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, input->area_count + 1, sizeof *turns->begin, &room,
                             err);
        turns->begin = room;
    }
    if (st == PAL_OK) {
        st =
            pal_arena_alloc(arena, input->area_count, sizeof *turns->areas, &room, err);
        turns->areas = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, input->area_count * input->day_count,
                             sizeof *turns->surges, &room, err);
        turns->surges = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, input->day_count, sizeof *turns->meeting, &room,
                             err);
        turns->meeting = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, input->replicate_count, sizeof *turns->found, &room,
                             err);
        turns->found = room;
    }
    return st;
}

enum pal_turns_answer pal_turns_answer(const struct pal_turns *turns)
{
    if (turns->status != PAL_FIT_OK) {
        return PAL_TURNS_UNKNOWN;
    }
    if (turns->together < turns->low) {
        return PAL_TURNS_IN_TURN;
    }
    return turns->together > turns->high ? PAL_TURNS_TOGETHER : PAL_TURNS_NEITHER;
}

pal_status pal_turns_run(const struct pal_turns_input *input, struct pal_turns *out,
                         struct pal_error *err)
{
    struct turns turns = {.input = input};
    struct pal_arena arena;
    *out = (struct pal_turns){.status = PAL_FIT_TOO_FEW};
    if (input->area_count == 0 || input->day_count == 0 ||
        input->area_count > SIZE_MAX / sizeof(uint32_t) / input->day_count ||
        input->replicate_count < 19 || input->replicate_count > 1000000) {
        return pal_fail(err, PAL_INPUT,
                        "turns need areas, days, and 19 to a million replicates");
    }
    pal_arena_init(&arena, (size_t)1 << 30);
    pal_status st = take_room(&turns, &arena, err);
    if (st == PAL_OK) {
        find_weeks(&turns);
        find_surges(&turns);
        out->area_count = turns.area_count;
        out->surge_days = turns.begin[turns.area_count];
    }
    if (st == PAL_OK && turns.area_count >= 2 &&
        turns.day_count >= PAL_TURNS_DAYS_MIN) {
        out->status = PAL_FIT_OK;
        out->together = measure(&turns, NULL);
        out->alone_days = count_alone(&turns);
        permute(&turns, out);
    }
    pal_arena_clear(&arena);
    return st;
}
