/*
 * The power calculation as a whole: series by replicates as tasks for threads, each with a
 * stream of random numbers of its own, then counts, intervals and the smallest surge seen. The
 * result does not depend on the threads.
 */
#include "detect/power.h"

#include <math.h>
#include <string.h>

#include "base/share.h"
#include "detect/power_internal.h"
#include "stat/interval.h"

static const size_t arena_max = (size_t)2 << 30;
static const double weeks_a_year = 365.25 / 7;
static const double days_a_year = 365.25;
/* At which alarms in histories without surges are common enough to be counted. */
static const double loose_alarms = 0.05;
static const double level = 0.95;

/* A window's threshold and the alarms a series-year it may give, at most: as many windows
 * begin in a week. */
static double limit_of(double alarms)
{
    return alarms / (weeks_a_year * PAL_WINDOWS_A_WEEK);
}

static double alarms_of(double p_limit)
{
    return p_limit * weeks_a_year * PAL_WINDOWS_A_WEEK;
}

struct pool {
    struct pal_power *power;
    struct pal_power_source *sources; /* a line each */
    struct pal_power_trial *trials;   /* [line * replicate_count + replicate] */
    struct pal_arena arenas[PAL_SHARE_THREAD_MAX];
};

/* Every other replicate where both are wanted. */
static enum pal_power_history null_of(const struct pal_power_setting *setting,
                                      const struct pal_power_source *source,
                                      size_t replicate)
{
    if (setting->history == PAL_POWER_MODEL ||
        source->block_count < PAL_POWER_BLOCK_LEAST ||
        (setting->history == PAL_POWER_OWN && replicate % 2 == 0)) {
        return PAL_POWER_MODEL;
    }
    return PAL_POWER_RESAMPLED;
}

static pal_status try_one(void *context, size_t at, size_t worker,
                          struct pal_error *err)
{
    struct pool *pool = context;
    const struct pal_power *power = pool->power;
    size_t replicates = power->setting.replicate_count;
    size_t line = at / replicates;
    if (!power->lines[line].is_searched) {
        return PAL_OK;
    }
    const struct pal_power_source *source = &pool->sources[line];
    const struct pal_surge_tail *tail = &source->baseline->tail;
    struct pal_power_task task = {
        .source = source,
        .setting = &power->setting,
        .log_p_limits = {pal_tail_needed(tail, -log(power->own[0].p_limit)),
                         pal_tail_needed(tail, -log(power->loose[0].p_limit))},
        .null = null_of(&power->setting, source, at % replicates),
        .stream = ((uint64_t)line << 32) | (at % replicates)};
    pal_status st = pal_power_try(&task, &pool->arenas[worker], &pool->trials[at], err);
    pal_arena_reset(&pool->arenas[worker]);
    return st;
}

static pal_status run_all(struct pool *pool, struct pal_error *err)
{
    const struct pal_power *power = pool->power;
    for (size_t i = 0; i < PAL_SHARE_THREAD_MAX; i++) {
        pal_arena_init(&pool->arenas[i], arena_max);
    }
    pal_status st = pal_share_out(power->line_count * power->setting.replicate_count,
                                  power->setting.thread_count, try_one, pool, err);
    for (size_t i = 0; i < PAL_SHARE_THREAD_MAX; i++) {
        pal_arena_clear(&pool->arenas[i]);
    }
    return st;
}

/* ---- what the trials came to ---- */

static pal_status count_seen(const struct pool *pool, size_t line,
                             struct pal_error *err)
{
    const struct pal_power_setting *setting = &pool->power->setting;
    struct pal_power_line *out = &pool->power->lines[line];
    size_t replicates = setting->replicate_count;
    const struct pal_power_trial *trials = pool->trials + line * replicates;
    pal_status st = PAL_OK;
    for (size_t d = 0; st == PAL_OK && d < setting->days_count; d++) {
        for (size_t e = 0; st == PAL_OK && e < setting->effect_count; e++) {
            struct pal_power_cell *cell = &out->cells[d * setting->effect_count + e];
            struct pal_interval interval;
            for (size_t r = 0; r < replicates; r++) {
                cell->seen += trials[r].smallest[d] <= e ? 1 : 0;
            }
            cell->power = (double)cell->seen / (double)replicates;
            st = pal_interval_share_exact((int64_t)cell->seen, (int64_t)replicates,
                                          level, &interval, err);
            cell->low = interval.low;
            cell->high = interval.high;
        }
    }
    return st;
}

