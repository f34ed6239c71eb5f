/*
 * A request made whole: dimensions looked up, period conditions turned into dates, and the
 * statement put together from the measure's file, a frame and the dimensions' expressions.
 * All inserted SQL comes from embedded files; a user's values are bound.
 */
#include "measure/measure_internal.h"

static pal_status fail_unknown(const struct pal_measure *measure, struct pal_view name,
                               struct pal_error *err)
{
    struct pal_buffer known;
    struct pal_dimension dimension;
    pal_buffer_init(&known, PAL_ERROR_TEXT_MAX);
    for (size_t i = 0; pal_dimension_at(measure->table, i, &dimension); i++) {
        pal_buffer_append_format(&known, "%s%.*s", i == 0 ? "" : ", ",
                                 PAL_VIEW_ARG(dimension.name));
    }
    pal_status st = pal_fail(err, PAL_USAGE,
                             "the measure %.*s has no dimension '%.*s'; it has %.*s",
                             PAL_VIEW_ARG(measure->name), PAL_VIEW_ARG(name),
                             (int)known.size, known.data == NULL ? "" : known.data);
    pal_buffer_clear(&known);
    return st;
}

static pal_status plan_by(struct pal_plan *plan, size_t i, struct pal_error *err)
{
    const struct pal_measure_request *request = plan->request;
    struct pal_dimension *dimension = &plan->by[i];
    if (!pal_dimension_find(request->measure.table, request->by[i], dimension)) {
        return fail_unknown(&request->measure, request->by[i], err);
    }
    for (size_t k = 0; k < i; k++) {
        if (pal_view_is_equal(plan->by[k].name, dimension->name)) {
            return pal_fail(err, PAL_USAGE, "the dimension '%.*s' is named twice",
                            PAL_VIEW_ARG(dimension->name));
        }
    }
    if (dimension->kind == PAL_DIMENSION_AREA) {
        plan->area_at = (int)i;
    }
    if (dimension->kind == PAL_DIMENSION_PERIOD) {
        if (plan->period_at >= 0) {
            return pal_fail(err, PAL_USAGE,
                            "'%.*s' and '%.*s' are both periods; give one of them",
                            PAL_VIEW_ARG(plan->by[plan->period_at].name),
                            PAL_VIEW_ARG(dimension->name));
        }
        plan->period_at = (int)i;
        PAL_BUG_IF(!pal_period_find(dimension->name, &plan->period));
    }
    return PAL_OK;
}

static pal_status narrow(struct pal_plan *plan, const struct pal_dimension *dimension,
                         struct pal_view value, struct pal_error *err)
{
    enum pal_period period;
    PAL_BUG_IF(!pal_period_find(dimension->name, &period));
    int32_t first = pal_period_from_text(period, value);
    if (first == PAL_DAY_NONE) {
        return pal_fail(
            err, PAL_USAGE,
            "'%.*s' is no %.*s; write a day or week as 2019-01-31, a month as "
            "2019-01, a year as 2019",
            PAL_VIEW_ARG(value), PAL_VIEW_ARG(dimension->name));
    }
    int32_t last = pal_period_next(period, first) - 1;
    if (plan->first == PAL_DAY_NONE || first > plan->first) {
        plan->first = first;
    }
    if (plan->last == PAL_DAY_NONE || last < plan->last) {
        plan->last = last;
    }
    return PAL_OK;
}

static pal_status plan_where(struct pal_plan *plan,
                             const struct pal_condition *condition,
                             struct pal_error *err)
{
    struct pal_dimension dimension;
    if (!pal_dimension_find(plan->request->measure.table, condition->dimension,
                            &dimension)) {
        return fail_unknown(&plan->request->measure, condition->dimension, err);
    }
    if (dimension.kind == PAL_DIMENSION_PERIOD) {
        return narrow(plan, &dimension, condition->value, err);
    }
    for (size_t i = 0; i < plan->where_count; i++) {
        if (pal_view_is_equal(plan->where[i].name, dimension.name)) {
            return pal_fail(
                err, PAL_USAGE,
                "two conditions on %.*s, which no record meets together; ask "
                "for one after the other, or cut by it",
                PAL_VIEW_ARG(dimension.name));
        }
    }
    if (dimension.kind == PAL_DIMENSION_AREA) {
        plan->area_where = condition->value;
    }
    plan->where[plan->where_count] = dimension;
    plan->where_value[plan->where_count] = condition->value;
    plan->where_count++;
    return PAL_OK;
}

