/*
 * Questions put to measures: names looked up with the nearest where one is unknown, the city
 * told from the area, answers kept so that one question is asked once, and the dispersion of
 * a place's weeks.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "claim/claim_internal.h"

enum { NAMES_SHOWN_MAX = 400 };

pal_status pal_judge_words(struct pal_judge *judge, struct pal_view *out,
                           struct pal_error *err, const char *format, ...)
{
    char text[PAL_CLAIM_WORDS_MAX];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t size = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    return pal_arena_copy(judge->arena, (struct pal_view){text, size}, out, err);
}

pal_status pal_judge_rows(struct pal_judge *judge, const char *statement,
                          const struct pal_value *values, size_t value_count,
                          pal_row_taker take, void *taker, struct pal_error *err)
{
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    pal_status st = pal_store_query(judge->store, pal_claim_asset(statement), values,
                                    value_count, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        st = take(taker, row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

bool pal_claim_is_countable(const struct pal_measure *measure)
{
    return pal_view_is_equal(measure->interval, PAL_VIEW("garwood")) &&
           (measure->kind == PAL_MEASURE_COUNT || measure->kind == PAL_MEASURE_RATE);
}

/* ---- names ---- */

/* Collects names for a message, and the nearest of them. */
struct names {
    struct pal_nearest nearest;
    struct pal_buffer all;
};

static void names_init(struct names *names, struct pal_view word)
{
    names->nearest = (struct pal_nearest){.word = word};
    pal_buffer_init(&names->all, NAMES_SHOWN_MAX);
}

static void names_try(struct names *names, struct pal_view name)
{
    pal_nearest_try(&names->nearest, name);
    /* The buffer's cap ends the list; what was put in stays whole. */
    pal_buffer_append_format(&names->all, "%s%.*s", names->all.size == 0 ? "" : ", ",
                             PAL_VIEW_ARG(name));
}

static pal_status names_fail(struct names *names, const char *what,
                             struct pal_error *err)
{
    struct pal_view word = names->nearest.word;
    pal_status st;
    word.size = word.size < 80 ? word.size : 80;
    if (names->nearest.best.data != NULL) {
        st = pal_fail(err, PAL_INPUT, "%s \"%.*s\" is not known; did you mean \"%.*s\"?",
                      what, PAL_VIEW_ARG(word), PAL_VIEW_ARG(names->nearest.best));
    } else {
        st = pal_fail(err, PAL_INPUT, "%s \"%.*s\" is not known; known: %.*s", what,
                      PAL_VIEW_ARG(word), (int)names->all.size,
                      names->all.data == NULL ? "" : names->all.data);
    }
    pal_buffer_clear(&names->all);
    return st;
}

static pal_status find_measure(struct pal_view name, struct pal_measure *out,
                               struct pal_error *err)
{
    struct names names;
    struct pal_measure measure;
    if (pal_measure_find(name, out)) {
        return PAL_OK;
    }
    names_init(&names, name);
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        names_try(&names, measure.name);
    }
    return names_fail(&names, "the measure", err);
}

static pal_status find_release(const struct pal_judge *judge, struct pal_view name,
                               struct pal_error *err)
{
    struct names names;
    for (size_t i = 0; i < judge->release_count; i++) {
        if (pal_view_is_equal(judge->releases[i], name)) {
            return PAL_OK;
        }
    }
    names_init(&names, name);
    for (size_t i = 0; i < judge->release_count; i++) {
        names_try(&names, judge->releases[i]);
    }
    return names_fail(&names, "the release", err);
}

static pal_status fail_dimension(const struct pal_measure *measure,
                                 struct pal_view name, struct pal_error *err)
{
    struct names names;
    struct pal_dimension dimension;
    names_init(&names, name);
    names_try(&names, PAL_VIEW("place"));
    for (size_t i = 0; pal_dimension_at(measure->table, i, &dimension); i++) {
        names_try(&names, dimension.name);
    }
    char what[128];
    (void)snprintf(what, sizeof what, "of the measure %.*s the dimension",
                   PAL_VIEW_ARG(measure->name));
    return names_fail(&names, what, err);
}

