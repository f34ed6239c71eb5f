/*
 * From rows of the database to figures: values, intervals, coverage, and the periods in which
 * nothing was recorded, which are 0 where a release covers them and "not covered" elsewhere.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/figures_internal.h"

static const double level = 0.95;

static struct pal_view area_of(const struct pal_plan *plan,
                               const struct pal_tally *tally)
{
    return plan->area_at >= 0 ? tally->keys[plan->area_at] : plan->area_where;
}

static bool has_not_recorded(const struct pal_plan *plan, const struct pal_tally *tally)
{
    for (size_t i = 0; i < plan->request->by_count; i++) {
        if ((int)i != plan->period_at &&
            pal_view_is_equal(tally->keys[i], PAL_VIEW("not recorded"))) {
            return true;
        }
    }
    return false;
}

static pal_status set_interval(const struct pal_plan *plan,
                               const struct pal_tally *tally, struct pal_figure *figure,
                               struct pal_error *err)
{
    const struct pal_measure *measure = &plan->request->measure;
    struct pal_interval interval = {(double)NAN, (double)NAN};
    double per = 1;
    pal_status st = PAL_OK;
    if (pal_view_is_equal(measure->interval, PAL_VIEW("garwood"))) {
        st = pal_interval_count((int64_t)llround(tally->hits), level, &interval, err);
        per = measure->kind == PAL_MEASURE_RATE ? figure->days_covered : 1;
    } else if (pal_view_is_equal(measure->interval, PAL_VIEW("clopper-pearson"))) {
        st = pal_interval_share_exact((int64_t)llround(tally->hits),
                                      (int64_t)llround(tally->base), level, &interval,
                                      err);
    } else if (pal_view_is_equal(measure->interval, PAL_VIEW("order-statistics"))) {
        interval.low = tally->low;
        interval.high = tally->high;
    }
    figure->low = interval.low / per;
    figure->high = interval.high / per;
    return st;
}

/* The value by the measure's kind; false when there is nothing to divide by. */
static bool value_of(const struct pal_plan *plan, const struct pal_tally *tally,
                     int32_t days_covered, double *value)
{
    *value = tally->hits;
    switch (plan->request->measure.kind) {
    case PAL_MEASURE_COUNT:
        return true;
    case PAL_MEASURE_STATED:
    case PAL_MEASURE_STOCK:
    case PAL_MEASURE_MEDIAN:
        return tally->has_hits;
    case PAL_MEASURE_RATE:
        *value = days_covered > 0 ? tally->hits / days_covered : 0;
        return days_covered > 0;
    case PAL_MEASURE_SHARE:
    case PAL_MEASURE_MEAN:
        *value = tally->base > 0 ? tally->hits / tally->base : 0;
        return tally->base > 0;
    default:
        return false;
    }
}

static void set_days(const struct pal_plan *plan, const struct pal_segments *segments,
                     const struct pal_tally *tally, struct pal_figure *figure)
{
    int32_t first = plan->first;
    int32_t last = plan->last;
    if (plan->period_at >= 0 && tally->period_first != PAL_DAY_NONE) {
        int32_t period_last = pal_period_next(plan->period, tally->period_first) - 1;
        if (first == PAL_DAY_NONE || tally->period_first > first) {
            first = tally->period_first;
        }
        if (last == PAL_DAY_NONE || period_last < last) {
            last = period_last;
        }
    }
    int32_t span_first = 0;
    int32_t span_last = -1;
    (void)pal_segments_span(segments, area_of(plan, tally), &span_first, &span_last);
    first = first == PAL_DAY_NONE ? span_first : first;
    last = last == PAL_DAY_NONE ? span_last : last;
    figure->days = last >= first ? last - first + 1 : 0;
    figure->days_covered =
        pal_segments_covered(segments, area_of(plan, tally), first, last);
}

pal_status pal_figure_make(const struct pal_plan *plan,
                           const struct pal_segments *segments,
                           const struct pal_tally *tally, struct pal_figure *figure,
                           struct pal_error *err)
{
    bool is_undated = plan->period_at >= 0 && tally->period_first == PAL_DAY_NONE;
    *figure = (struct pal_figure){.low = (double)NAN,
                                  .high = (double)NAN,
                                  .n = tally->records,
                                  .base = tally->base};
    memcpy(figure->keys, tally->keys, sizeof figure->keys);
    if (pal_plan_is_stated(plan)) {
        figure->status = tally->has_hits ? PAL_FIGURE_NUMBER : PAL_FIGURE_NOT_COVERED;
        if (tally->has_hits && !value_of(plan, tally, 0, &figure->value)) {
            figure->status = PAL_FIGURE_NO_DATA;
        }
    } else {
        set_days(plan, segments, tally, figure);
        if (has_not_recorded(plan, tally) ||
            (tally->is_unrecorded && figure->days_covered > 0)) {
            figure->status = PAL_FIGURE_NOT_RECORDED;
        } else if (is_undated) {
            figure->status = PAL_FIGURE_NO_DATA;
        } else if (figure->days_covered == 0) {
            figure->status = PAL_FIGURE_NOT_COVERED;
        } else {
            figure->status = value_of(plan, tally, figure->days_covered, &figure->value)
                                 ? PAL_FIGURE_NUMBER
                                 : PAL_FIGURE_NO_DATA;
        }
    }
    figure->has_value = figure->status == PAL_FIGURE_NUMBER;
    if (!figure->has_value) {
        figure->value = 0;
        return PAL_OK;
    }
    figure->n = tally->counted;
    return set_interval(plan, tally, figure, err);
}