/* A table that holds totals beside their parts is asked for the total unless told otherwise. */
static pal_status plan_fallbacks(struct pal_plan *plan, struct pal_error *err)
{
    struct pal_dimension dimension;
    struct pal_view table = plan->request->measure.table;
    for (size_t i = 0; pal_dimension_at(table, i, &dimension); i++) {
        bool is_named = dimension.fallback.size == 0;
        for (size_t k = 0; k < plan->request->by_count; k++) {
            is_named = is_named || pal_view_is_equal(plan->by[k].name, dimension.name);
        }
        for (size_t k = 0; k < plan->where_count; k++) {
            is_named =
                is_named || pal_view_is_equal(plan->where[k].name, dimension.name);
        }
        if (is_named) {
            continue;
        }
        if (plan->where_count == PAL_MEASURE_CONDITION_MAX) {
            return pal_fail(err, PAL_LIMIT, "more than %d conditions",
                            PAL_MEASURE_CONDITION_MAX);
        }
        plan->where[plan->where_count] = dimension;
        plan->where_value[plan->where_count++] = dimension.fallback;
    }
    return PAL_OK;
}

pal_status pal_plan_make(const struct pal_measure_request *request,
                         struct pal_plan *plan, struct pal_error *err)
{
    pal_status st = PAL_OK;
    *plan = (struct pal_plan){.request = request,
                              .period_at = -1,
                              .area_at = -1,
                              .area_where = {"", 0},
                              .first = request->first,
                              .last = request->last};
    if (request->by_count > PAL_MEASURE_DIMENSION_MAX ||
        request->where_count > PAL_MEASURE_CONDITION_MAX) {
        return pal_fail(err, PAL_USAGE, "at most %d dimensions and %d conditions",
                        PAL_MEASURE_DIMENSION_MAX, PAL_MEASURE_CONDITION_MAX);
    }
    for (size_t i = 0; st == PAL_OK && i < request->by_count; i++) {
        st = plan_by(plan, i, err);
    }
    for (size_t i = 0; st == PAL_OK && i < request->where_count; i++) {
        st = plan_where(plan, &request->where[i], err);
    }
    if (st == PAL_OK) {
        st = plan_fallbacks(plan, err);
    }
    if (st == PAL_OK && plan->first != PAL_DAY_NONE && plan->last != PAL_DAY_NONE &&
        plan->first > plan->last) {
        return pal_fail(err, PAL_USAGE, "the first day asked for is after the last");
    }
    if (st == PAL_OK && request->release.size > 0 && pal_plan_is_stated(plan)) {
        return pal_fail(err, PAL_USAGE,
                        "the measure %.*s takes the newest published figure; it cannot "
                        "be asked of one release",
                        PAL_VIEW_ARG(request->measure.name));
    }
    return st;
}

bool pal_plan_is_regional(const struct pal_plan *plan)
{
    return plan->area_at >= 0 || plan->area_where.size > 0;
}

bool pal_plan_is_stated(const struct pal_plan *plan)
{
    enum pal_measure_kind kind = plan->request->measure.kind;
    return kind == PAL_MEASURE_STATED || kind == PAL_MEASURE_STOCK ||
           pal_view_is_equal(plan->request->measure.table,
                             PAL_VIEW("custody_statistic"));
}

/* ---- the statement ---- */

struct pieces {
    struct pal_buffer keys;
    struct pal_buffer joins;
    struct pal_buffer conditions;
    struct pal_buffer met;
    struct pal_buffer serving;
    struct pal_buffer record;
    struct pal_buffer group;
    struct pal_buffer expressions;
    struct pal_buffer area;
    struct pal_buffer table;
    struct pal_buffer columns;
};

static void fill_keys(const struct pal_plan *plan, struct pieces *pieces)
{
    for (size_t i = 0; i < plan->request->by_count; i++) {
        if ((int)i == plan->period_at) {
            pal_buffer_append_text(&pieces->expressions,
                                   pal_label_period(plan->period));
        } else {
            pal_label_append(&pieces->expressions, plan, &plan->by[i], i);
        }
        pal_buffer_append_format(&pieces->expressions, " AS k%zu, ", i);
        pal_buffer_append_format(&pieces->keys, "k%zu, ", i);
        pal_label_join(&pieces->joins, &plan->by[i], i);
        pal_buffer_append_format(&pieces->group, "%sk%zu", i == 0 ? "GROUP BY " : ", ",
                                 i);
    }
}

/* A record without the column passes the condition and is counted apart: that a release has
 * no such column must not come out as a count of 0. Sorted values have no such count. */
