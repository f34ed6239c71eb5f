/*
 * What drove a surge: attributes whose share of its records is larger than their share of the
 * same series' other days, and records that rules of duplicates set aside. Values with fewer
 * than PAL_SURGE_CELL_MIN records, or whose rest would have fewer, are not broken out.
 */
#include <math.h>
#include <string.h>

#include "detect/study_internal.h"

/* No landmark, no place below the area, no date. */
static const char *const attributes[] = {"citizenship",  "sex",         "criminality",
                                         "threat_level", "type",        "program",
                                         "disposition",  "lift_reason", "outcome"};

enum { DAYS_SIZE_MAX = 16 * PAL_SURGE_DAY_MAX };

/* The share must be this many standard deviations of chance above the usual. */
static const double notable = 3;
/* A surge is made of duplicates when they are this share of its records, and twice usual. */
static const double duplicate_share_min = 0.3;

static double sum_of(const struct pal_surge_detail *details,
                     const struct pal_view *labels, size_t count, bool is_inside)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (pal_surge_is_named(labels[i])) {
            sum += is_inside ? details[i].inside : details[i].outside;
        }
    }
    return sum;
}

/* The value with the largest excess over its usual share; NULL when none is notable. */
static const struct pal_surge_detail *find_driver(
    const struct pal_surge_detail *details, const struct pal_view *labels, size_t count,
    struct pal_surge_driver *out)
{
    double inside = sum_of(details, labels, count, true);
    double outside = sum_of(details, labels, count, false);
    const struct pal_surge_detail *best = NULL;
    double best_excess = 0;
    for (size_t i = 0; i < count; i++) {
        double usual = outside > 0 ? details[i].outside / outside : 0;
        double excess = details[i].inside - inside * usual;
        double rest = inside - details[i].inside;
        double sd = sqrt(fmax(inside * usual * (1 - usual), 1));
        if (!pal_surge_is_named(labels[i]) || details[i].inside < PAL_SURGE_CELL_MIN ||
            (rest > 0 && rest < PAL_SURGE_CELL_MIN) || excess < notable * sd ||
            excess <= best_excess || outside <= 0) {
            continue;
        }
        best = &details[i];
        best_excess = excess;
        *out = (struct pal_surge_driver){.value = labels[i],
                                         .count = details[i].inside,
                                         .share = details[i].inside / inside,
                                         .usual = usual};
    }
    return best;
}

/* The study's events that drivers are asked for. */
struct asked {
    struct pal_surge_study *study;
    const struct pal_surge_event *const *events;
    size_t count;
};

static pal_status add_attribute(const struct asked *asked,
                                const struct pal_surge_rows *rows,
                                struct pal_view attribute, struct pal_error *err)
{
    size_t count = rows->days->label_count[rows->keys.detail];
    const struct pal_view *labels = rows->days->labels[rows->keys.detail];
    struct pal_surge_study *study = asked->study;
    void *room = NULL;
    pal_status st = pal_arena_alloc(&study->arena, count + 1,
                                    sizeof(struct pal_surge_detail), &room, err);
    struct pal_surge_detail *details = room;
    for (size_t i = 0; st == PAL_OK && i < asked->count; i++) {
        struct pal_surge_event *event =
            &study->events[asked->events[i] - study->events];
        struct pal_surge_driver driver;
        if (event->driver_count == PAL_SURGE_DRIVER_MAX) {
            continue;
        }
        pal_surge_details(study, event, rows, details);
        if (find_driver(details, labels, count, &driver) == NULL) {
            continue;
        }
        driver.dimension = attribute;
        st = pal_arena_copy(&study->arena, driver.value, &driver.value, err);
        event->drivers[event->driver_count++] = driver;
    }
    return st;
}

static bool is_asked(const struct pal_surge_request *request, struct pal_view attribute)
{
    struct pal_dimension dimension;
    return pal_dimension_find(request->measure.table, attribute, &dimension) &&
           dimension.kind == PAL_DIMENSION_TEXT &&
           pal_view_is_equal(dimension.name, attribute) &&
           !pal_view_is_equal(request->by, attribute) &&
           !pal_view_is_equal(request->split, attribute);
}

/* Every day of the events, once; no other day has to be told from its neighbours. */
static pal_status list_days(const struct asked *asked, struct pal_buffer *out,
                            struct pal_error *err)
{
    const struct pal_surge_input *input = &asked->study->input;
    bool *is_listed = pal_alloc_zero(input->day_count + 1, sizeof *is_listed);
    if (is_listed == NULL) {
        return pal_fail_memory(err);
    }
    for (size_t i = 0; i < asked->count; i++) {
        const struct pal_surge *surge = &asked->events[i]->surge;
        for (int32_t day = surge->first; day <= surge->last; day++) {
            size_t at = (size_t)(day - input->first);
            if (day >= input->first && at < input->day_count && !is_listed[at]) {
                char text[16];
                is_listed[at] = true;
                pal_day_text(day, text);
                pal_buffer_append_text(out, out->size == 0 ? "" : ",");
                pal_buffer_append_text(out, text);
            }
        }
    }
    pal_free(is_listed);
    return pal_buffer_status(out, err);
}

