/*
 * Whether a condition names a value that there is. A slip of the hand ("Chicgo") would
 * otherwise count nothing and be read as zero.
 */
#include "measure/measure_internal.h"

enum { VALUE_SHOWN_MAX = 12, AREA_HEADER_LINES = 1 };

/* Labels that a dimension may have without any record behind them. */
static bool is_label(struct pal_view value)
{
    return pal_view_is_equal(value, PAL_VIEW("not stated")) ||
           pal_view_is_equal(value, PAL_VIEW("not recorded")) ||
           pal_view_is_equal(value, PAL_VIEW("redacted"));
}

/* The name here of an area of responsibility that the agency has, in this study or not, by any
 * of its spellings; empty when there is none. */
static struct pal_view agency_area(struct pal_view value)
{
    struct pal_view rest = pal_measure_frame("areas.csv");
    struct pal_view line;
    for (int i = 0; value.size > 0 && pal_view_split(&rest, '\n', &line); i++) {
        struct pal_view name = {"", 0};
        struct pal_view spelling;
        for (int k = 0; i >= AREA_HEADER_LINES && pal_view_split(&line, ',', &spelling);
             k++) {
            name = k == 0 ? spelling : name;
            if (pal_view_is_equal_fold(spelling, value)) {
                return name;
            }
        }
    }
    return (struct pal_view){"", 0};
}

static pal_status fail_unknown(const struct pal_dimension *dimension,
                               struct pal_view value, const struct pal_nearest *nearest,
                               const struct pal_buffer *known, size_t known_count,
                               struct pal_error *err)
{
    if (nearest->best.data != NULL) {
        return pal_fail(err, PAL_USAGE,
                        "no record of this study has the %.*s \"%.*s\"; did you mean "
                        "\"%.*s\"?",
                        PAL_VIEW_ARG(dimension->name), PAL_VIEW_ARG(value),
                        PAL_VIEW_ARG(nearest->best));
    }
    return pal_fail(err, PAL_USAGE,
                    "no record of this study has the %.*s \"%.*s\"; there %s %.*s%s",
                    PAL_VIEW_ARG(dimension->name), PAL_VIEW_ARG(value),
                    known_count == 1 ? "is" : "are",
                    known_count == 0 ? 4 : (int)known->size,
                    known_count == 0 ? "none" : known->data,
                    known_count > VALUE_SHOWN_MAX ? " and others" : "");
}

/* Reads the values there are until the one asked for comes. Where no release has the column
 * the figure itself says "not recorded". */
static pal_status look_for(struct pal_cursor *cursor,
                           const struct pal_dimension *dimension, struct pal_view value,
                           struct pal_arena *arena, struct pal_error *err)
{
    const struct pal_value *row = NULL;
    struct pal_nearest nearest = {.word = value};
    struct pal_buffer known;
    size_t known_count = 0;
    bool has_found = false;
    bool is_recorded = false;
    pal_status st = PAL_OK;
    pal_buffer_init(&known, PAL_ERROR_TEXT_MAX);
    while (st == PAL_OK && !has_found) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        struct pal_view text = {"", 0};
        st = pal_arena_copy(arena, row[0].text, &text, err);
        has_found = pal_view_is_equal(text, value);
        is_recorded = is_recorded || !pal_view_is_equal(text, PAL_VIEW("not recorded"));
        if (st == PAL_OK && !is_label(text)) {
            pal_nearest_try(&nearest, text);
            if (known_count++ < VALUE_SHOWN_MAX) {
                pal_buffer_append_format(&known, "%s%.*s", known_count == 1 ? "" : ", ",
                                         PAL_VIEW_ARG(text));
            }
        }
    }
    if (st == PAL_OK && !has_found && is_recorded) {
        st = fail_unknown(dimension, value, &nearest, &known, known_count, err);
    }
    pal_buffer_clear(&known);
    return st;
}

static pal_status check_value(struct pal_store *store, const struct pal_plan *plan,
                              size_t at, struct pal_error *err)
{
    struct pal_buffer statement;
    struct pal_arena arena;
    struct pal_cursor *cursor = NULL;
    pal_buffer_init(&statement, PAL_MEASURE_STATEMENT_MAX);
    pal_arena_init(&arena, PAL_MEASURE_ARENA_MAX);
    pal_status st = pal_plan_values_statement(plan, &plan->where[at], &statement, err);
    if (st == PAL_OK) {
        st = pal_store_query(store, pal_buffer_view(&statement), NULL, 0, &cursor, err);
    }
    if (st == PAL_OK) {
        st = look_for(cursor, &plan->where[at], plan->where_value[at], &arena, err);
    }
    pal_cursor_close(cursor);
    pal_arena_clear(&arena);
    pal_buffer_clear(&statement);
    return st;
}

/* Reads the values there are: the one asked for, else the only one that differs from it by
 * capitals alone. */