static void fill_conditions(const struct pal_plan *plan, struct pieces *pieces,
                            struct pal_value *values, size_t *value_count)
{
    bool passes =
        plan->request->measure.kind != PAL_MEASURE_MEDIAN && !pal_plan_is_stated(plan);
    for (size_t i = 0; i < plan->where_count; i++) {
        size_t join = PAL_MEASURE_DIMENSION_MAX + i;
        struct pal_buffer *conditions = &pieces->conditions;
        pal_label_join(&pieces->joins, &plan->where[i], join);
        values[*value_count] =
            (struct pal_value){.kind = PAL_VALUE_TEXT, .text = plan->where_value[i]};
        (*value_count)++;
        pal_buffer_append_text(conditions, "    AND ");
        pal_label_append(conditions, plan, &plan->where[i], join);
        if (passes) {
            pal_buffer_append_format(conditions, " IN ($%zu, 'not recorded')\n",
                                     *value_count);
            pal_buffer_append_text(&pieces->met, " AND ");
            pal_label_append(&pieces->met, plan, &plan->where[i], join);
            pal_buffer_append_format(&pieces->met, " = $%zu", *value_count);
        } else {
            pal_buffer_append_format(conditions, " = $%zu\n", *value_count);
        }
    }
}

/* The stretches of days that count: those of the serving releases, or of the one asked for. */
pal_status pal_plan_serving(const struct pal_plan *plan, struct pal_buffer *out,
                            struct pal_value *values, size_t *value_count,
                            struct pal_error *err)
{
    struct pal_buffer number;
    struct pal_buffer table;
    pal_buffer_init(&number, PAL_MEASURE_STATEMENT_MAX);
    pal_buffer_init(&table, PAL_MEASURE_STATEMENT_MAX);
    const char *frame = "serving_best.sql";
    if (plan->request->release.size > 0) {
        frame = "serving_release.sql";
        values[*value_count] =
            (struct pal_value){.kind = PAL_VALUE_TEXT, .text = plan->request->release};
        (*value_count)++;
    }
    pal_buffer_append_format(&number, "$%zu", *value_count);
    pal_buffer_append_format(&table, "'%.*s'",
                             PAL_VIEW_ARG(plan->request->measure.coverage));
    pal_status st = pal_buffer_status(&number, err);
    if (st == PAL_OK) {
        st = pal_buffer_status(&table, err);
    }
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {{"table", pal_buffer_view(&table)},
                                         {"release", pal_buffer_view(&number)}};
        st = pal_store_fill(pal_measure_frame(frame), slots,
                            sizeof slots / sizeof slots[0], out, err);
    }
    pal_buffer_clear(&table);
    pal_buffer_clear(&number);
    return st;
}

void pal_plan_area(const struct pal_plan *plan, struct pal_buffer *out)
{
    struct pal_dimension dimension;
    for (size_t i = 0; pal_dimension_at(plan->request->measure.table, i, &dimension);
         i++) {
        if (dimension.kind == PAL_DIMENSION_AREA) {
            pal_label_area(out, &dimension);
            return;
        }
    }
    pal_buffer_append_text(out, "own.area");
}

/* Whether `name` is a part of the list, each part led in by ", ". */
static bool is_listed(struct pal_view list, struct pal_view name)
{
    struct pal_view part;
    while (pal_view_split(&list, ',', &part)) {
        if (pal_view_has_suffix(part, name) && part.size == name.size + 3) {
            return true;
        }
    }
    return false;
}

/* Adds the columns of `r` that the text speaks of, each once; the frame itself names the
 * release. */
static void add_columns(struct pal_view text, struct pal_buffer *columns)
{
    struct pal_view name;
    while (pal_label_column(&text, &name)) {
        if (!pal_view_is_equal(name, PAL_VIEW("release_name")) &&
            !is_listed(pal_buffer_view(columns), name)) {
            pal_buffer_append_format(columns, ", r.%.*s", PAL_VIEW_ARG(name));
        }
    }
}

static void fill_columns(struct pieces *pieces)
{
    add_columns(pal_buffer_view(&pieces->expressions), &pieces->columns);
    add_columns(pal_buffer_view(&pieces->joins), &pieces->columns);
    add_columns(pal_buffer_view(&pieces->conditions), &pieces->columns);
    add_columns(pal_buffer_view(&pieces->area), &pieces->columns);
}

struct pal_value pal_plan_day(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_value){.kind = PAL_VALUE_NULL};
    }
    return (struct pal_value){.kind = PAL_VALUE_DAY, .integer = day};
}

static struct pal_view frame_of(const struct pal_plan *plan)
{
    if (plan->request->measure.kind == PAL_MEASURE_MEDIAN) {
        return pal_measure_frame("frame_median.sql");
    }
    return pal_measure_frame(pal_plan_is_stated(plan) ? "frame_stated.sql"
                                                      : "frame_served.sql");
}

