/*
 * A count day by day: what the database counted, with its keys as numbers, and which release
 * serves which day. No intervals and no rows of zeros, which for every day of every key cost
 * more than all the counting.
 */
#include <stdlib.h>
#include <string.h>

#include "measure/measure_internal.h"

enum { LABEL_MAX = 4096 };

struct pal_measure_days_spans {
    struct pal_segments segments;
    int *source; /* of each segment */
};

struct rows {
    struct pal_measure_day *items;
    size_t count;
    size_t room;
};

/* The label's number in order of appearance; few are distinct, so the list is walked, the
 * one found last time first. */
static pal_status find_label(struct pal_measure_days *days, size_t dimension,
                             struct pal_view text, uint32_t *found,
                             struct pal_error *err)
{
    struct pal_view *labels = days->labels[dimension];
    size_t count = days->label_count[dimension];
    if (*found < count && pal_view_is_equal(labels[*found], text)) {
        return PAL_OK;
    }
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(labels[i], text)) {
            *found = (uint32_t)i;
            return PAL_OK;
        }
    }
    if (count == LABEL_MAX) {
        return pal_fail(err, PAL_LIMIT, "the dimension '%.*s' has more than %d values",
                        PAL_VIEW_ARG(days->request.by[dimension]), LABEL_MAX);
    }
    *found = (uint32_t)count;
    days->label_count[dimension]++;
    return pal_arena_copy(&days->arena, text, &labels[count], err);
}

static pal_status add_row(struct rows *rows, const struct pal_measure_day *row,
                          struct pal_error *err)
{
    if (rows->count == PAL_MEASURE_ROW_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "more than %d counts; ask for fewer dimensions or fewer days",
                        PAL_MEASURE_ROW_MAX);
    }
    if (rows->count == rows->room) {
        size_t larger = rows->room == 0 ? 4096 : rows->room * 2;
        struct pal_measure_day *moved =
            pal_realloc(rows->items, larger, sizeof *rows->items);
        if (moved == NULL) {
            return pal_fail_memory(err);
        }
        rows->items = moved;
        rows->room = larger;
    }
    rows->items[rows->count++] = *row;
    return PAL_OK;
}

static double number_of(const struct pal_value *value)
{
    return value->kind == PAL_VALUE_INTEGER ? (double)value->integer : value->number;
}

static pal_status read_rows(struct pal_measure_days *days, const struct pal_plan *plan,
                            struct pal_cursor *cursor, struct rows *rows,
                            struct pal_error *err)
{
    size_t keys = days->request.by_count;
    size_t period = (size_t)plan->period_at;
    struct pal_measure_day next = {.day = PAL_DAY_NONE};
    const struct pal_value *row = NULL;
    for (;;) {
        pal_status st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            return st;
        }
        /* Undated, or served by another release. */
        if (row[period].kind == PAL_VALUE_NULL || row[keys].kind == PAL_VALUE_NULL) {
            continue;
        }
        next.day = (int32_t)row[period].integer;
        next.hits = number_of(&row[keys]);
        for (size_t i = 0; st == PAL_OK && i < keys; i++) {
            if (i != period) {
                st = find_label(days, i, row[i].text, &next.keys[i], err);
            }
        }
        if (st == PAL_OK) {
            st = add_row(rows, &next, err);
        }
        if (st != PAL_OK) {
            return st;
        }
    }
}

static pal_status query(struct pal_store *store, struct pal_measure_days *days,
                        const struct pal_plan *plan, struct rows *rows,
                        struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    pal_status st = pal_plan_query(store, plan, &cursor, err);
    if (st == PAL_OK) {
        st = read_rows(days, plan, cursor, rows, err);
    }
    pal_cursor_close(cursor);
    return st;
}

/* ---- labels and rows in order ---- */

static int compare_label(const void *a, const void *b)
{
    const struct pal_view *left = a;
    const struct pal_view *right = b;
    return pal_view_compare(*left, *right);
}

static int compare_row(const void *a, const void *b)
{
    const struct pal_measure_day *left = a;
    const struct pal_measure_day *right = b;
    for (size_t i = 0; i < PAL_MEASURE_DIMENSION_MAX; i++) {
        if (left->keys[i] != right->keys[i]) {
            return left->keys[i] < right->keys[i] ? -1 : 1;
        }
    }
    return left->day < right->day ? -1 : left->day > right->day;
}

/* Sorts a dimension's labels and renumbers the rows. */
static pal_status sort_labels(struct pal_measure_days *days, size_t dimension,
                              struct rows *rows, struct pal_error *err)
{
    size_t count = days->label_count[dimension];
    struct pal_view *labels = days->labels[dimension];
    void *room = NULL;
    uint32_t *moved = NULL;
    if (count == 0) {
        return PAL_OK;
    }
    pal_status st = pal_arena_alloc(&days->arena, count, sizeof *labels, &room, err);
    struct pal_view *sorted = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(&days->arena, count, sizeof *moved, &room, err);
        moved = room;
    }
    if (st != PAL_OK) {
        return st;
    }
    memcpy(sorted, labels, count * sizeof *labels);
    qsort(sorted, count, sizeof *sorted, compare_label);
    for (size_t i = 0; i < count; i++) {
        const struct pal_view *at =
            bsearch(&labels[i], sorted, count, sizeof *sorted, compare_label);
        moved[i] = (uint32_t)(at - sorted);
    }
    for (size_t i = 0; i < rows->count; i++) {
        rows->items[i].keys[dimension] = moved[rows->items[i].keys[dimension]];
    }
    days->labels[dimension] = sorted;
    return PAL_OK;
}

