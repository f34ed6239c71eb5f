/*
 * Questions made ready for measures: names looked up with the nearest where one is unknown,
 * and the city told from the area.
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
                          struct pal_row_sink sink, struct pal_error *err)
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
        st = sink.take(sink.taker, row, err);
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
        st =
            pal_fail(err, PAL_INPUT, "%s \"%.*s\" is not known; did you mean \"%.*s\"?",
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

static bool has_lower_case(struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] >= 'a' && text.data[i] <= 'z') {
            return true;
        }
    }
    return false;
}

/* Statements write "Massachusetts", releases "MASSACHUSETTS". Asked once for each value. */
static pal_status spell(struct pal_judge *judge, const struct pal_measure *measure,
                        struct pal_condition *condition, struct pal_error *err)
{
    struct pal_view spelled = condition->value;
    if (!has_lower_case(condition->value)) {
        return PAL_OK;
    }
    for (size_t i = 0; i < judge->spelling_count; i++) {
        const struct pal_spelling *known = &judge->spellings[i];
        if (pal_view_is_equal(known->table, measure->table) &&
            pal_view_is_equal(known->dimension, condition->dimension) &&
            pal_view_is_equal(known->value, condition->value)) {
            condition->value = known->spelled;
            return PAL_OK;
        }
    }
    pal_status st = pal_measure_spell(judge->store, measure, condition, judge->arena,
                                      &spelled, err);
    if (st == PAL_OK && judge->spelling_count < PAL_SPELLING_MAX) {
        judge->spellings[judge->spelling_count++] = (struct pal_spelling){
            measure->table, condition->dimension, condition->value, spelled};
    }
    condition->value = spelled;
    return st;
}

pal_status pal_judge_prepare(struct pal_judge *judge, const struct pal_claim_what *what,
                             struct pal_question_ready *out, struct pal_error *err)
{
    struct pal_dimension dimension;
    *out = (struct pal_question_ready){
        .request = {.first = what->first, .last = what->last, .release = what->release},
        .dispersion = {.status = PAL_FIT_TOO_FEW, .value = 1}};
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
        if (dimension.kind == PAL_DIMENSION_TEXT) {
            st = spell(judge, &out->request.measure, &condition, err);
        }
        out->request.where[out->request.where_count++] = condition;
    }
    return st == PAL_OK ? set_place_note(judge, out, err) : st;
}
