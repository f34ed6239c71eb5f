/*
 * The areas that a question of turns is about, as people write them: the announced places',
 * all, or names.
 */
#include <string.h>

#include "detect/study_internal.h"

enum { PLACE_MAX = 256 };

struct reader {
    struct pal_store *store;
    const struct pal_surge_request *request;
    struct pal_arena *arena;
    struct pal_turns_areas *out;
    size_t place_count;
    struct pal_view *places; /* of each, the area stands beside it in place_areas */
    struct pal_view *place_areas;
};

bool pal_surge_is_named(struct pal_view label)
{
    return !pal_view_is_equal(label, PAL_VIEW("not stated")) &&
           !pal_view_is_equal(label, PAL_VIEW("not recorded")) &&
           !pal_view_is_equal(label, PAL_VIEW("redacted"));
}

static pal_status take_place(struct reader *reader, const struct pal_value *row,
                             struct pal_error *err)
{
    if (reader->place_count == PLACE_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d places in a study", PLACE_MAX);
    }
    size_t at = reader->place_count++;
    pal_status st =
        pal_arena_copy(reader->arena, row[0].text, &reader->places[at], err);
    return st == PAL_OK ? pal_arena_copy(reader->arena, row[1].text,
                                         &reader->place_areas[at], err)
                        : st;
}

static pal_status read_places(struct reader *reader, struct pal_error *err)
{
    struct pal_view statement =
        pal_asset_find(&pal_detect_assets, "announced_area.sql");
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    PAL_BUG_IF(statement.data == NULL);
    pal_status st = pal_store_query(reader->store, statement, NULL, 0, &cursor, err);
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        st = take_place(reader, row, err);
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status add(struct reader *reader, struct pal_view area,
                      struct pal_error *err)
{
    struct pal_turns_areas *out = reader->out;
    for (size_t i = 0; i < out->count; i++) {
        if (pal_view_is_equal(out->names[i], area)) {
            return PAL_OK;
        }
    }
    if (out->count == PAL_SURGE_AREA_MAX) {
        return pal_fail(err, PAL_LIMIT, "more than %d areas", PAL_SURGE_AREA_MAX);
    }
    return pal_arena_copy(reader->arena, area, &out->names[out->count++], err);
}

static pal_status add_announced(struct reader *reader, struct pal_error *err)
{
    pal_status st = PAL_OK;
    if (!pal_view_is_equal(reader->request->by, PAL_VIEW("area")) ||
        reader->place_count == 0) {
        return pal_fail(err, PAL_USAGE,
                        "the study announces no places with an area; name the areas, "
                        "with commas between, or write all");
    }
    reader->out->is_announced = true;
    for (size_t i = 0; st == PAL_OK && i < reader->place_count; i++) {
        st = add(reader, reader->place_areas[i], err);
    }
    return st;
}

/* A name that the records have, with the nearest where they have not. */
static pal_status check_name(const struct reader *reader, struct pal_view name,
                             struct pal_error *err)
{
    struct pal_measure_request question = {.measure = reader->request->measure,
                                           .first = PAL_DAY_NONE,
                                           .last = PAL_DAY_NONE,
                                           .where_count = 1};
    struct pal_nearest nearest = {.word = name};
    question.where[0] = (struct pal_condition){reader->request->by, name};
    if (!pal_surge_is_named(name)) {
        return pal_fail(err, PAL_USAGE, "records with \"%.*s\" are of no one %.*s",
                        PAL_VIEW_ARG(name), PAL_VIEW_ARG(reader->request->by));
    }
    pal_status st = pal_measure_check_values(reader->store, &question, err);
    pal_nearest_try(&nearest, PAL_VIEW("announced"));
    pal_nearest_try(&nearest, PAL_VIEW("all"));
    if (st == PAL_USAGE && nearest.best.data != NULL) {
        return pal_fail(err, PAL_USAGE,
                        "no record of this study has the %.*s \"%.*s\"; did you mean "
                        "%.*s?",
                        PAL_VIEW_ARG(reader->request->by), PAL_VIEW_ARG(name),
                        PAL_VIEW_ARG(nearest.best));
    }
    return st;
}

static pal_status add_name(struct reader *reader, struct pal_view name,
                           struct pal_error *err)
{
    bool is_area = pal_view_is_equal(reader->request->by, PAL_VIEW("area"));
    for (size_t i = 0; is_area && i < reader->place_count; i++) {
        if (pal_view_is_equal_fold(reader->places[i], name)) {
            return add(reader, reader->place_areas[i], err);
        }
    }
    pal_status st = check_name(reader, name, err);
    return st == PAL_OK ? add(reader, name, err) : st;
}

static pal_status add_names(struct reader *reader, struct pal_view words,
                            struct pal_error *err)
{
    struct pal_view part;
    pal_status st = PAL_OK;
    while (st == PAL_OK && pal_view_split(&words, ',', &part)) {
        part = pal_view_trim(part);
        st = part.size == 0
                 ? pal_fail(err, PAL_USAGE,
                            "the areas are announced, all, or names with commas "
                            "between; one of them is empty")
                 : add_name(reader, part, err);
    }
    return st;
}

pal_status pal_turns_areas(struct pal_store *store,
                           const struct pal_surge_request *request,
                           struct pal_view words, struct pal_arena *arena,
                           struct pal_turns_areas *out, struct pal_error *err)
{
    struct reader reader = {.store = store, .request = request, .arena = arena};
    void *room = NULL;
    *out = (struct pal_turns_areas){.names = NULL};
    reader.out = out;
    words = pal_view_trim(words);
    if (pal_view_is_equal(words, PAL_VIEW("all"))) {
        return PAL_OK;
    }
    pal_status st =
        pal_arena_alloc(arena, PAL_SURGE_AREA_MAX, sizeof *out->names, &room, err);
    out->names = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, PLACE_MAX, sizeof *reader.places, &room, err);
        reader.places = room;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, PLACE_MAX, sizeof *reader.place_areas, &room, err);
        reader.place_areas = room;
    }
    if (st == PAL_OK) {
        st = read_places(&reader, err);
    }
    if (st == PAL_OK) {
        st = pal_view_is_equal(words, PAL_VIEW("announced"))
                 ? add_announced(&reader, err)
                 : add_names(&reader, words, err);
    }
    if (st == PAL_OK && out->count < 2) {
        st = pal_fail(err, PAL_USAGE,
                      "turns are of two areas or more, and this names one; the areas "
                      "are announced, all, or names with commas between");
    }
    return st;
}
