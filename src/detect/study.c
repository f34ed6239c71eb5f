/*
 * Surges of a study: load, detect, name.
 */
#include "detect/study.h"

#include <string.h>

#include "detect/study_internal.h"

#define KIND_TEXT(name, text) text,
static const char *const kind_texts[PAL_SURGE_KIND_COUNT] = {
    PAL_SURGE_KIND_LIST(KIND_TEXT)};
#undef KIND_TEXT

static const size_t arena_max = (size_t)2 << 30;

const char *pal_surge_kind_text(enum pal_surge_kind kind)
{
    PAL_BUG_IF((unsigned)kind >= PAL_SURGE_KIND_COUNT);
    return kind_texts[kind];
}

pal_status pal_surge_kind_find(struct pal_view text, enum pal_surge_kind *out,
                               struct pal_error *err)
{
    struct pal_nearest nearest = {.word = text};
    struct pal_buffer known;
    pal_buffer_init(&known, PAL_ERROR_TEXT_MAX);
    for (int kind = 0; kind < PAL_SURGE_KIND_COUNT; kind++) {
        struct pal_view name = pal_view_of(kind_texts[kind]);
        if (pal_view_is_equal(text, name)) {
            *out = (enum pal_surge_kind)kind;
            pal_buffer_clear(&known);
            return PAL_OK;
        }
        pal_nearest_try(&nearest, name);
        pal_buffer_append_format(&known, "%s%s", kind == 0 ? "" : ", ",
                                 kind_texts[kind]);
    }
    int size = (int)(text.size < 40 ? text.size : 40);
    pal_status st =
        nearest.best.data != NULL
            ? pal_fail(err, PAL_USAGE,
                       "there is no kind of surge \"%.*s\"; did you mean \"%.*s\"?",
                       size, text.data, PAL_VIEW_ARG(nearest.best))
            : pal_fail(err, PAL_USAGE,
                       "there is no kind of surge \"%.*s\"; it is one of: %.*s", size,
                       text.data, (int)known.size,
                       known.data == NULL ? "" : known.data);
    pal_buffer_clear(&known);
    return st;
}

pal_status pal_surge_request_default(struct pal_surge_request *out,
                                     struct pal_error *err)
{
    *out = (struct pal_surge_request){.by = PAL_VIEW("area"),
                                      .split = PAL_VIEW("method_group"),
                                      .first = PAL_DAY_NONE,
                                      .last = PAL_DAY_NONE,
                                      .setting = pal_surge_default};
    if (!pal_measure_find(PAL_VIEW("arrests"), &out->measure)) {
        return pal_fail(err, PAL_BUG, "there is no measure of arrests");
    }
    return PAL_OK;
}

pal_status pal_surge_request_of(const struct pal_measure *measure,
                                struct pal_surge_request *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    pal_status st = pal_surge_request_default(out, err);
    out->measure = *measure;
    if (!pal_dimension_find(measure->table, out->split, &dimension)) {
        out->split = PAL_VIEW("");
    }
    return st;
}

/* ---- names ---- */

static pal_status name_areas(struct pal_surge_study *study,
                             struct pal_surge_event *event, struct pal_error *err)
{
    struct pal_buffer text;
    pal_buffer_init(&text, 1U << 20);
    for (size_t i = 0; i < event->surge.area_count; i++) {
        pal_buffer_append_text(&text, i == 0 ? "" : ";");
        pal_buffer_append_view(&text, study->areas[event->surge.parts[i].area]);
    }
    if (event->surge.area_count == 0) {
        pal_buffer_append_text(&text, "all areas");
    }
    pal_status st = pal_buffer_keep(&text, &study->arena, &event->areas, err);
    return st;
}

