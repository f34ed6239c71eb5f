/*
 * Running a measure: plan, statement, rows, figures.
 */
#include "measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/figures_internal.h"

const char *pal_figure_status_text(enum pal_figure_status status)
{
    switch (status) {
    case PAL_FIGURE_NUMBER:
        return "number";
    case PAL_FIGURE_NOT_RECORDED:
        return "not recorded";
    case PAL_FIGURE_NOT_COVERED:
        return "not covered";
    case PAL_FIGURE_NO_DATA:
        return "no data";
    default:
        return "";
    }
}

/* The keys of a database row; the period's text is written into `text`. */
static void read_keys(const struct pal_plan *plan, const struct pal_value *row,
                      struct pal_tally *tally, char text[16])
{
    *tally = (struct pal_tally){
        .period_first = PAL_DAY_NONE, .low = (double)NAN, .high = (double)NAN};
    for (size_t i = 0; i < plan->request->by_count; i++) {
        if ((int)i != plan->period_at) {
            tally->keys[i] = row[i].text;
        } else if (row[i].kind == PAL_VALUE_NULL) {
            tally->keys[i] = PAL_VIEW("not stated");
        } else {
            tally->period_first = (int32_t)row[i].integer;
            pal_period_text(plan->period, tally->period_first, text);
            tally->keys[i] = pal_view_of(text);
        }
    }
}

static double number_of(const struct pal_value *value)
{
    if (value->kind == PAL_VALUE_INTEGER) {
        return (double)value->integer;
    }
    return value->kind == PAL_VALUE_NUMBER ? value->number : 0;
}

/* A count without dates takes every record of the serving releases, undated ones too. */
static bool takes_all(const struct pal_plan *plan)
{
    return plan->period_at < 0 && plan->first == PAL_DAY_NONE &&
           plan->last == PAL_DAY_NONE &&
           plan->request->measure.kind != PAL_MEASURE_RATE;
}

static pal_status read_sums(const struct pal_plan *plan, struct pal_cursor *cursor,
                            struct pal_tallies *tallies, struct pal_error *err)
{
    size_t keys = plan->request->by_count;
    const struct pal_value *row = NULL;
    struct pal_tally tally;
    char text[16];
    for (;;) {
        pal_status st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            return st;
        }
        read_keys(plan, row, &tally, text);
        size_t from = keys + (takes_all(plan) ? 2 : 0);
        tally.has_hits = row[from].kind != PAL_VALUE_NULL;
        tally.hits = number_of(&row[from]);
        tally.base = number_of(&row[from + 1]);
        tally.records = row[keys + 4].integer;
        tally.counted = takes_all(plan) ? tally.records : row[keys + 6].integer;
        tally.is_unrecorded = tally.records == 0 && row[keys + 5].integer > 0;
        if (tally.records == 0 && !tally.is_unrecorded) {
            continue;
        }
        st = pal_tallies_add(tallies, &tally, err);
        if (st != PAL_OK) {
            return st;
        }
    }
}

/* ---- medians: the values of a key arrive sorted ---- */

struct values {
    double *items;
    size_t count;
    size_t room;
};

static pal_status add_value(struct values *values, double value, struct pal_error *err)
{
    if (values->count == values->room) {
        size_t larger = values->room == 0 ? 1024 : values->room * 2;
        double *moved = pal_realloc(values->items, larger, sizeof *moved);
        if (moved == NULL) {
            return pal_fail_memory(err);
        }
        values->items = moved;
        values->room = larger;
    }
    values->items[values->count++] = value;
    return PAL_OK;
}

static pal_status close_median(struct values *values, struct pal_tally *tally,
                               struct pal_tallies *tallies, struct pal_error *err)
{
    struct pal_interval interval = {(double)NAN, (double)NAN};
    enum pal_fit_status fit = PAL_FIT_OK;
    size_t n = values->count;
    if (n == 0) {
        return PAL_OK;
    }
    tally->hits = (values->items[(n - 1) / 2] + values->items[n / 2]) / 2;
    tally->base = (double)n;
    tally->records = (int64_t)n;
    tally->counted = (int64_t)n;
    tally->has_hits = true;
    pal_status st = pal_interval_median(values->items, n, 0.95, &interval, &fit);
    if (st != PAL_OK) {
        return pal_fail(err, st, "the interval of a median could not be computed");
    }
    if (fit == PAL_FIT_OK) {
        tally->low = interval.low;
        tally->high = interval.high;
    } else {
        tally->low = (double)NAN;
        tally->high = (double)NAN;
    }
    values->count = 0;
    return pal_tallies_add(tallies, tally, err);
}

static bool is_same_key(const struct pal_tally *a, const struct pal_tally *b)
{
    for (int i = 0; i < PAL_MEASURE_DIMENSION_MAX; i++) {
        if (!pal_view_is_equal(a->keys[i], b->keys[i])) {
            return false;
        }
    }
    return true;
}

static pal_status keep_keys(struct pal_tally *kept, const struct pal_tally *tally,
                            struct pal_arena *arena, struct pal_error *err)
{
    pal_status st = PAL_OK;
    *kept = *tally;
    for (int i = 0; st == PAL_OK && i < PAL_MEASURE_DIMENSION_MAX; i++) {
        st = pal_arena_copy(arena, tally->keys[i], &kept->keys[i], err);
    }
    return st;
}