pal_status pal_plan_statement(const struct pal_plan *plan, struct pal_buffer *out,
                              struct pal_value *values, size_t *value_count,
                              struct pal_error *err)
{
    struct pieces pieces;
    struct pal_buffer *parts[] = {
        &pieces.keys,        &pieces.joins,  &pieces.conditions, &pieces.group,
        &pieces.expressions, &pieces.area,   &pieces.table,      &pieces.met,
        &pieces.serving,     &pieces.record, &pieces.columns};
    enum { PART_COUNT = sizeof parts / sizeof parts[0] };
    pal_status st = PAL_OK;
    for (size_t i = 0; i < PART_COUNT; i++) {
        pal_buffer_init(parts[i], PAL_MEASURE_STATEMENT_MAX);
    }
    values[0] = pal_plan_day(plan->first);
    values[1] = pal_plan_day(plan->last);
    *value_count = 2;
    fill_keys(plan, &pieces);
    fill_conditions(plan, &pieces, values, value_count);
    pal_plan_area(plan, &pieces.area);
    fill_columns(&pieces);
    pal_buffer_append_format(&pieces.table, "'%.*s'",
                             PAL_VIEW_ARG(plan->request->measure.coverage));
    st = pal_measure_statement(&plan->request->measure, plan->request->rule,
                               &pieces.record, err);
    if (st == PAL_OK && !pal_plan_is_stated(plan)) {
        st = pal_plan_serving(plan, &pieces.serving, values, value_count, err);
    }
    for (size_t i = 0; st == PAL_OK && i < PART_COUNT; i++) {
        st = pal_buffer_status(parts[i], err);
    }
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {
            {"record", pal_buffer_view(&pieces.record)},
            {"met", pal_buffer_view(&pieces.met)},
            {"serving", pal_buffer_view(&pieces.serving)},
            {"keys", pal_buffer_view(&pieces.keys)},
            {"joins", pal_buffer_view(&pieces.joins)},
            {"conditions", pal_buffer_view(&pieces.conditions)},
            {"group", pal_buffer_view(&pieces.group)},
            {"expressions", pal_buffer_view(&pieces.expressions)},
            {"area", pal_buffer_view(&pieces.area)},
            {"columns", pal_buffer_view(&pieces.columns)},
            {"table", pal_buffer_view(&pieces.table)},
            {"with_regional",
             pal_view_of(pal_plan_is_regional(plan) ? "TRUE" : "FALSE")},
        };
        st = pal_store_fill(frame_of(plan), slots, sizeof slots / sizeof slots[0], out,
                            err);
    }
    for (size_t i = 0; i < PART_COUNT; i++) {
        pal_buffer_clear(parts[i]);
    }
    return st;
}

pal_status pal_plan_values_statement(const struct pal_plan *plan,
                                     const struct pal_dimension *dimension,
                                     struct pal_buffer *out, struct pal_error *err)
{
    struct pal_buffer expression;
    struct pal_buffer join;
    struct pal_buffer table;
    struct pal_buffer record;
    struct pal_buffer columns;
    pal_buffer_init(&record, PAL_MEASURE_STATEMENT_MAX);
    pal_buffer_init(&columns, PAL_MEASURE_STATEMENT_MAX);
    pal_buffer_init(&expression, PAL_MEASURE_STATEMENT_MAX);
    pal_buffer_init(&join, PAL_MEASURE_STATEMENT_MAX);
    pal_buffer_init(&table, PAL_MEASURE_STATEMENT_MAX);
    pal_label_append(&expression, plan, dimension, 0);
    pal_label_join(&join, dimension, 0);
    add_columns(pal_buffer_view(&expression), &columns);
    add_columns(pal_buffer_view(&join), &columns);
    pal_buffer_append_format(&table, "'%.*s'",
                             PAL_VIEW_ARG(plan->request->measure.coverage));
    pal_status st =
        pal_measure_statement(&plan->request->measure, PAL_VIEW(""), &record, err);
    if (st == PAL_OK) {
        st = pal_buffer_status(&expression, err);
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&join, err);
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&columns, err);
    }
    if (st == PAL_OK) {
        st = pal_buffer_status(&table, err);
    }
    if (st == PAL_OK) {
        const struct pal_slot slots[] = {
            {"record", pal_buffer_view(&record)},
            {"expressions", pal_buffer_view(&expression)},
            {"joins", pal_buffer_view(&join)},
            {"columns", pal_buffer_view(&columns)},
            {"table", pal_buffer_view(&table)},
        };
        st = pal_store_fill(pal_measure_frame("frame_values.sql"), slots,
                            sizeof slots / sizeof slots[0], out, err);
    }
    pal_buffer_clear(&record);
    pal_buffer_clear(&columns);
    pal_buffer_clear(&expression);
    pal_buffer_clear(&join);
    pal_buffer_clear(&table);
    return st;
}
