/*
 * Series out of a measure: one grouped query by day, area, group and method; what is not
 * recorded apart by a release is a series of its own, and the others are not covered there.
 */
#include <string.h>

#include "detect/study_internal.h"

static const struct pal_view not_recorded = {"not recorded", 12};

/* ---- asking ---- */

static size_t add_key(struct pal_measure_request *request, struct pal_view name)
{
    if (name.size == 0) {
        return PAL_NO_KEY;
    }
    request->by[request->by_count] = name;
    return request->by_count++;
}

pal_status pal_surge_rows_load(struct pal_store *store,
                               const struct pal_surge_request *request,
                               struct pal_view detail, struct pal_view apart,
                               struct pal_surge_rows *out, struct pal_error *err)
{
    struct pal_measure_request question = {.measure = request->measure,
                                           .apart = apart,
                                           .first = PAL_DAY_NONE,
                                           .last = PAL_DAY_NONE,
                                           .rule = request->rule};
    out->days = NULL;
    (void)add_key(&question, PAL_VIEW("day"));
    out->keys.by = add_key(&question, request->by);
    out->keys.split = add_key(&question, request->split);
    out->keys.detail = add_key(&question, detail);
    return pal_measure_days_run(store, &question, &out->days, err);
}

/* ---- what each release records ---- */

struct recorded {
    double *apart;     /* by release: records with a value, a blank or a mark */
    double *not_apart; /* records whose release has no such column */
};

struct maker {
    struct pal_surge_study *study;
    const struct pal_surge_rows *rows;
    bool is_area; /* the dimension is one that regional releases are about */
    struct recorded by;
    struct recorded split;
};

static struct pal_view label_of(const struct pal_measure_days *days, size_t key,
                                uint32_t value)
{
    return key == PAL_NO_KEY ? PAL_VIEW("all") : days->labels[key][value];
}

static int source_of(const struct maker *maker, struct pal_view area, int32_t day)
{
    return pal_measure_days_source(maker->rows->days,
                                   maker->is_area ? area : PAL_VIEW(""), day);
}

static void note_recorded(struct recorded *recorded, int source, struct pal_view label,
                          double hits)
{
    if (pal_view_is_equal(label, not_recorded)) {
        recorded->not_apart[source] += hits;
    } else {
        recorded->apart[source] += hits;
    }
}

static pal_status find_recorded(struct maker *maker, struct pal_error *err)
{
    const struct pal_measure_days *days = maker->rows->days;
    const struct pal_surge_keys *keys = &maker->rows->keys;
    double **const arrays[] = {&maker->by.apart, &maker->by.not_apart,
                               &maker->split.apart, &maker->split.not_apart};
    void *room = NULL;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        pal_status st = pal_arena_alloc(&maker->study->arena, days->source_count + 1,
                                        sizeof **arrays[i], &room, err);
        if (st != PAL_OK) {
            return st;
        }
        *arrays[i] = room;
    }
    for (size_t i = 0; i < days->count; i++) {
        const struct pal_measure_day *row = &days->rows[i];
        struct pal_view area = days->labels[keys->by][row->keys[keys->by]];
        int source = source_of(maker, area, row->day);
        if (source < 0) {
            continue;
        }
        note_recorded(&maker->by, source, area, row->hits);
        if (keys->split != PAL_NO_KEY) {
            note_recorded(&maker->split, source,
                          days->labels[keys->split][row->keys[keys->split]], row->hits);
        }
    }
    return PAL_OK;
}

/* Whether a release can say anything of a label: of values when it has the column, of "not
 * recorded" when it (or one of its files) has not. */
static bool is_told(const struct recorded *recorded, int source, struct pal_view label)
{
    if (pal_view_is_equal(label, not_recorded)) {
        return recorded->not_apart[source] > 0;
    }
    return recorded->apart[source] > 0 || recorded->not_apart[source] == 0;
}

/* ---- the series ---- */