static pal_status read_medians(const struct pal_plan *plan, struct pal_cursor *cursor,
                               struct pal_tallies *tallies, struct pal_error *err)
{
    const struct pal_value *row = NULL;
    struct pal_tally current = {.period_first = PAL_DAY_NONE};
    struct pal_tally tally;
    struct values values = {NULL, 0, 0};
    char text[16];
    pal_status st = PAL_OK;
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        read_keys(plan, row, &tally, text);
        if (values.count == 0 || !is_same_key(&current, &tally)) {
            st = close_median(&values, &current, tallies, err);
            if (st == PAL_OK) {
                st = keep_keys(&current, &tally, tallies->arena, err);
            }
        }
        if (st == PAL_OK) {
            st = add_value(&values, number_of(&row[plan->request->by_count]), err);
        }
    }
    if (st == PAL_OK) {
        st = close_median(&values, &current, tallies, err);
    }
    pal_free(values.items);
    return st;
}

static pal_status read_tallies(struct pal_store *store, const struct pal_plan *plan,
                               struct pal_tallies *tallies, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    pal_status st = pal_plan_query(store, plan, &cursor, err);
    if (st == PAL_OK) {
        st = plan->request->measure.kind == PAL_MEASURE_MEDIAN
                 ? read_medians(plan, cursor, tallies, err)
                 : read_sums(plan, cursor, tallies, err);
    }
    pal_cursor_close(cursor);
    return st;
}

/* A stock that is not cut by time is that of the newest day it was counted on. */
static pal_status narrow_to_newest(struct pal_store *store, struct pal_plan *plan,
                                   struct pal_error *err)
{
    struct pal_buffer statement;
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    const struct pal_slot slot = {"record", plan->request->measure.statement};
    struct pal_value last = {.kind = PAL_VALUE_NULL};
    if (plan->request->measure.kind != PAL_MEASURE_STOCK || plan->period_at >= 0) {
        return PAL_OK;
    }
    if (plan->last != PAL_DAY_NONE) {
        last = (struct pal_value){.kind = PAL_VALUE_DAY, .integer = plan->last};
    }
    pal_buffer_init(&statement, PAL_MEASURE_STATEMENT_MAX);
    pal_status st = pal_store_fill(pal_measure_frame("frame_newest.sql"), &slot, 1,
                                   &statement, err);
    if (st == PAL_OK) {
        st =
            pal_store_query(store, pal_buffer_view(&statement), &last, 1, &cursor, err);
    }
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK && row != NULL && row[0].kind == PAL_VALUE_DAY) {
        plan->last = (int32_t)row[0].integer;
        plan->first = plan->first == PAL_DAY_NONE || plan->first < plan->last
                          ? plan->last
                          : plan->first;
    }
    pal_cursor_close(cursor);
    pal_buffer_clear(&statement);
    return st;
}

static pal_status make_figures(const struct pal_plan *plan,
                               const struct pal_segments *segments,
                               const struct pal_tallies *tallies,
                               struct pal_measure_result *result, struct pal_error *err)
{
    void *figures = NULL;
    pal_status st = pal_arena_alloc(&result->arena, tallies->count + 1,
                                    sizeof *result->figures, &figures, err);
    result->figures = figures;
    for (size_t i = 0; st == PAL_OK && i < tallies->count; i++) {
        st = pal_figure_make(plan, segments, &tallies->items[i], &result->figures[i],
                             err);
    }
    result->count = st == PAL_OK ? tallies->count : 0;
    return st;
}

pal_status pal_measure_run(struct pal_store *store,
                           const struct pal_measure_request *request,
                           struct pal_measure_result **out, struct pal_error *err)
{
    struct pal_plan plan;
    struct pal_segments segments = {0, NULL};
    struct pal_tallies tallies = {0};
    struct pal_measure_result *result = NULL;
    *out = NULL;
    pal_status st = pal_plan_make(request, &plan, err);
    if (st != PAL_OK) {
        return st;
    }
    result = pal_alloc_zero(1, sizeof *result);
    if (result == NULL) {
        return pal_fail_memory(err);
    }
    result->request = *request;
    pal_arena_init(&result->arena, PAL_MEASURE_ARENA_MAX);
    tallies.arena = &result->arena;
    st = pal_segments_load(store, request->measure.coverage, request->release,
                           &result->arena, &segments, err);
    if (st == PAL_OK) {
        st = narrow_to_newest(store, &plan, err);
    }
    if (st == PAL_OK) {
        st = read_tallies(store, &plan, &tallies, err);
    }
    if (st == PAL_OK) {
        st = pal_tallies_complete(&plan, &segments, &tallies, err);
    }
    if (st == PAL_OK) {
        st = make_figures(&plan, &segments, &tallies, result, err);
    }
    pal_tallies_clear(&tallies);
    if (st != PAL_OK) {
        pal_measure_result_free(result);
        return pal_while(err, st, "measure %.*s", PAL_VIEW_ARG(request->measure.name));
    }
    *out = result;
    return PAL_OK;
}

void pal_measure_result_free(struct pal_measure_result *result)
{
    if (result != NULL) {
        pal_arena_clear(&result->arena);
        pal_free(result);
    }
}
