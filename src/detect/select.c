/*
 * From windows to surges. A surge shows in many windows and in several series; the one that
 * stands out most names it, the most specific series first, and the others are dropped when
 * it accounts for half of their excess. What is left is adjusted over everything searched.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "detect/surge_internal.h"
#include "stat/interval.h"

enum { JOIN_GAP_DAYS = 3, RANK_COUNT = 4 };

/* ---- dropping what is another surge's ---- */

static bool is_overlapping(const struct pal_candidate *a, const struct pal_candidate *b)
{
    return a->first <= b->last && b->first <= a->last;
}

static bool has_area(const struct pal_candidate *candidate, uint16_t area)
{
    for (size_t i = 0; i < candidate->area_count; i++) {
        if (candidate->areas[i] == area) {
            return true;
        }
    }
    return false;
}

static bool shares_area(const struct pal_candidate *a, const struct pal_candidate *b)
{
    if (a->area_count == 0 || b->area_count == 0) {
        return true;
    }
    for (size_t i = 0; i < a->area_count; i++) {
        if (has_area(b, a->areas[i])) {
            return true;
        }
    }
    return false;
}

static bool shares_group(const struct pal_candidate *a, const struct pal_candidate *b)
{
    return a->group == b->group || a->group == PAL_SURGE_ALL ||
           b->group == PAL_SURGE_ALL;
}

/* The excess of chosen surges within a candidate's days, areas and groups. */
static double explained(const struct pal_candidate *candidate,
                        const struct pal_candidate *chosen, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_overlapping(candidate, &chosen[i]) &&
            shares_area(candidate, &chosen[i]) && shares_group(candidate, &chosen[i])) {
            sum += chosen[i].excess;
        }
    }
    return sum;
}

/* Chosen surges' areas may not be counted again in the same days and group. */
static void drop_taken(struct pal_candidates *all, const struct pal_candidate *chosen)
{
    for (size_t i = 0; i < all->count; i++) {
        struct pal_candidate *candidate = &all->items[i];
        if (!candidate->is_dead && candidate->rank == chosen->rank &&
            candidate->group == chosen->group && is_overlapping(candidate, chosen) &&
            shares_area(candidate, chosen)) {
            candidate->is_dead = true;
        }
    }
}

static bool is_before(const struct pal_candidate *a, const struct pal_candidate *b)
{
    if (a->log_p != b->log_p) {
        return a->log_p > b->log_p;
    }
    if (a->first != b->first) {
        return a->first < b->first;
    }
    return a->last < b->last;
}

static struct pal_candidate *find_best(struct pal_candidates *all, int rank)
{
    struct pal_candidate *best = NULL;
    for (size_t i = 0; i < all->count; i++) {
        struct pal_candidate *candidate = &all->items[i];
        if (!candidate->is_dead && candidate->rank == rank &&
            (best == NULL || is_before(candidate, best))) {
            best = candidate;
        }
    }
    return best;
}

/* Moves the chosen to the front of a list of their own. */
static pal_status choose(struct pal_candidates *all, struct pal_candidate **out,
                         size_t *out_count, struct pal_error *err)
{
    void *room = NULL;
    size_t count = 0;
    pal_status st =
        pal_arena_alloc(all->arena, PAL_SURGE_MAX, sizeof **out, &room, err);
    struct pal_candidate *chosen = room;
    for (int rank = 0; st == PAL_OK && rank < RANK_COUNT; rank++) {
        struct pal_candidate *best;
        while ((best = find_best(all, rank)) != NULL && count < PAL_SURGE_MAX) {
            best->is_dead = true;
            if (rank > 0 && explained(best, chosen, count) >= best->excess / 2) {
                continue;
            }
            chosen[count++] = *best;
            drop_taken(all, best);
        }
    }
    *out = chosen;
    *out_count = count;
    return st;
}

/* ---- adjusting ---- */