static pal_status load_attributes(struct pal_store *store, const struct asked *asked,
                                  struct pal_view apart, struct pal_error *err)
{
    struct pal_surge_study *study = asked->study;
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < sizeof attributes / sizeof attributes[0];
         i++) {
        struct pal_view attribute = pal_view_of(attributes[i]);
        struct pal_surge_rows rows = {NULL, {PAL_NO_KEY, PAL_NO_KEY, PAL_NO_KEY}};
        bool is_recorded = false;
        if (!is_asked(&study->request, attribute)) {
            continue;
        }
        /* What no release records cannot tell a surge from other days. */
        st = pal_measure_is_recorded(store, &study->request.measure, attribute,
                                     &is_recorded, err);
        if (st != PAL_OK || !is_recorded) {
            continue;
        }
        st = pal_surge_rows_load(store, &study->request, attribute, apart, &rows, err);
        if (st == PAL_OK) {
            st = add_attribute(asked, &rows, attribute, err);
        }
        pal_measure_days_free(rows.days);
    }
    return st;
}

pal_status pal_surge_drivers_load(struct pal_store *store,
                                  struct pal_surge_study *study,
                                  const struct pal_surge_event *const *events,
                                  size_t count, struct pal_error *err)
{
    struct asked asked = {study, events, count};
    struct pal_buffer apart;
    if (count == 0) {
        return PAL_OK;
    }
    for (size_t i = 0; i < count; i++) {
        study->events[events[i] - study->events].driver_count = 0;
    }
    pal_buffer_init(&apart, DAYS_SIZE_MAX);
    pal_status st = list_days(&asked, &apart, err);
    if (st == PAL_OK) {
        st = load_attributes(store, &asked, pal_buffer_view(&apart), err);
    }
    pal_buffer_clear(&apart);
    return st;
}

/* ---- duplicates ---- */

static pal_status judge(struct pal_surge_study *study, struct pal_surge_event *event,
                        const struct pal_surge_detail *records,
                        const struct pal_surge_detail *counted, struct pal_error *err)
{
    double set_aside = records->inside - counted->inside;
    double usual = records->outside > 0
                       ? (records->outside - counted->outside) / records->outside
                       : 0;
    event->duplicate_share = records->inside > 0 ? set_aside / records->inside : 0;
    if (event->duplicate_share >= duplicate_share_min &&
        event->duplicate_share >= 2 * usual && event->kind != PAL_SURGE_ARTEFACT) {
        event->kind = PAL_SURGE_REPROCESSING;
        return pal_arena_format(
            &study->arena, &event->reason, err,
            "%.0f%% of its records are set aside as likely duplicates (usual %.0f%%)",
            100 * event->duplicate_share, 100 * usual);
    }
    return PAL_OK;
}

static double sum_rows(const struct pal_surge_rows *rows)
{
    double sum = 0;
    for (size_t i = 0; i < rows->days->count; i++) {
        sum += rows->days->rows[i].hits;
    }
    return sum;
}

/* All records on served days. */
static pal_status count_all(struct pal_store *store,
                            const struct pal_surge_request *request, double *out,
                            struct pal_error *err)
{
    struct pal_surge_rows rows = {NULL, {PAL_NO_KEY, PAL_NO_KEY, PAL_NO_KEY}};
    struct pal_surge_request whole = *request;
    whole.split = PAL_VIEW("");
    pal_status st =
        pal_surge_rows_load(store, &whole, PAL_VIEW(""), PAL_VIEW(""), &rows, err);
    *out = st == PAL_OK ? sum_rows(&rows) : 0;
    pal_measure_days_free(rows.days);
    return st;
}

/* A surge's counted records, whatever the rows are cut by besides. */
static pal_status sum_details(struct pal_surge_study *study,
                              const struct pal_surge_event *event,
                              const struct pal_surge_rows *rows,
                              struct pal_surge_detail *out, struct pal_error *err)
{
    size_t count = rows->keys.detail == PAL_NO_KEY
                       ? 1
                       : rows->days->label_count[rows->keys.detail];
    void *room = NULL;
    pal_status st = pal_arena_alloc(&study->arena, count, sizeof *out, &room, err);
    struct pal_surge_detail *details = room;
    *out = (struct pal_surge_detail){0, 0};
    if (st != PAL_OK) {
        return st;
    }
    pal_surge_details(study, event, rows, details);
    for (size_t i = 0; i < count; i++) {
        out->inside += details[i].inside;
        out->outside += details[i].outside;
    }
    return PAL_OK;
}

pal_status pal_surge_duplicates_find(struct pal_store *store,
                                     struct pal_surge_study *study,
                                     const struct pal_surge_rows *counted,
                                     struct pal_error *err)
{
    struct pal_surge_request all = study->request;
    struct pal_surge_rows records = {NULL, {PAL_NO_KEY, PAL_NO_KEY, PAL_NO_KEY}};
    if (!pal_measure_has_rules(&study->request.measure)) {
        return PAL_OK;
    }
    all.rule = PAL_VIEW("all");
    double all_count = 0;
    double counted_count = sum_rows(counted);
    pal_status st = count_all(store, &all, &all_count, err);
    /* Where ids are not released nothing can be set aside. */
    if (st != PAL_OK || all_count <= counted_count) {
        return st;
    }
    st = pal_surge_rows_load(store, &all, PAL_VIEW(""), PAL_VIEW(""), &records, err);
    for (size_t i = 0; st == PAL_OK && i < study->event_count; i++) {
        struct pal_surge_event *event = &study->events[i];
        struct pal_surge_detail of_records;
        struct pal_surge_detail of_counted;
        pal_surge_details(study, event, &records, &of_records);
        st = sum_details(study, event, counted, &of_counted, err);
        if (st == PAL_OK) {
            st = judge(study, event, &of_records, &of_counted, err);
        }
    }
    pal_measure_days_free(records.days);
    return st;
}