/* ---- the periods without records ---- */

static int compare_tally(const void *a, const void *b)
{
    const struct pal_tally *left = a;
    const struct pal_tally *right = b;
    for (int i = 0; i < PAL_MEASURE_DIMENSION_MAX; i++) {
        int order = pal_view_compare(left->keys[i], right->keys[i]);
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

static void sort_tallies(struct pal_tallies *tallies)
{
    if (tallies->count > 1) {
        qsort(tallies->items, tallies->count, sizeof *tallies->items, compare_tally);
    }
}

static const struct pal_tally *find_tally(const struct pal_tallies *tallies,
                                          size_t count, const struct pal_tally *key)
{
    if (count == 0) {
        return NULL;
    }
    return bsearch(key, tallies->items, count, sizeof *tallies->items, compare_tally);
}

static pal_status fill_one(const struct pal_plan *plan,
                           const struct pal_segments *segments,
                           const struct pal_tally *combination, size_t known_count,
                           struct pal_tallies *tallies, struct pal_error *err)
{
    int32_t first = 0;
    int32_t last = -1;
    struct pal_tally empty = *combination;
    if (!pal_segments_span(segments, area_of(plan, combination), &first, &last)) {
        first = plan->first;
        last = plan->last;
    }
    first = plan->first == PAL_DAY_NONE ? first : plan->first;
    last = plan->last == PAL_DAY_NONE ? last : plan->last;
    if (first == PAL_DAY_NONE || last == PAL_DAY_NONE) {
        return PAL_OK;
    }
    empty.hits = 0;
    empty.base = 0;
    empty.records = 0;
    empty.counted = 0;
    empty.has_hits = false;
    for (int32_t day = pal_period_first(plan->period, first); day <= last;
         day = pal_period_next(plan->period, day)) {
        char text[16];
        pal_period_text(plan->period, day, text);
        empty.period_first = day;
        empty.keys[plan->period_at] = pal_view_of(text);
        if (find_tally(tallies, known_count, &empty) != NULL) {
            continue;
        }
        pal_status st = pal_tallies_add(tallies, &empty, err);
        if (st != PAL_OK) {
            return st;
        }
    }
    return PAL_OK;
}

/* Distinct keys but for the period: copies without it, sorted, each first one kept. */
static pal_status find_combinations(const struct pal_plan *plan,
                                    struct pal_tallies *tallies, struct pal_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < tallies->count; i++) {
        struct pal_tally combination = tallies->items[i];
        combination.keys[plan->period_at] = (struct pal_view){"", 0};
        pal_status st = pal_tallies_add_combination(tallies, &combination, err);
        if (st != PAL_OK) {
            return st;
        }
    }
    if (tallies->combination_count == 0) {
        return PAL_OK;
    }
    qsort(tallies->combinations, tallies->combination_count,
          sizeof *tallies->combinations, compare_tally);
    for (size_t i = 1; i < tallies->combination_count; i++) {
        if (compare_tally(&tallies->combinations[kept], &tallies->combinations[i]) !=
            0) {
            tallies->combinations[++kept] = tallies->combinations[i];
        }
    }
    tallies->combination_count = kept + 1;
    return PAL_OK;
}

/* Records without a single hit: their release does not record what the measure counts. */
static bool is_unrecorded(const struct pal_tallies *tallies)
{
    for (size_t i = 0; i < tallies->count; i++) {
        if (tallies->items[i].has_hits) {
            return false;
        }
    }
    return tallies->count > 0;
}

pal_status pal_tallies_complete(const struct pal_plan *plan,
                                const struct pal_segments *segments,
                                struct pal_tallies *tallies, struct pal_error *err)
{
    struct pal_tally all = {.period_first = PAL_DAY_NONE};
    size_t known_count = tallies->count;
    pal_status st = PAL_OK;
    all.is_unrecorded = is_unrecorded(tallies);
    for (size_t i = 0; all.is_unrecorded && i < tallies->count; i++) {
        tallies->items[i].is_unrecorded = true;
    }
    sort_tallies(tallies);
    if (plan->period_at < 0) {
        bool is_bare = plan->request->by_count == 0 && known_count == 0;
        return is_bare ? pal_tallies_add(tallies, &all, err) : PAL_OK;
    }
    if (plan->request->by_count == 1) {
        st = fill_one(plan, segments, &all, known_count, tallies, err);
        sort_tallies(tallies);
        return st;
    }
    st = find_combinations(plan, tallies, err);
    for (size_t k = 0; st == PAL_OK && k < tallies->combination_count; k++) {
        st = fill_one(plan, segments, &tallies->combinations[k], known_count, tallies,
                      err);
    }
    sort_tallies(tallies);
    return st;
}