static size_t count_tests(const struct pal_lines *lines, bool is_each_alone,
                          struct pal_detection *detection)
{
    size_t tests = 0;
    size_t pooled_days = 0;
    detection->searched_series_count = 0;
    detection->window_count = 0;
    detection->series_years = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct pal_line *line = &lines->items[i];
        if (!line->is_searched) {
            continue;
        }
        detection->searched_series_count++;
        detection->window_count += line->window_count;
        detection->series_years += (double)line->baseline.covered_count / 365.2425;
        tests += (line->baseline.covered_count + 6) / 7;
        if (line->baseline.covered_count > pooled_days) {
            pooled_days = line->baseline.covered_count;
        }
    }
    /* Windows that areas share are a family of their own for each group. */
    if (lines->area_count > 1 && !is_each_alone) {
        size_t groups = lines->count / (lines->area_count + 1);
        tests += groups * ((pooled_days + 6) / 7);
    }
    return tests;
}

static int compare_strength(const void *a, const void *b)
{
    const struct pal_candidate *left = a;
    const struct pal_candidate *right = b;
    return is_before(left, right) ? -1 : is_before(right, left);
}

/* Benjamini & Hochberg over all tests' p-values, of which all but the chosen are taken as 1.
 * Gives how many pass; `adjusted` has room for count. */
static size_t adjust(struct pal_candidate *chosen, size_t count,
                     const struct pal_detection *detection, double p_fixed,
                     double *adjusted)
{
    double smallest = 1;
    size_t passed = 0;
    if (count == 0) {
        return 0;
    }
    qsort(chosen, count, sizeof *chosen, compare_strength);
    for (size_t i = count; i-- > 0;) {
        double p = exp(-chosen[i].log_p) * PAL_WINDOWS_A_WEEK;
        smallest = fmin(smallest, p * (double)detection->test_count / (double)(i + 1));
        adjusted[i] = smallest;
    }
    while (passed < count &&
           (p_fixed > 0 ? exp(-chosen[passed].log_p) <= p_fixed
                        : adjusted[passed] <= detection->false_discovery_rate)) {
        passed++;
    }
    return passed;
}

/* ---- surges ---- */

static pal_status fill(const struct pal_lines *lines,
                       const struct pal_candidate *chosen, double adjusted,
                       struct pal_detection *detection, struct pal_surge *out,
                       struct pal_error *err)
{
    struct pal_window sum = {.first = chosen->first, .last = chosen->last};
    size_t count = chosen->area_count > 0 ? chosen->area_count : 1;
    void *room = NULL;
    pal_status st = pal_arena_alloc(&detection->arena, count,
                                    sizeof(struct pal_surge_part), &room, err);
    struct pal_surge_part *parts = room;
    double low = 0;
    double high = 0;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        size_t area = chosen->area_count > 0 ? chosen->areas[i] : PAL_SURGE_ALL;
        const struct pal_line *line = pal_lines_at(lines, area, chosen->group);
        struct pal_window window =
            pal_baseline_window(&line->baseline, chosen->first, chosen->last);
        parts[i] = (struct pal_surge_part){
            area, window.observed, window.expected,
            exp(-pal_tail_surprise(&line->baseline.tail,
                                   pal_window_surprise(&window)))};
        sum.observed += window.observed;
        sum.expected += window.expected;
        sum.variance += window.variance;
        sum.covered = window.covered > sum.covered ? window.covered : sum.covered;
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_window_usual(&sum, 0.95, &low, &high);
    *out = (struct pal_surge){
        .first = lines->items[0].series.first + (int32_t)chosen->first,
        .last = lines->items[0].series.first + (int32_t)chosen->last,
        .group = chosen->group,
        .area_count = chosen->area_count,
        .parts = parts,
        .days_covered = sum.covered,
        .observed = sum.observed,
        .expected = sum.expected,
        .excess_low = sum.observed - high,
        .excess_high = sum.observed - low,
        .p = exp(-chosen->log_p),
        .log_p = chosen->log_p,
        .p_adjusted = adjusted};
    return PAL_OK;
}