/* ---- city and area ---- */

static const struct pal_claim_place *find_place(const struct pal_judge *judge,
                                                struct pal_view name)
{
    for (size_t i = 0; i < judge->place_count; i++) {
        if (pal_view_is_equal_fold(judge->places[i].place, name)) {
            return &judge->places[i];
        }
    }
    return NULL;
}

static const struct pal_claim_place *find_area(const struct pal_judge *judge,
                                               struct pal_view area)
{
    for (size_t i = 0; i < judge->place_count; i++) {
        if (pal_view_is_equal(judge->places[i].area, area)) {
            return &judge->places[i];
        }
    }
    return NULL;
}

static void add_condition(struct pal_question_ready *out, const char *dimension,
                          struct pal_view value)
{
    struct pal_measure_request *request = &out->request;
    request->where[request->where_count++] =
        (struct pal_condition){pal_view_of(dimension), value};
}

static pal_status fail_place(const struct pal_judge *judge, struct pal_view name,
                             struct pal_error *err)
{
    struct names names;
    names_init(&names, name);
    for (size_t i = 0; i < judge->place_count; i++) {
        names_try(&names, judge->places[i].place);
    }
    return names_fail(&names, "among the study's places", err);
}

/* A city: by its area where the measure knows areas, else by its state, else not at all. */
static pal_status take_place(struct pal_judge *judge, struct pal_view name,
                             struct pal_question_ready *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    const struct pal_measure *measure = &out->request.measure;
    const struct pal_claim_place *place = find_place(judge, name);
    if (place == NULL) {
        return fail_place(judge, name, err);
    }
    out->place = place->place;
    out->study_place = place;
    out->is_wider = true;
    if (place->area.size > 0 &&
        pal_dimension_find(measure->table, PAL_VIEW("area"), &dimension)) {
        add_condition(out, "area", place->area);
        return pal_judge_words(judge, &out->around, err,
                               "the area of responsibility %.*s",
                               PAL_VIEW_ARG(place->area));
    }
    out->around = PAL_VIEW("the whole country");
    return PAL_OK;
}

static pal_status set_place_note(struct pal_judge *judge,
                                 struct pal_question_ready *out, struct pal_error *err)
{
    const struct pal_claim_place *place = out->study_place;
    struct pal_view around = out->around;
    if (place == NULL) {
        return PAL_OK;
    }
    if (around.size == 0) {
        pal_status st =
            pal_judge_words(judge, &around, err, "the area of responsibility %.*s",
                            PAL_VIEW_ARG(place->area));
        if (st != PAL_OK) {
            return st;
        }
    }
    return pal_judge_words(judge, &out->place_note, err,
                           "The city of %.*s is not %.*s, which is far larger.%s%.*s",
                           PAL_VIEW_ARG(place->place), PAL_VIEW_ARG(around),
                           place->note.size > 0 ? " " : "", PAL_VIEW_ARG(place->note));
}

pal_status pal_judge_prepare(struct pal_judge *judge, const struct pal_claim_what *what,
                             struct pal_question_ready *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    *out = (struct pal_question_ready){.request = {.first = what->first,
                                                   .last = what->last,
                                                   .release = what->release}};
    pal_status st = find_measure(what->measure, &out->request.measure, err);
    if (st == PAL_OK && what->release.size > 0) {
        st = find_release(judge, what->release, err);
    }
    for (size_t i = 0; st == PAL_OK && i < what->where_count; i++) {
        struct pal_condition condition = what->where[i];
        if (pal_view_is_equal(condition.dimension, PAL_VIEW("place"))) {
            st = take_place(judge, condition.value, out, err);
            continue;
        }
        if (!pal_dimension_find(out->request.measure.table, condition.dimension,
                                &dimension)) {
            st = fail_dimension(&out->request.measure, condition.dimension, err);
            continue;
        }
        if (dimension.kind == PAL_DIMENSION_AREA && out->study_place == NULL) {
            out->study_place = find_area(judge, condition.value);
        }
        out->request.where[out->request.where_count++] = condition;
    }
    return st == PAL_OK ? set_place_note(judge, out, err) : st;
}