static pal_status count_alarms(const struct pool *pool, size_t which,
                               enum pal_power_history null,
                               struct pal_power_alarms *out, struct pal_error *err)
{
    const struct pal_power *power = pool->power;
    size_t replicates = power->setting.replicate_count;
    struct pal_interval interval;
    for (size_t i = 0; i < power->line_count; i++) {
        if (!power->lines[i].is_searched) {
            continue;
        }
        for (size_t r = 0; r < replicates; r++) {
            if (null_of(&power->setting, &pool->sources[i], r) == null) {
                out->count += pool->trials[i * replicates + r].alarms[which];
                out->series_years +=
                    (double)pool->sources[i].baseline->covered_count / days_a_year;
            }
        }
    }
    if (out->series_years <= 0) {
        return PAL_OK;
    }
    pal_status st = pal_interval_count((int64_t)out->count, level, &interval, err);
    out->low = interval.low / out->series_years;
    out->high = interval.high / out->series_years;
    return st;
}

/* Between the last effect that falls short and the first that does not, in a straight line. */
static void find_smallest(const struct pal_power_setting *setting,
                          struct pal_power_line *line)
{
    for (size_t d = 0; d < setting->days_count; d++) {
        const struct pal_power_cell *row = line->cells + d * setting->effect_count;
        size_t e = 0;
        while (e < setting->effect_count && row[e].power < setting->wanted) {
            e++;
        }
        if (e == setting->effect_count) {
            line->smallest[d] = 0;
        } else if (e == 0) {
            line->smallest[d] = setting->effects[0];
        } else {
            double share = (setting->wanted - row[e - 1].power) /
                           (row[e].power - row[e - 1].power);
            line->smallest[d] = setting->effects[e - 1] +
                                share * (setting->effects[e] - setting->effects[e - 1]);
        }
    }
}

static void find_usual(const struct pal_power_setting *setting,
                       const struct pal_power_source *source,
                       struct pal_power_line *line)
{
    const struct pal_baseline *b = source->baseline;
    for (size_t d = 0; d < setting->days_count; d++) {
        double sum = 0;
        size_t count = source->start_counts[d];
        line->has_room[d] = count > 0;
        for (size_t i = 0; i < count; i++) {
            size_t first = source->starts[d][i];
            sum += b->sum_expected[first + (size_t)setting->days[d]] -
                   b->sum_expected[first];
        }
        for (size_t e = 0; e < setting->effect_count; e++) {
            line->cells[d * setting->effect_count + e].usual =
                count > 0 ? sum / (double)count : 0;
        }
    }
}

/* ---- the call ---- */

static pal_status check(const struct pal_power_setting *setting, struct pal_error *err)
{
    if (setting->effect_count == 0 || setting->effect_count > PAL_POWER_EFFECT_MAX ||
        setting->days_count == 0 || setting->days_count > PAL_POWER_DAYS_MAX) {
        return pal_fail(err, PAL_INPUT, "1 to %d sizes and 1 to %d lengths are tried",
                        PAL_POWER_EFFECT_MAX, PAL_POWER_DAYS_MAX);
    }
    for (size_t i = 0; i < setting->effect_count; i++) {
        double before = i == 0 ? 1 : setting->effects[i - 1];
        if (!(setting->effects[i] >= before && setting->effects[i] <= 100)) {
            return pal_fail(err, PAL_INPUT, "sizes are from 1 to 100 times the usual");
        }
    }
    for (size_t i = 0; i < setting->days_count; i++) {
        int32_t before = i == 0 ? 1 : setting->days[i - 1];
        if (setting->days[i] < before || setting->days[i] > PAL_POWER_LENGTH_MAX) {
            return pal_fail(err, PAL_INPUT, "lengths are from 1 to %d days",
                            PAL_POWER_LENGTH_MAX);
        }
    }
    if (!(setting->wanted > 0 && setting->wanted < 1) ||
        !(setting->false_alarms >= 0 && setting->false_alarms <= 10)) {
        return pal_fail(err, PAL_INPUT,
                        "the wanted power lies between 0 and 1, false alarms between 0 "
                        "and 10 a series-year");
    }
    if (!setting->is_quick && (setting->replicate_count == 0 ||
                               setting->replicate_count > PAL_POWER_REPLICATE_MAX)) {
        return pal_fail(err, PAL_INPUT, "replicates are from 1 to %d",
                        PAL_POWER_REPLICATE_MAX);
    }
    return PAL_OK;
}

static pal_status copy(struct pal_arena *arena, const void *from, size_t count,
                       size_t size, void **out, struct pal_error *err)
{
    pal_status st = pal_arena_alloc(arena, count, size, out, err);
    if (st == PAL_OK) {
        memcpy(*out, from, count * size);
    }
    return st;
}