static pal_status copy_labels(struct pal_surge_study *study, const struct maker *maker,
                              size_t key, struct pal_view **out, size_t *count,
                              struct pal_error *err)
{
    const struct pal_measure_days *days = maker->rows->days;
    void *room = NULL;
    *count = key == PAL_NO_KEY ? 1 : days->label_count[key];
    pal_status st =
        pal_arena_alloc(&study->arena, *count + 1, sizeof **out, &room, err);
    *out = room;
    for (size_t i = 0; st == PAL_OK && i < *count; i++) {
        st = pal_arena_copy(&study->arena, label_of(days, key, (uint32_t)i), &(*out)[i],
                            err);
    }
    return st;
}

static void fill_source(const struct maker *maker, int16_t *source, int16_t *source_all)
{
    const struct pal_surge_study *study = maker->study;
    const struct pal_surge_input *input = &study->input;
    for (size_t area = 0; area < input->area_count; area++) {
        for (size_t day = 0; day < input->day_count; day++) {
            int is = source_of(maker, study->areas[area], input->first + (int32_t)day);
            bool is_area_told = is >= 0 && is_told(&maker->by, is, study->areas[area]);
            for (size_t g = 0; g < input->group_count; g++) {
                bool is_here =
                    is_area_told && is_told(&maker->split, is, study->groups[g]);
                source[(area * input->group_count + g) * input->day_count + day] =
                    (int16_t)(is_here ? is : -1);
            }
        }
    }
    for (size_t g = 0; g < input->group_count; g++) {
        for (size_t day = 0; day < input->day_count; day++) {
            int is = pal_measure_days_source(maker->rows->days, PAL_VIEW(""),
                                             input->first + (int32_t)day);
            bool is_here = is >= 0 && is_told(&maker->split, is, study->groups[g]);
            source_all[g * input->day_count + day] = (int16_t)(is_here ? is : -1);
        }
    }
}

static void fill_counts(const struct maker *maker, double *counts)
{
    const struct pal_surge_input *input = &maker->study->input;
    const struct pal_measure_days *days = maker->rows->days;
    const struct pal_surge_keys *keys = &maker->rows->keys;
    for (size_t i = 0; i < days->count; i++) {
        const struct pal_measure_day *row = &days->rows[i];
        size_t group = keys->split == PAL_NO_KEY ? 0 : row->keys[keys->split];
        size_t line = row->keys[keys->by] * input->group_count + group;
        if (row->day >= input->first &&
            (size_t)(row->day - input->first) < input->day_count) {
            counts[line * input->day_count + (size_t)(row->day - input->first)] +=
                row->hits;
        }
    }
}

static pal_status check_size(const struct pal_surge_study *study, struct pal_error *err)
{
    const struct pal_surge_input *input = &study->input;
    if (input->area_count > PAL_SURGE_AREA_MAX ||
        input->group_count > PAL_SURGE_GROUP_MAX ||
        input->day_count > PAL_SURGE_DAY_MAX) {
        return pal_fail(err, PAL_LIMIT,
                        "%zu values of %.*s, %zu groups and %zu days are too many to "
                        "search; at most %d, %d and %d",
                        input->area_count, PAL_VIEW_ARG(study->request.by),
                        input->group_count, input->day_count, PAL_SURGE_AREA_MAX,
                        PAL_SURGE_GROUP_MAX, PAL_SURGE_DAY_MAX);
    }
    return PAL_OK;
}