static pal_status find_spelling(struct pal_cursor *cursor, struct pal_view value,
                                struct pal_arena *arena, struct pal_view *out,
                                struct pal_error *err)
{
    const struct pal_value *row = NULL;
    size_t count = 0;
    struct pal_view found = value;
    pal_status st = PAL_OK;
    while (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
        if (st != PAL_OK || row == NULL) {
            break;
        }
        if (pal_view_is_equal(row[0].text, value)) {
            return PAL_OK;
        }
        if (pal_view_is_equal_fold(row[0].text, value)) {
            count++;
            st = pal_arena_copy(arena, row[0].text, &found, err);
        }
    }
    if (st == PAL_OK && count == 1) {
        *out = found;
    }
    return st;
}

pal_status pal_measure_spell(struct pal_store *store, const struct pal_measure *measure,
                             const struct pal_condition *condition,
                             struct pal_arena *arena, struct pal_view *out,
                             struct pal_error *err)
{
    struct pal_measure_request request = {.measure = *measure,
                                          .where_count = 1,
                                          .where = {*condition},
                                          .first = PAL_DAY_NONE,
                                          .last = PAL_DAY_NONE};
    struct pal_plan plan;
    struct pal_buffer statement;
    struct pal_cursor *cursor = NULL;
    *out = condition->value;
    pal_buffer_init(&statement, PAL_MEASURE_STATEMENT_MAX);
    pal_status st = pal_plan_make(&request, &plan, err);
    if (st == PAL_OK && plan.where_count > 0) {
        st = pal_plan_values_statement(&plan, &plan.where[0], &statement, err);
    }
    if (st == PAL_OK && statement.size > 0) {
        st = pal_store_query(store, pal_buffer_view(&statement), NULL, 0, &cursor, err);
    }
    if (st == PAL_OK && cursor != NULL) {
        st = find_spelling(cursor, condition->value, arena, out, err);
    }
    pal_cursor_close(cursor);
    pal_buffer_clear(&statement);
    return st;
}

static pal_status check_release(struct pal_store *store, struct pal_view release,
                                struct pal_error *err)
{
    struct pal_dimension dimension = {.name = PAL_VIEW("release")};
    struct pal_arena arena;
    struct pal_cursor *cursor = NULL;
    pal_arena_init(&arena, PAL_MEASURE_ARENA_MAX);
    pal_status st = pal_store_query(store, pal_measure_frame("releases.sql"), NULL, 0,
                                    &cursor, err);
    if (st == PAL_OK) {
        st = look_for(cursor, &dimension, release, &arena, err);
    }
    pal_cursor_close(cursor);
    pal_arena_clear(&arena);
    return st;
}

static pal_status check_condition(struct pal_store *store, const struct pal_plan *plan,
                                  size_t at, struct pal_error *err)
{
    const struct pal_dimension *dimension = &plan->where[at];
    struct pal_view value = plan->where_value[at];
    struct pal_view area = {"", 0};
    if (value.size == 0) {
        return pal_fail(
            err, PAL_USAGE,
            "the condition on %.*s names no value; write \"not stated\" for "
            "what was left blank",
            PAL_VIEW_ARG(dimension->name));
    }
    if (dimension->kind == PAL_DIMENSION_AREA) {
        area = agency_area(value);
    }
    if (is_label(value) || pal_view_is_equal(value, area) ||
        pal_view_is_equal(value, dimension->fallback)) {
        return PAL_OK;
    }
    if (area.size > 0) {
        return pal_fail(err, PAL_USAGE, "the area \"%.*s\" is called \"%.*s\" here",
                        PAL_VIEW_ARG(value), PAL_VIEW_ARG(area));
    }
    return check_value(store, plan, at, err);
}

pal_status pal_measure_check_values(struct pal_store *store,
                                    const struct pal_measure_request *request,
                                    struct pal_error *err)
{
    struct pal_plan plan;
    pal_status st = pal_plan_make(request, &plan, err);
    if (st == PAL_OK && request->release.size > 0) {
        st = check_release(store, request->release, err);
    }
    for (size_t i = 0; st == PAL_OK && i < plan.where_count; i++) {
        st = check_condition(store, &plan, i, err);
    }
    return st;
}

pal_status pal_measure_is_recorded(struct pal_store *store,
                                   const struct pal_measure *measure,
                                   struct pal_view dimension, bool *is_recorded,
                                   struct pal_error *err)
{
    struct pal_dimension found;
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    *is_recorded = true;
    if (!pal_dimension_find(measure->table, dimension, &found) ||
        found.field.size == 0) {
        return PAL_OK;
    }
    struct pal_value field = {.kind = PAL_VALUE_TEXT, .text = found.field};
    pal_status st = pal_store_query(store, pal_measure_frame("field_recorded.sql"),
                                    &field, 1, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK && row != NULL) {
        *is_recorded = row[0].integer > 0;
    }
    pal_cursor_close(cursor);
    return st;
}
