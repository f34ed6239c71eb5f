/*
 * Histories without a surge: days drawn from the fitted model, or the series' own residuals
 * put together anew in blocks of four weeks. A block begins on a Monday, so weekdays stay
 * weekdays; blocks that a past surge touches, or that are not all covered, are not used.
 */
#include <math.h>

#include "detect/power_internal.h"

/* A day weighs less than this when it lies in a window far above the usual. */
static const double past_surge_weight = 0.5;

static double alpha_at(const struct pal_baseline *b, size_t day)
{
    return b->alpha[b->design->rows[day].is_free != 0 ? 1 : 0];
}

static bool is_covered(const struct pal_baseline *b, size_t day)
{
    return b->sum_covered[day + 1] > b->sum_covered[day];
}

/* All covered, and no past surge in it. */
static bool is_clean(const struct pal_power_source *source, size_t first, size_t days)
{
    const struct pal_baseline *b = source->baseline;
    size_t end = first + days;
    return end <= b->count &&
           b->sum_covered[end] - b->sum_covered[first] == (int32_t)days &&
           source->past[end] == source->past[first];
}

/* The first Monday of the series, 0-based. */
static size_t monday_of(const struct pal_baseline *b)
{
    return (size_t)((7 - pal_weekday_of(b->first)) % 7);
}

static pal_status find_blocks(struct pal_power_source *source, struct pal_arena *arena,
                              struct pal_error *err)
{
    const struct pal_baseline *b = source->baseline;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, b->count / 7 + 1, sizeof *source->blocks, &room, err);
    source->blocks = room;
    for (size_t first = monday_of(b); st == PAL_OK && first < b->count; first += 7) {
        if (is_clean(source, first, PAL_POWER_BLOCK_DAYS)) {
            source->blocks[source->block_count++] = first;
        }
    }
    return st;
}

static pal_status find_starts(struct pal_power_source *source, size_t which,
                              int32_t length, struct pal_arena *arena,
                              struct pal_error *err)
{
    const struct pal_baseline *b = source->baseline;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, b->count + 1, sizeof *source->starts[which], &room, err);
    source->starts[which] = room;
    for (size_t first = 0; st == PAL_OK && first < b->count; first++) {
        if (is_clean(source, first, (size_t)length)) {
            source->starts[which][source->start_counts[which]++] = (uint32_t)first;
        }
    }
    return st;
}

pal_status pal_power_source_fill(struct pal_power_source *source,
                                 const struct pal_baseline *baseline,
                                 const struct pal_power_setting *setting,
                                 struct pal_arena *arena, struct pal_error *err)
{
    void *room = NULL;
    *source = (struct pal_power_source){.baseline = baseline};
    pal_status st = pal_arena_alloc(arena, baseline->count + 1,
                                    sizeof *source->observed, &room, err);
    source->observed = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, baseline->count + 1, sizeof *source->past, &room,
                             err);
        source->past = room;
    }
    for (size_t i = 0; st == PAL_OK && i < baseline->count; i++) {
        source->observed[i] = baseline->sum_observed[i + 1] - baseline->sum_observed[i];
        source->past[i + 1] =
            source->past[i] +
            (is_covered(baseline, i) && baseline->weight[i] < past_surge_weight ? 1
                                                                                : 0);
    }
    if (st == PAL_OK) {
        st = find_blocks(source, arena, err);
    }
    for (size_t i = 0; st == PAL_OK && i < setting->days_count; i++) {
        st = find_starts(source, i, setting->days[i], arena, err);
    }
    return st;
}

static double deviation(const struct pal_baseline *b, size_t day)
{
    double mean = b->expected[day];
    return sqrt(mean + alpha_at(b, day) * mean * mean);
}

static double model_day(const struct pal_baseline *b, size_t day,
                        struct pal_random *random)
{
    double mean = b->expected[day];
    double alpha = alpha_at(b, day);
    return (double)(alpha > 1e-9 ? pal_random_negative_binomial(random, mean, 1 / alpha)
                                 : pal_random_poisson(random, mean));
}

/* The residual of another day in units of its deviation, on this day; rounded to a whole
 * number by chance, so that the mean stays. */
static double resampled_day(const struct pal_power_source *source, size_t from,
                            size_t day, struct pal_random *random)
{
    const struct pal_baseline *b = source->baseline;
    double spread = deviation(b, from);
    double z = spread > 0 ? (source->observed[from] - b->expected[from]) / spread : 0;
    double value = b->expected[day] + z * deviation(b, day);
    return value <= 0 ? 0 : floor(value + pal_random_uniform(random));
}

static void draw_block(const struct pal_power_source *source, size_t first, size_t last,
                       struct pal_random *random, double *counts)
{
    const struct pal_baseline *b = source->baseline;
    size_t shift = (size_t)((pal_weekday_of(b->first) + (int32_t)(first % 7)) % 7);
    size_t from = source->blocks[pal_random_below(random, source->block_count)] + shift;
    for (size_t i = first; i <= last; i++) {
        counts[i] =
            is_covered(b, i) ? resampled_day(source, from + (i - first), i, random) : 0;
    }
}

void pal_power_history_draw(const struct pal_power_source *source, bool is_resampled,
                            struct pal_random *random, double *counts)
{
    const struct pal_baseline *b = source->baseline;
    size_t monday = monday_of(b);
    if (!is_resampled) {
        for (size_t i = 0; i < b->count; i++) {
            counts[i] = is_covered(b, i) ? model_day(b, i, random) : 0;
        }
        return;
    }
    if (monday > 0) {
        draw_block(source, 0, (monday < b->count ? monday : b->count) - 1, random,
                   counts);
    }
    for (size_t first = monday; first < b->count; first += PAL_POWER_BLOCK_DAYS) {
        size_t end = first + PAL_POWER_BLOCK_DAYS;
        draw_block(source, first, (end < b->count ? end : b->count) - 1, random,
                   counts);
    }
}