pal_status pal_surge_series_make(struct pal_surge_study *study,
                                 const struct pal_surge_rows *rows,
                                 struct pal_error *err)
{
    struct maker maker = {.study = study, .rows = rows};
    struct pal_surge_input *input = &study->input;
    struct pal_dimension dimension;
    void *counts = NULL;
    void *source = NULL;
    void *source_all = NULL;
    maker.is_area = pal_dimension_find(study->request.measure.table, study->request.by,
                                       &dimension) &&
                    dimension.kind == PAL_DIMENSION_AREA;
    pal_status st = copy_labels(study, &maker, rows->keys.by, &study->areas,
                                &input->area_count, err);
    if (st == PAL_OK) {
        st = copy_labels(study, &maker, rows->keys.split, &study->groups,
                         &input->group_count, err);
    }
    if (st != PAL_OK || rows->days->first == PAL_DAY_NONE || input->area_count == 0) {
        input->area_count = 0;
        return st;
    }
    input->first = rows->days->first;
    input->day_count = (size_t)(rows->days->last - rows->days->first) + 1;
    st = check_size(study, err);
    size_t lines = input->area_count * input->group_count;
    if (st == PAL_OK) {
        st = pal_arena_alloc(&study->arena, lines * input->day_count, sizeof(double),
                             &counts, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&study->arena, lines * input->day_count, sizeof(int16_t),
                             &source, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(&study->arena, input->group_count * input->day_count,
                             sizeof(int16_t), &source_all, err);
    }
    if (st == PAL_OK) {
        st = find_recorded(&maker, err);
    }
    if (st == PAL_OK) {
        fill_counts(&maker, counts);
        fill_source(&maker, source, source_all);
        input->counts = counts;
        input->source = source;
        input->source_all = source_all;
    }
    return st;
}

/* ---- what a surge is made of ---- */

static bool is_of(const struct pal_surge_study *study,
                  const struct pal_surge_event *event,
                  const struct pal_surge_rows *rows, const struct pal_measure_day *row)
{
    const struct pal_measure_days *days = rows->days;
    const struct pal_surge *surge = &event->surge;
    if (surge->group != PAL_SURGE_ALL && rows->keys.split != PAL_NO_KEY &&
        !pal_view_is_equal(days->labels[rows->keys.split][row->keys[rows->keys.split]],
                           study->groups[surge->group])) {
        return false;
    }
    if (surge->area_count == 0) {
        return true;
    }
    struct pal_view area = days->labels[rows->keys.by][row->keys[rows->keys.by]];
    for (size_t i = 0; i < surge->area_count; i++) {
        if (pal_view_is_equal(area, study->areas[surge->parts[i].area])) {
            return true;
        }
    }
    return false;
}

void pal_surge_details(const struct pal_surge_study *study,
                       const struct pal_surge_event *event,
                       const struct pal_surge_rows *rows, struct pal_surge_detail *out)
{
    const struct pal_measure_days *days = rows->days;
    size_t detail = rows->keys.detail;
    size_t from = 0;
    memset(out, 0,
           (detail == PAL_NO_KEY ? 1 : days->label_count[detail]) * sizeof *out);
    /* Rows stand key by key: the keys are looked at once for all days of each. */
    while (from < days->count) {
        const struct pal_measure_day *head = &days->rows[from];
        bool is_here = is_of(study, event, rows, head);
        size_t to = from;
        while (to < days->count &&
               memcmp(days->rows[to].keys, head->keys, sizeof head->keys) == 0) {
            const struct pal_measure_day *row = &days->rows[to++];
            struct pal_surge_detail *into =
                &out[detail == PAL_NO_KEY ? 0 : row->keys[detail]];
            if (!is_here) {
                continue;
            }
            if (row->day >= event->surge.first && row->day <= event->surge.last) {
                into->inside += row->hits;
            } else {
                into->outside += row->hits;
            }
        }
        from = to;
    }
}

struct pal_window pal_surge_event_window(const struct pal_surge_study *study,
                                         const struct pal_surge_event *event,
                                         size_t first, size_t last)
{
    const struct pal_surge *surge = &event->surge;
    struct pal_window sum = {.first = first, .last = last};
    size_t count = surge->area_count > 0 ? surge->area_count : 1;
    for (size_t i = 0; i < count; i++) {
        const struct pal_baseline *baseline = pal_detection_baseline(
            study->detection, surge->parts[i].area, surge->group);
        struct pal_window window = pal_baseline_window(baseline, first, last);
        sum.observed += window.observed;
        sum.expected += window.expected;
        sum.variance += window.variance;
        sum.covered = window.covered > sum.covered ? window.covered : sum.covered;
    }
    return sum;
}