static pal_status take_lines(struct pal_power *power,
                             const struct pal_power_series *series, size_t series_count,
                             struct pal_error *err)
{
    struct pal_power_setting *setting = &power->setting;
    void *room = NULL;
    pal_status st = copy(&power->arena, setting->effects, setting->effect_count,
                         sizeof *setting->effects, &room, err);
    setting->effects = room;
    if (st == PAL_OK) {
        st = copy(&power->arena, setting->days, setting->days_count,
                  sizeof *setting->days, &room, err);
        setting->days = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&power->arena, series_count, sizeof *power->lines, &room,
                             err);
        power->lines = room;
    }
    for (size_t i = 0; st == PAL_OK && i < series_count; i++) {
        struct pal_power_line *line = &power->lines[power->line_count++];
        line->series = series[i];
        st = pal_arena_alloc(&power->arena, setting->days_count * setting->effect_count,
                             sizeof *line->cells, &room, err);
        line->cells = room;
        if (st == PAL_OK) {
            st = pal_arena_alloc(&power->arena, setting->days_count,
                                 sizeof *line->smallest, &room, err);
            line->smallest = room;
        }
        if (st == PAL_OK) {
            st = pal_arena_alloc(&power->arena, setting->days_count,
                                 sizeof *line->has_room, &room, err);
            line->has_room = room;
        }
    }
    return st;
}

static pal_status fill_sources(const struct pal_detection *detection, struct pool *pool,
                               struct pal_arena *arena, struct pal_error *err)
{
    struct pal_power *power = pool->power;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, power->line_count, sizeof *pool->sources, &room, err);
    pool->sources = room;
    for (size_t i = 0; st == PAL_OK && i < power->line_count; i++) {
        struct pal_power_line *line = &power->lines[i];
        const struct pal_baseline *baseline =
            pal_detection_baseline(detection, line->series.area, line->series.group);
        line->is_searched = baseline->status == PAL_FIT_OK;
        if (line->is_searched) {
            st = pal_power_source_fill(&pool->sources[i], baseline, &power->setting,
                                       arena, err);
            line->is_resampled = pool->sources[i].block_count >= PAL_POWER_BLOCK_LEAST;
        }
    }
    return st;
}

static pal_status simulate(struct pool *pool, struct pal_arena *arena,
                           struct pal_error *err)
{
    struct pal_power *power = pool->power;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, power->line_count * power->setting.replicate_count + 1,
                        sizeof *pool->trials, &room, err);
    pool->trials = room;
    if (st == PAL_OK) {
        st = run_all(pool, err);
    }
    for (size_t i = 0; st == PAL_OK && i < power->line_count; i++) {
        if (power->lines[i].is_searched) {
            st = count_seen(pool, i, err);
        }
    }
    for (int null = 0; null < PAL_POWER_NULL_COUNT; null++) {
        enum pal_power_history history = (enum pal_power_history)null;
        if (st == PAL_OK) {
            st = count_alarms(pool, 0, history, &power->own[null], err);
        }
        if (st == PAL_OK) {
            st = count_alarms(pool, 1, history, &power->loose[null], err);
        }
    }
    return st;
}

static pal_status fill(struct pal_power *power, const struct pal_detection *detection,
                       struct pal_error *err)
{
    struct pool pool = {.power = power};
    struct pal_arena arena;
    double alone = pal_detection_alone_p(detection);
    power->p_limit =
        power->setting.false_alarms > 0 ? limit_of(power->setting.false_alarms) : alone;
    for (int null = 0; null < PAL_POWER_NULL_COUNT; null++) {
        power->own[null].p_limit = power->p_limit;
        power->own[null].asked = alarms_of(power->p_limit);
        power->loose[null].p_limit = limit_of(loose_alarms);
        power->loose[null].asked = loose_alarms;
    }

    pal_arena_init(&arena, arena_max);
    pal_status st = fill_sources(detection, &pool, &arena, err);
    if (st == PAL_OK && !power->setting.is_quick) {
        st = simulate(&pool, &arena, err);
    }
    for (size_t i = 0; st == PAL_OK && i < power->line_count; i++) {
        struct pal_power_line *line = &power->lines[i];
        if (!line->is_searched) {
            continue;
        }
        if (power->setting.is_quick) {
            const struct pal_surge_tail *tail = &pool.sources[i].baseline->tail;
            double needed = pal_tail_needed(tail, -log(power->p_limit));
            pal_power_reckon(&pool.sources[i], &power->setting, exp(-needed),
                             line->cells);
        }
        find_usual(&power->setting, &pool.sources[i], line);
        find_smallest(&power->setting, line);
    }
    pal_arena_clear(&arena);
    return st;
}

pal_status pal_power_run(const struct pal_detection *detection,
                         const struct pal_power_series *series, size_t series_count,
                         const struct pal_power_setting *setting,
                         struct pal_power **out, struct pal_error *err)
{
    *out = NULL;
    pal_status st = check(setting, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_power *power = pal_alloc_zero(1, sizeof *power);
    if (power == NULL) {
        return pal_fail_memory(err);
    }
    pal_arena_init(&power->arena, arena_max);
    power->setting = *setting;
    st = take_lines(power, series, series_count, err);
    if (st == PAL_OK) {
        st = fill(power, detection, err);
    }
    if (st != PAL_OK) {
        pal_power_free(power);
        return st;
    }
    *out = power;
    return PAL_OK;
}

void pal_power_free(struct pal_power *power)
{
    if (power != NULL) {
        pal_arena_clear(&power->arena);
        pal_free(power);
    }
}