/* ---- answers ---- */

static bool is_same_view(struct pal_view a, struct pal_view b)
{
    return pal_view_is_equal(a, b);
}

static bool is_same(const struct pal_measure_request *a,
                    const struct pal_measure_request *b)
{
    if (!is_same_view(a->measure.name, b->measure.name) || a->first != b->first ||
        a->last != b->last || a->by_count != b->by_count ||
        a->where_count != b->where_count || !is_same_view(a->release, b->release) ||
        !is_same_view(a->rule, b->rule)) {
        return false;
    }
    for (size_t i = 0; i < a->by_count; i++) {
        if (!is_same_view(a->by[i], b->by[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < a->where_count; i++) {
        if (!is_same_view(a->where[i].dimension, b->where[i].dimension) ||
            !is_same_view(a->where[i].value, b->where[i].value)) {
            return false;
        }
    }
    return true;
}

pal_status pal_judge_ask(struct pal_judge *judge,
                         const struct pal_measure_request *request,
                         const struct pal_measure_result **out, struct pal_error *err)
{
    *out = NULL;
    for (size_t i = 0; i < judge->result_count; i++) {
        if (is_same(&judge->results[i]->request, request)) {
            *out = judge->results[i];
            return PAL_OK;
        }
    }
    if (judge->result_count == PAL_CLAIM_RESULT_MAX) {
        return pal_fail(err, PAL_LIMIT, "the claims put more than %d questions",
                        PAL_CLAIM_RESULT_MAX);
    }
    struct pal_measure_result **slot = &judge->results[judge->result_count];
    pal_status st = pal_measure_run(judge->store, request, slot, err);
    if (st == PAL_OK) {
        judge->result_count++;
        *out = *slot;
    }
    return st;
}

pal_status pal_judge_figure(struct pal_judge *judge,
                            const struct pal_measure_request *request,
                            struct pal_figure *out, struct pal_error *err)
{
    const struct pal_measure_result *result = NULL;
    pal_status st = pal_judge_ask(judge, request, &result, err);
    *out = (struct pal_figure){.status = PAL_FIGURE_NOT_COVERED};
    if (st == PAL_OK && result->count > 0) {
        *out = result->figures[0];
    }
    /* Nothing counted: neither a column that is blank throughout nor a slip in a name may be
     * read as zero. */
    if (st == PAL_OK && out->has_value && out->n == 0 && request->where_count > 0) {
        int64_t blank = 0;
        int64_t total = 0;
        st = pal_judge_blanks(judge, request, &blank, &total, err);
        if (st == PAL_OK && blank > 0 && blank == total) {
            out->status = PAL_FIGURE_NOT_RECORDED;
            out->has_value = false;
            return PAL_OK;
        }
    }
    if (st == PAL_OK && out->has_value && out->n == 0 && request->where_count > 0) {
        st = pal_measure_check_values(judge->store, request, err);
        if (st == PAL_USAGE) {
            st = PAL_INPUT;
        }
    }
    return st;
}

/* ---- blanks ---- */

bool pal_claim_is_blank(struct pal_view key)
{
    return pal_view_is_equal(key, PAL_VIEW("not stated")) ||
           pal_view_is_equal(key, PAL_VIEW("not recorded")) ||
           pal_view_is_equal(key, PAL_VIEW("redacted"));
}

static pal_status blanks_of(struct pal_judge *judge,
                            const struct pal_measure_request *request, size_t at,
                            int64_t *blank, int64_t *total, struct pal_error *err)
{
    struct pal_measure_request by_value = *request;
    const struct pal_measure_result *result = NULL;
    by_value.by_count = 1;
    by_value.by[0] = request->where[at].dimension;
    memmove(&by_value.where[at], &by_value.where[at + 1],
            (by_value.where_count - at - 1) * sizeof by_value.where[0]);
    by_value.where_count--;
    pal_status st = pal_judge_ask(judge, &by_value, &result, err);
    for (size_t i = 0; st == PAL_OK && i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        /* A release without the column counts its records apart: n is 0 there. */
        bool is_unrecorded = figure->status == PAL_FIGURE_NOT_RECORDED;
        *total += figure->n > 0 || !is_unrecorded ? figure->n : 1;
        if (pal_claim_is_blank(figure->keys[0])) {
            *blank += figure->n > 0 || !is_unrecorded ? figure->n : 1;
        }
    }
    return st;
}

pal_status pal_judge_blanks(struct pal_judge *judge,
                            const struct pal_measure_request *request, int64_t *blank,
                            int64_t *total, struct pal_error *err)
{
    struct pal_dimension dimension;
    pal_status st = PAL_OK;
    *blank = 0;
    *total = 0;
    for (size_t i = 0; st == PAL_OK && i < request->where_count; i++) {
        bool is_text = pal_dimension_find(request->measure.table,
                                          request->where[i].dimension, &dimension) &&
                       dimension.kind == PAL_DIMENSION_TEXT;
        if (is_text && !pal_claim_is_blank(request->where[i].value)) {
            st = blanks_of(judge, request, i, blank, total, err);
        }
    }
    return st;
}

/* ---- dispersion ---- */

static bool is_whole_week(const struct pal_figure *figure)
{
    return figure->has_value && figure->days_covered == 7 && figure->days == 7;
}

static pal_status read_weeks(struct pal_judge *judge,
                             const struct pal_measure_result *result,
                             struct pal_dispersion *out, struct pal_error *err)
{
    void *memory = NULL;
    size_t count = result->count;
    bool is_share = result->request.measure.kind == PAL_MEASURE_SHARE;
    pal_status st =
        pal_arena_alloc(judge->arena, 3 * count + 1, sizeof(double), &memory, err);
    if (st != PAL_OK) {
        return st;
    }
    double *hits = memory;
    double *bases = hits + count;
    bool *is_whole = (bool *)(bases + count);
    for (size_t i = 0; i < count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        is_whole[i] = is_whole_week(figure);
        hits[i] = is_share ? figure->value * figure->base : (double)figure->n;
        bases[i] = is_whole[i] ? figure->base : 0;
    }
    *out = is_share ? pal_neighbour_shares(hits, bases, count)
                    : pal_neighbour_counts(hits, is_whole, count);
    return PAL_OK;
}

pal_status pal_judge_dispersion(struct pal_judge *judge,
                                const struct pal_measure_request *request,
                                struct pal_dispersion *out, struct pal_error *err)
{
    struct pal_measure_request by_week = *request;
    struct pal_dimension dimension;
    const struct pal_measure_result *result = NULL;
    *out = (struct pal_dispersion){.status = PAL_FIT_TOO_FEW, .value = 1};
    bool is_share =
        pal_view_is_equal(request->measure.interval, PAL_VIEW("clopper-pearson"));
    if ((!pal_claim_is_countable(&request->measure) && !is_share) ||
        !pal_dimension_find(request->measure.table, PAL_VIEW("week"), &dimension)) {
        return PAL_OK;
    }
    by_week.by_count = 1;
    by_week.by[0] = PAL_VIEW("week");
    by_week.first = PAL_DAY_NONE;
    by_week.last = PAL_DAY_NONE;
    by_week.rule = PAL_VIEW("");
    pal_status st = pal_judge_ask(judge, &by_week, &result, err);
    return st == PAL_OK ? read_weeks(judge, result, out, err) : st;
}