static pal_status keep_rows(struct pal_measure_days *days, struct rows *rows,
                            struct pal_error *err)
{
    pal_status st = PAL_OK;
    void *room = NULL;
    for (size_t i = 0; st == PAL_OK && i < days->request.by_count; i++) {
        st = sort_labels(days, i, rows, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&days->arena, rows->count + 1, sizeof *days->rows, &room,
                             err);
    }
    if (st != PAL_OK) {
        return st;
    }
    days->rows = room;
    days->count = rows->count;
    if (rows->count > 0) {
        memcpy(days->rows, rows->items, rows->count * sizeof *rows->items);
        qsort(days->rows, days->count, sizeof *days->rows, compare_row);
    }
    return PAL_OK;
}

/* ---- who serves what ---- */

static pal_status number_sources(struct pal_measure_days *days, struct pal_error *err)
{
    struct pal_measure_days_spans *spans = days->spans;
    void *room = NULL;
    pal_status st = pal_arena_alloc(&days->arena, spans->segments.count + 1,
                                    sizeof *days->sources, &room, err);
    days->sources = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(&days->arena, spans->segments.count + 1,
                             sizeof *spans->source, &room, err);
        spans->source = room;
    }
    for (size_t i = 0; st == PAL_OK && i < spans->segments.count; i++) {
        const struct pal_segment *segment = &spans->segments.items[i];
        size_t at = 0;
        while (at < days->source_count &&
               !pal_view_is_equal(days->sources[at].release, segment->release)) {
            at++;
        }
        if (at == days->source_count) {
            days->sources[days->source_count++] =
                (struct pal_measure_source){segment->release, segment->is_regional};
        }
        spans->source[i] = (int)at;
        if (days->first == PAL_DAY_NONE || segment->first < days->first) {
            days->first = segment->first;
        }
        if (days->last == PAL_DAY_NONE || segment->last > days->last) {
            days->last = segment->last;
        }
    }
    return st;
}

int pal_measure_days_source(const struct pal_measure_days *days, struct pal_view area,
                            int32_t day)
{
    const struct pal_segments *segments = &days->spans->segments;
    int found = -1;
    for (size_t i = 0; i < segments->count; i++) {
        const struct pal_segment *segment = &segments->items[i];
        if (day < segment->first || day > segment->last) {
            continue;
        }
        if (segment->is_regional && area.size > 0 &&
            pal_view_is_equal(segment->area, area)) {
            return days->spans->source[i];
        }
        if (!segment->is_regional) {
            found = days->spans->source[i];
        }
    }
    return found;
}

static pal_status prepare(struct pal_measure_days *days, struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_arena_alloc(&days->arena, 1, sizeof *days->spans, &room, err);
    days->spans = room;
    for (size_t i = 0; st == PAL_OK && i < days->request.by_count; i++) {
        st = pal_arena_alloc(&days->arena, LABEL_MAX, sizeof *days->labels[i], &room,
                             err);
        days->labels[i] = room;
    }
    return st;
}

pal_status pal_measure_days_run(struct pal_store *store,
                                const struct pal_measure_request *request,
                                struct pal_measure_days **out, struct pal_error *err)
{
    struct pal_plan plan;
    struct rows rows = {NULL, 0, 0};
    *out = NULL;
    pal_status st = pal_plan_make(request, &plan, err);
    if (st != PAL_OK) {
        return st;
    }
    if (request->measure.kind != PAL_MEASURE_COUNT || plan.period_at < 0 ||
        plan.period != PAL_PERIOD_DAY) {
        return pal_fail(err, PAL_USAGE,
                        "the measure %.*s is not counted day by day; only counts are",
                        PAL_VIEW_ARG(request->measure.name));
    }
    plan.is_served_only = true;
    struct pal_measure_days *days = pal_alloc_zero(1, sizeof *days);
    if (days == NULL) {
        return pal_fail_memory(err);
    }
    days->request = *request;
    days->request.apart = PAL_VIEW(""); /* the caller's, and no longer good */
    days->first = PAL_DAY_NONE;
    days->last = PAL_DAY_NONE;
    pal_arena_init(&days->arena, PAL_MEASURE_ARENA_MAX);
    st = prepare(days, err);
    if (st == PAL_OK) {
        st = pal_segments_load(store, request->measure.coverage, request->release,
                               &days->arena, &days->spans->segments, err);
    }
    if (st == PAL_OK) {
        st = number_sources(days, err);
    }
    if (st == PAL_OK) {
        st = query(store, days, &plan, &rows, err);
    }
    if (st == PAL_OK) {
        st = keep_rows(days, &rows, err);
    }
    pal_free(rows.items);
    if (st != PAL_OK) {
        pal_measure_days_free(days);
        return pal_while(err, st, "measure %.*s", PAL_VIEW_ARG(request->measure.name));
    }
    *out = days;
    return PAL_OK;
}

void pal_measure_days_free(struct pal_measure_days *days)
{
    if (days != NULL) {
        pal_arena_clear(&days->arena);
        pal_free(days);
    }
}
