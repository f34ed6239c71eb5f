/*
 * A detection: the lines, their baselines and scans side by side in threads, then what
 * stands out. A line's result depends on its own counts alone, so not on the threads.
 */
#include "detect/surge.h"

#include <math.h>
#include <string.h>

#include "base/share.h"
#include "detect/surge_internal.h"

const struct pal_surge_setting pal_surge_default = {0.05, 1, false, false, 0};

static const size_t arena_max = (size_t)4 << 30;

struct pal_detection_work {
    struct pal_arena arenas[PAL_SHARE_THREAD_MAX];
    struct pal_lines lines;
};

/* ---- threads ---- */

struct pool {
    struct pal_lines *lines;
    struct pal_arena *arenas;
    const struct pal_design **designs; /* of each line */
    bool is_sums; /* whose turn it is: sums of lines, or lines that are no sum */
};

static bool is_sum(const struct pal_line *line)
{
    return line->area == PAL_SURGE_ALL || line->group == PAL_SURGE_ALL;
}

/* A sum varies from day to day no less than its parts do when they are independent of each
 * other; its own spread, one number for all days, does not know of parts that come and go. */
static pal_status add_variance(const struct pal_lines *lines, struct pal_line *sum,
                               struct pal_arena *arena, struct pal_error *err)
{
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, sum->series.count, sizeof(double), &room, err);
    double *least = room;
    for (size_t i = 0; st == PAL_OK && i < lines->count; i++) {
        const struct pal_line *part = &lines->items[i];
        if (is_sum(part) || (sum->area != PAL_SURGE_ALL && sum->area != part->area) ||
            (sum->group != PAL_SURGE_ALL && sum->group != part->group)) {
            continue;
        }
        const double *upto = part->baseline.sum_variance;
        for (size_t day = 0; day < sum->series.count; day++) {
            least[day] += upto[day + 1] - upto[day];
        }
    }
    sum->series.variance_least = least;
    return st;
}