static int compare_surge(const void *a, const void *b)
{
    const struct pal_surge *left = a;
    const struct pal_surge *right = b;
    const int64_t keys[][2] = {
        {left->first, right->first},
        {left->last, right->last},
        {(int64_t)left->group, (int64_t)right->group},
        {(int64_t)left->parts[0].area, (int64_t)right->parts[0].area},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

/* ---- one event that was found in pieces ---- */

/* `small`'s areas are all `large`'s. */
static bool is_within(const struct pal_candidate *small,
                      const struct pal_candidate *large)
{
    for (size_t i = 0; i < small->area_count; i++) {
        if (!has_area(large, small->areas[i])) {
            return false;
        }
    }
    return (small->area_count == 0) == (large->area_count == 0);
}

static int compare_time(const void *a, const void *b)
{
    const struct pal_candidate *left = a;
    const struct pal_candidate *right = b;
    if (left->first != right->first) {
        return left->first < right->first ? -1 : 1;
    }
    return is_before(left, right) ? -1 : is_before(right, left);
}

/* Joins surges of the same group and areas that lie at most three days (a holiday weekend)
 * apart. */
static size_t join(struct pal_candidate *chosen, size_t count)
{
    size_t kept = 0;
    if (count == 0) {
        return 0;
    }
    qsort(chosen, count, sizeof *chosen, compare_time);
    for (size_t i = 0; i < count; i++) {
        struct pal_candidate *next = &chosen[i];
        struct pal_candidate *into = NULL;
        for (size_t k = 0; k < kept && into == NULL; k++) {
            struct pal_candidate *before = &chosen[k];
            if (before->group == next->group &&
                before->last + JOIN_GAP_DAYS + 1 >= next->first &&
                before->last < next->first &&
                (is_within(before, next) || is_within(next, before))) {
                into = before;
            }
        }
        if (into == NULL) {
            struct pal_candidate moved = *next;
            chosen[kept++] = moved;
            continue;
        }
        if (next->area_count > into->area_count) {
            into->areas = next->areas;
            into->area_count = next->area_count;
        }
        into->last = next->last;
        into->log_p = fmax(into->log_p, next->log_p);
        into->excess += next->excess;
    }
    return kept;
}

pal_status pal_surges_select(const struct pal_lines *lines,
                             struct pal_candidates *candidates, double p_fixed,
                             struct pal_detection *detection, struct pal_error *err)
{
    struct pal_candidate *chosen = NULL;
    size_t count = 0;
    void *room = NULL;
    double *adjusted = NULL;
    detection->test_count = count_tests(lines, candidates->is_each_alone, detection);
    detection->p_limit = 0;
    pal_status st = choose(candidates, &chosen, &count, err);
    if (st == PAL_OK) {
        st =
            pal_arena_alloc(candidates->arena, count + 1, sizeof *adjusted, &room, err);
        adjusted = room;
    }
    if (st != PAL_OK) {
        return st;
    }
    count = adjust(chosen, count, detection, p_fixed, adjusted);
    count = join(chosen, count);
    count = adjust(chosen, count, detection, p_fixed, adjusted);
    st = pal_arena_alloc(&detection->arena, count + 1, sizeof *detection->surges, &room,
                         err);
    detection->surges = room;
    for (size_t i = 0; st == PAL_OK && i < count; i++) {
        st =
            fill(lines, &chosen[i], adjusted[i], detection, &detection->surges[i], err);
        detection->p_limit = fmax(detection->p_limit, exp(-chosen[i].log_p));
    }
    detection->surge_count = st == PAL_OK ? count : 0;
    if (detection->surge_count > 1) {
        qsort(detection->surges, detection->surge_count, sizeof *detection->surges,
              compare_surge);
    }
    return st;
}