/* The first day, and a digest of everything that tells the surge from others. */
static pal_status name_event(struct pal_surge_study *study,
                             struct pal_surge_event *event, struct pal_error *err)
{
    const struct pal_surge_request *request = &study->request;
    const struct pal_surge *surge = &event->surge;
    struct pal_civil date = pal_civil_of(surge->first);
    struct pal_buffer text;
    event->group =
        surge->group == PAL_SURGE_ALL ? PAL_VIEW("all") : study->groups[surge->group];
    pal_status st = name_areas(study, event, err);
    pal_buffer_init(&text, 1U << 20);
    pal_buffer_append_format(&text, "%.*s|%.*s|%.*s|%.*s|%.*s|%d|%d",
                             PAL_VIEW_ARG(request->measure.name),
                             PAL_VIEW_ARG(request->by), PAL_VIEW_ARG(request->split),
                             PAL_VIEW_ARG(event->areas), PAL_VIEW_ARG(event->group),
                             surge->first, surge->last);
    if (st == PAL_OK) {
        st = pal_buffer_status(&text, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_format(&study->arena, &event->id, err, "%04d%02d%02d-%06x",
                              date.year, date.month, date.day,
                              (unsigned)(pal_hash64(text.data, text.size) & 0xffffff));
    }
    pal_buffer_clear(&text);
    return st;
}

/* ---- the call ---- */

static bool is_asked(const struct pal_surge_request *request,
                     const struct pal_surge *surge)
{
    return (request->first == PAL_DAY_NONE || surge->last >= request->first) &&
           (request->last == PAL_DAY_NONE || surge->first <= request->last);
}

static pal_status make_events(struct pal_surge_study *study,
                              const struct pal_surge_rows *rows, struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_arena_alloc(&study->arena, study->detection->surge_count + 1,
                                    sizeof *study->events, &room, err);
    study->events = room;
    for (size_t i = 0; st == PAL_OK && i < study->detection->surge_count; i++) {
        struct pal_surge_event *event = &study->events[study->event_count];
        if (!is_asked(&study->request, &study->detection->surges[i])) {
            continue;
        }
        event->surge = study->detection->surges[i];
        st = name_event(study, event, err);
        if (st == PAL_OK) {
            study->event_count++;
        }
    }
    for (size_t i = 0; st == PAL_OK && i < study->event_count; i++) {
        st = pal_surge_judge(study, &study->events[i], rows, err);
    }
    return st;
}

static pal_status check(const struct pal_surge_request *request, struct pal_error *err)
{
    const struct pal_view names[] = {request->by, request->split};
    struct pal_dimension dimension;
    if (request->by.size == 0) {
        return pal_fail(err, PAL_USAGE, "surges need a dimension, such as area");
    }
    for (size_t i = 0; i < 2; i++) {
        if (names[i].size > 0 &&
            pal_dimension_find(request->measure.table, names[i], &dimension) &&
            dimension.kind == PAL_DIMENSION_PERIOD) {
            return pal_fail(err, PAL_USAGE,
                            "surges are looked for day by day; '%.*s' is a period",
                            PAL_VIEW_ARG(names[i]));
        }
    }
    if (request->first != PAL_DAY_NONE && request->last != PAL_DAY_NONE &&
        request->first > request->last) {
        return pal_fail(err, PAL_USAGE, "the first day asked for is after the last");
    }
    return PAL_OK;
}

/* The dimension that says how records came about, where it is not asked for already. */
static struct pal_view find_method(const struct pal_surge_request *request)
{
    struct pal_dimension dimension;
    struct pal_view method = PAL_VIEW("method");
    if (!pal_dimension_find(request->measure.table, method, &dimension) ||
        pal_view_is_equal(request->by, method) ||
        pal_view_is_equal(request->split, method)) {
        return PAL_VIEW("");
    }
    return method;
}

/* The request's texts, which are the caller's for the call only. */
static pal_status keep_request(struct pal_surge_study *study,
                               const struct pal_surge_request *request,
                               struct pal_error *err)
{
    study->request = *request;
    pal_status st = pal_arena_copy(&study->arena, request->by, &study->request.by, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(&study->arena, request->split, &study->request.split, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_copy(&study->arena, request->rule, &study->request.rule, err);
    }
    return st;
}

/* The series of another study, which is borrowed, searched again. */
static pal_status search_again(struct pal_surge_study *study,
                               const struct pal_surge_study *first,
                               struct pal_error *err)
{
    study->input = first->input;
    study->areas = first->areas;
    study->groups = first->groups;
    return first->detection == NULL
               ? PAL_OK
               : pal_detect_alone(first->detection, &study->detection, err);
}

/* `first`: whose series are searched again; NULL: they are made and searched. */
static pal_status run(struct pal_store *store, const struct pal_surge_study *first,
                      struct pal_surge_study *study, struct pal_error *err)
{
    struct pal_surge_rows rows = {NULL, {PAL_NO_KEY, PAL_NO_KEY, PAL_NO_KEY}};
    pal_status st = pal_surge_rows_load(
        store, &study->request, find_method(&study->request), PAL_VIEW(""), &rows, err);
    if (st == PAL_OK && first != NULL) {
        st = search_again(study, first, err);
    } else if (st == PAL_OK) {
        st = pal_surge_series_make(study, &rows, err);
    }
    if (st == PAL_OK && first == NULL && study->input.area_count > 0) {
        st = pal_detect_run(&study->input, &study->request.setting, &study->detection,
                            err);
    }
    if (st == PAL_OK && study->detection != NULL) {
        st = make_events(study, &rows, err);
    }
    if (st == PAL_OK && study->event_count > 0) {
        st = pal_surge_duplicates_find(store, study, &rows, err);
    }
    pal_measure_days_free(rows.days);
    return st;
}

static pal_status make_study(struct pal_store *store,
                             const struct pal_surge_study *first,
                             const struct pal_surge_request *request,
                             struct pal_surge_study **out, struct pal_error *err)
{
    struct pal_surge_study *study = pal_alloc_zero(1, sizeof *study);
    if (study == NULL) {
        return pal_fail_memory(err);
    }
    pal_arena_init(&study->arena, arena_max);
    pal_status st = keep_request(study, request, err);
    if (st == PAL_OK) {
        st = run(store, first, study, err);
    }
    if (st != PAL_OK) {
        pal_surge_study_free(study);
        return pal_while(err, st, "surges of %.*s",
                         PAL_VIEW_ARG(request->measure.name));
    }
    *out = study;
    return PAL_OK;
}

pal_status pal_surge_study_run(struct pal_store *store,
                               const struct pal_surge_request *request,
                               struct pal_surge_study **out, struct pal_error *err)
{
    *out = NULL;
    pal_status st = check(request, err);
    return st == PAL_OK ? make_study(store, NULL, request, out, err) : st;
}

pal_status pal_surge_study_alone(struct pal_store *store,
                                 const struct pal_surge_study *study,
                                 struct pal_surge_study **out, struct pal_error *err)
{
    struct pal_surge_request request = study->request;
    request.setting.is_each_alone = true;
    *out = NULL;
    return make_study(store, study, &request, out, err);
}

void pal_surge_study_free(struct pal_surge_study *study)
{
    if (study != NULL) {
        pal_detection_free(study->detection);
        pal_arena_clear(&study->arena);
        pal_free(study);
    }
}

const struct pal_surge_event *pal_surge_find(const struct pal_surge_study *study,
                                             struct pal_view id)
{
    for (size_t i = 0; i < study->event_count; i++) {
        if (pal_view_is_equal(study->events[i].id, id)) {
            return &study->events[i];
        }
    }
    return NULL;
}