static pal_status fit_line(void *context, size_t at, size_t worker,
                           struct pal_error *err)
{
    struct pool *pool = context;
    struct pal_arena *arena = &pool->arenas[worker];
    struct pal_line *line = &pool->lines->items[at];
    pal_status st = PAL_OK;
    if (is_sum(line) != pool->is_sums) {
        return PAL_OK;
    }
    if (pool->is_sums) {
        st = add_variance(pool->lines, line, arena, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    st =
        pal_baseline_fit(&line->series, pool->designs[at], arena, &line->baseline, err);
    line->is_searched = line->baseline.status == PAL_FIT_OK;
    if (st == PAL_OK && line->is_searched) {
        st = pal_line_scan(line, arena, err);
    }
    return st;
}

static bool has_same_days(const struct pal_day_series *a,
                          const struct pal_day_series *b)
{
    if (a->source == NULL || b->source == NULL) {
        return a->source == b->source;
    }
    return memcmp(a->source, b->source, a->count * sizeof *a->source) == 0;
}

/* One design for all lines with the same days. */
static pal_status make_designs(struct pool *pool, struct pal_arena *arena,
                               struct pal_error *err)
{
    struct pal_lines *lines = pool->lines;
    void *room = NULL;
    pal_status st =
        pal_arena_alloc(arena, lines->count, sizeof(const void *), &room, err);
    pool->designs = room;
    for (size_t i = 0; st == PAL_OK && i < lines->count; i++) {
        const struct pal_day_series *series = &lines->items[i].series;
        struct pal_design *design = NULL;
        for (size_t k = i; k-- > 0 && pool->designs[i] == NULL;) {
            if (has_same_days(series, &lines->items[k].series)) {
                pool->designs[i] = pool->designs[k];
            }
        }
        if (pool->designs[i] == NULL) {
            st = pal_design_make(series->first, series->count, series->source, arena,
                                 &design, err);
            pool->designs[i] = design;
        }
    }
    return st;
}

static pal_status fit_all(struct pal_detection_work *all, int thread_count,
                          struct pal_error *err)
{
    struct pool pool = {.lines = &all->lines, .arenas = all->arenas};
    pal_status st = make_designs(&pool, &all->arenas[0], err);
    for (int turn = 0; st == PAL_OK && turn < 2; turn++) {
        pool.is_sums = turn == 1;
        st = pal_share_out(all->lines.count, thread_count, fit_line, &pool, err);
    }
    return st;
}

/* ---- the call ---- */

static pal_status check(const struct pal_surge_input *input,
                        const struct pal_surge_setting *setting, struct pal_error *err)
{
    if (input->area_count == 0 || input->area_count > PAL_SURGE_AREA_MAX ||
        input->group_count == 0 || input->group_count > PAL_SURGE_GROUP_MAX ||
        input->day_count == 0 || input->day_count > PAL_SURGE_DAY_MAX) {
        return pal_fail(err, PAL_INPUT,
                        "surges are looked for in 1 to %d areas, %d groups and %d "
                        "days, not %zu, %zu and %zu",
                        PAL_SURGE_AREA_MAX, PAL_SURGE_GROUP_MAX, PAL_SURGE_DAY_MAX,
                        input->area_count, input->group_count, input->day_count);
    }
    if (input->day_count >
        PAL_SURGE_CELL_COUNT_MAX / input->area_count / input->group_count) {
        return pal_fail(err, PAL_LIMIT,
                        "%zu areas by %zu groups by %zu days are more than %d counts; "
                        "split by something with fewer values",
                        input->area_count, input->group_count, input->day_count,
                        PAL_SURGE_CELL_COUNT_MAX);
    }
    if (!(setting->false_discovery_rate > 0 && setting->false_discovery_rate < 1)) {
        return pal_fail(err, PAL_INPUT,
                        "the false discovery rate lies between 0 and 1");
    }
    return PAL_OK;
}

static pal_status list_series(struct pal_detection *detection,
                              const struct pal_lines *lines, struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_arena_alloc(&detection->arena, lines->count,
                                    sizeof *detection->series, &room, err);
    detection->series = room;
    for (size_t i = 0; st == PAL_OK && i < lines->count; i++) {
        const struct pal_line *line = &lines->items[i];
        detection->series[i] =
            (struct pal_surge_series){line->area, line->group, &line->baseline};
        detection->series_count++;
    }
    return st;
}

static pal_status find_once(struct pal_detection *detection, double p_fixed,
                            bool is_each_alone, struct pal_error *err)
{
    struct pal_candidates candidates = {.is_each_alone = is_each_alone};
    struct pal_arena scratch;
    pal_arena_init(&scratch, arena_max);
    candidates.arena = &scratch;
    pal_status st = pal_candidates_find(
        &detection->work->lines, detection->false_discovery_rate, &candidates, err);
    if (st == PAL_OK) {
        st = pal_surges_select(&detection->work->lines, &candidates, p_fixed, detection,
                               err);
    }
    pal_candidates_clear(&candidates);
    pal_arena_clear(&scratch);
    return st;
}

static pal_status fit_tails(struct pal_lines *lines, struct pal_error *err)
{
    struct pal_arena scratch;
    pal_arena_init(&scratch, arena_max);
    pal_status st = pal_tails_fit(lines, &scratch, err);
    pal_arena_clear(&scratch);
    return st;
}

/* A tail with surges in it would be too long, so what stands out by the spread alone is left
 * out of it first. */
static pal_status find_surges(struct pal_detection *detection,
                              const struct pal_surge_setting *setting,
                              struct pal_error *err)
{
    struct pal_lines *lines = &detection->work->lines;
    bool is_once = setting->is_by_spread_alone;
    pal_status st = find_once(detection, is_once ? setting->p_fixed : 0,
                              is_once && setting->is_each_alone, err);
    if (st == PAL_OK && !is_once) {
        pal_tails_mark(lines, detection);
        st = fit_tails(lines, err);
    }
    if (st == PAL_OK && !is_once) {
        st = find_once(detection, setting->p_fixed, setting->is_each_alone, err);
    }
    if (st == PAL_OK) {
        st = pal_changes_find(lines, detection, err);
    }
    return st;
}

pal_status pal_detect_run(const struct pal_surge_input *input,
                          const struct pal_surge_setting *setting,
                          struct pal_detection **out, struct pal_error *err)
{
    *out = NULL;
    pal_status st = check(input, setting, err);
    if (st != PAL_OK) {
        return st;
    }
    struct pal_detection *detection = pal_alloc_zero(1, sizeof *detection);
    if (detection == NULL) {
        return pal_fail_memory(err);
    }
    detection->work = pal_alloc_zero(1, sizeof *detection->work);
    detection->false_discovery_rate = setting->false_discovery_rate;
    pal_arena_init(&detection->arena, arena_max);
    if (detection->work == NULL) {
        pal_detection_free(detection);
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < PAL_SHARE_THREAD_MAX; i++) {
        pal_arena_init(&detection->work->arenas[i], arena_max);
    }
    st = pal_lines_make(input, &detection->arena, &detection->work->lines, err);
    if (st == PAL_OK) {
        st = fit_all(detection->work, setting->thread_count, err);
    }
    if (st == PAL_OK) {
        st = list_series(detection, &detection->work->lines, err);
    }
    if (st == PAL_OK) {
        st = find_surges(detection, setting, err);
    }
    if (st != PAL_OK) {
        pal_detection_free(detection);
        return st;
    }
    *out = detection;
    return PAL_OK;
}

pal_status pal_detect_alone(const struct pal_detection *first,
                            struct pal_detection **out, struct pal_error *err)
{
    *out = NULL;
    struct pal_detection *detection = pal_alloc_zero(1, sizeof *detection);
    if (detection == NULL) {
        return pal_fail_memory(err);
    }
    *detection =
        (struct pal_detection){.false_discovery_rate = first->false_discovery_rate,
                               .series_count = first->series_count,
                               .series = first->series,
                               .change_count = first->change_count,
                               .changes = first->changes,
                               .work = first->work,
                               .is_again = true};
    pal_arena_init(&detection->arena, arena_max);
    pal_status st = find_once(detection, 0, true, err);
    if (st != PAL_OK) {
        pal_detection_free(detection);
        return st;
    }
    *out = detection;
    return PAL_OK;
}

void pal_detection_free(struct pal_detection *detection)
{
    if (detection == NULL) {
        return;
    }
    if (detection->work != NULL && !detection->is_again) {
        for (size_t i = 0; i < PAL_SHARE_THREAD_MAX; i++) {
            pal_arena_clear(&detection->work->arenas[i]);
        }
        pal_free(detection->work);
    }
    pal_arena_clear(&detection->arena);
    pal_free(detection);
}

const struct pal_baseline *pal_detection_baseline(const struct pal_detection *detection,
                                                  size_t area, size_t group)
{
    return &pal_lines_at(&detection->work->lines, area, group)->baseline;
}

double pal_detection_alone_p(const struct pal_detection *detection)
{
    size_t tests = detection->test_count > 0 ? detection->test_count : 1;
    return detection->false_discovery_rate /
           ((double)tests * (double)PAL_WINDOWS_A_WEEK);
}
