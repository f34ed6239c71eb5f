#include <math.h>
#include <stdio.h>

#include "app/commands.h"
#include "app/listing.h"
#include "app/measure_name.h"
#include "app/refresh.h"
#include "measure/measure.h"

extern const struct pal_asset_table pal_app_assets;

enum {
    OPTION_BY,
    OPTION_WHERE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_RELEASE,
    OPTION_RULE,
    OPTION_FORMAT,
    OPTION_COUNT
};
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_BY] =
        {"by", 'b', PAL_OPTION_TEXT, "NAME,...",
         "The dimensions to cut by, such as area,month. measure show lists those "
         "of a measure.",
         NULL},
    [OPTION_WHERE] =
        {"where", 'w', PAL_OPTION_TEXTS, "NAME=VALUE",
         "Count only rows with this value of a dimension; may be repeated.", NULL},
    [OPTION_FROM] = {"from", 0, PAL_OPTION_DAY, "DATE", "The first day that counts.",
                     NULL},
    [OPTION_TO] = {"to", 0, PAL_OPTION_DAY, "DATE", "The last day that counts.", NULL},
    [OPTION_RELEASE] = {"release", 0, PAL_OPTION_TEXT, "NAME",
                        "Count this release alone, also where another one serves.",
                        NULL},
    [OPTION_RULE] = {"rule", 0, PAL_OPTION_TEXT, "NAME",
                     "Leave out duplicates by this rule instead of ours; all leaves "
                     "out none. measure show lists those of a measure.",
                     NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|csv|json",
                       "What to write.", "table"},
};

enum { NAME_SIZE_MAX = 64 };

/* A copy with a NUL, for a column's name. */
static void put_column(struct pal_listing *listing, struct pal_view name)
{
    char text[NAME_SIZE_MAX];
    (void)snprintf(text, sizeof text, "%.*s", PAL_VIEW_ARG(name));
    pal_listing_column(listing, text);
}

static pal_status list(struct pal_app *app, struct pal_error *err)
{
    struct pal_listing listing;
    struct pal_measure measure;
    pal_status st;
    pal_listing_init(&listing);
    pal_listing_column(&listing, "measure");
    pal_listing_column(&listing, "table");
    pal_listing_column(&listing, "unit");
    pal_listing_column(&listing, "title");
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        pal_listing_text(&listing, measure.name);
        pal_listing_text(&listing, measure.table);
        pal_listing_text(&listing, measure.unit);
        pal_listing_text(&listing, measure.title);
    }
    st = pal_listing_show(&listing, app, err);
    pal_listing_clear(&listing);
    return st;
}

static const char *const kind_names[] = {
    [PAL_MEASURE_COUNT] = "a count",
    [PAL_MEASURE_RATE] = "a count a day",
    [PAL_MEASURE_SHARE] = "a share",
    [PAL_MEASURE_MEAN] = "a mean",
    [PAL_MEASURE_MEDIAN] = "a median",
    [PAL_MEASURE_STATED] = "as somebody published it",
    [PAL_MEASURE_STOCK] = "as somebody published it, on one day",
};

static void show_json(const struct pal_measure *measure, struct pal_view statement,
                      struct pal_buffer *out)
{
    const struct {
        const char *key;
        struct pal_view text;
    } rows[] = {
        {"measure", measure->name},        {"title", measure->title},
        {"unit", measure->unit},           {"table", measure->table},
        {"numerator", measure->numerator}, {"denominator", measure->denominator},
        {"interval", measure->interval},   {"caveats", measure->caveats},
        {"source", measure->source},       {"statement", statement},
    };
    struct pal_dimension dimension;
    struct pal_json json;
    pal_json_init(&json, out, true);
    pal_json_begin_object(&json);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_json_key(&json, rows[i].key);
        pal_json_view(&json, rows[i].text);
    }
    pal_json_key(&json, "kind");
    pal_json_text(&json, kind_names[measure->kind]);
    pal_json_key(&json, "dimensions");
    pal_json_begin_array(&json);
    for (size_t i = 0; pal_dimension_at(measure->table, i, &dimension); i++) {
        pal_json_begin_object(&json);
        pal_json_key(&json, "dimension");
        pal_json_view(&json, dimension.name);
        pal_json_key(&json, "field");
        pal_json_view(&json, dimension.field);
        pal_json_key(&json, "description");
        pal_json_view(&json, dimension.description);
        pal_json_end_object(&json);
    }
    pal_json_end_array(&json);
    pal_json_end_object(&json);
    pal_buffer_append_char(out, '\n');
}

static void show_text(const struct pal_measure *measure, struct pal_view statement,
                      struct pal_buffer *out)
{
    struct pal_dimension dimension;
    pal_buffer_append_format(out, "%.*s: %.*s\n\n", PAL_VIEW_ARG(measure->name),
                             PAL_VIEW_ARG(measure->title));
    pal_buffer_append_format(out,
                             "unit         %.*s\ntable        %.*s\nkind         %s\n",
                             PAL_VIEW_ARG(measure->unit), PAL_VIEW_ARG(measure->table),
                             kind_names[measure->kind]);
    pal_buffer_append_format(out, "numerator    %.*s\n",
                             PAL_VIEW_ARG(measure->numerator));
    if (measure->denominator.size > 0) {
        pal_buffer_append_format(out, "denominator  %.*s\n",
                                 PAL_VIEW_ARG(measure->denominator));
    }
    pal_buffer_append_format(
        out, "interval     %.*s\ncaveats      %.*s\nsource       %.*s\n",
        PAL_VIEW_ARG(measure->interval), PAL_VIEW_ARG(measure->caveats),
        PAL_VIEW_ARG(measure->source));
    pal_buffer_append_text(out, "\ndimensions\n");
    for (size_t i = 0; pal_dimension_at(measure->table, i, &dimension); i++) {
        pal_buffer_append_format(out, "  %-14.*s %.*s\n", PAL_VIEW_ARG(dimension.name),
                                 PAL_VIEW_ARG(dimension.description));
    }
    if (pal_measure_has_rules(measure)) {
        struct pal_rule rule;
        pal_buffer_append_text(out, "\nduplicate rules (--rule)\n");
        for (size_t i = 0; pal_rule_at(measure->table, i, &rule); i++) {
            pal_buffer_append_format(out, "  %-14.*s %.*s\n", PAL_VIEW_ARG(rule.name),
                                     PAL_VIEW_ARG(rule.description));
        }
    }
    pal_buffer_append_format(out, "\n%.*s\n", PAL_VIEW_ARG(statement));
}

static pal_status show(struct pal_app *app, const char *name, struct pal_error *err)
{
    struct pal_measure measure;
    struct pal_buffer out;
    pal_status st = pal_measure_named(name, &measure, err);
    struct pal_buffer statement;
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    pal_buffer_init(&statement, PAL_OUTPUT_SIZE_MAX);
    if (st == PAL_OK) {
        st = pal_measure_statement(&measure, PAL_VIEW(""), &statement, err);
    }
    if (st == PAL_OK && app->is_json) {
        show_json(&measure, pal_buffer_view(&statement), &out);
    } else if (st == PAL_OK) {
        show_text(&measure, pal_buffer_view(&statement), &out);
    }
    pal_buffer_clear(&statement);
    return pal_app_write_out(app, &out, st, err);
}

static pal_status take_request(const struct pal_given *given,
                               struct pal_measure_request *request,
                               struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    struct pal_view rest = pal_view_of(values[OPTION_BY].text);
    struct pal_view name;
    request->first = values[OPTION_FROM].day;
    request->last = values[OPTION_TO].day;
    request->release = pal_view_of(values[OPTION_RELEASE].text);
    request->rule = pal_view_of(values[OPTION_RULE].text);
    while (values[OPTION_BY].text != NULL && pal_view_split(&rest, ',', &name)) {
        if (request->by_count == PAL_MEASURE_DIMENSION_MAX) {
            return pal_fail(err, PAL_USAGE, "--by takes at most %d dimensions",
                            PAL_MEASURE_DIMENSION_MAX);
        }
        request->by[request->by_count++] = pal_view_trim(name);
    }
    for (size_t i = 0; i < values[OPTION_WHERE].text_count; i++) {
        struct pal_view text = pal_view_of(values[OPTION_WHERE].texts[i]);
        size_t at = pal_view_find(text, PAL_VIEW("="));
        if (at == text.size || request->where_count == PAL_MEASURE_CONDITION_MAX) {
            return pal_fail(err, PAL_USAGE,
                            "--where wants NAME=VALUE, at most %d times, not \"%s\"",
                            PAL_MEASURE_CONDITION_MAX, values[OPTION_WHERE].texts[i]);
        }
        request->where[request->where_count++] = (struct pal_condition){
            {text.data, at}, {text.data + at + 1, text.size - at - 1}};
    }
    return PAL_OK;
}

static void put_figure_number(struct pal_listing *listing, bool has_value, double value)
{
    if (has_value && isfinite(value)) {
        pal_listing_number(listing, value);
    } else {
        pal_listing_null(listing);
    }
}

/* Whether some number stands for fewer days than were asked for: a year of which a release
 * covers a month beside a whole one. */
static bool is_partly_covered(const struct pal_figure *figure)
{
    return figure->has_value && figure->days_covered > 0 &&
           figure->days_covered < figure->days;
}

static bool is_cut_by_time(const struct pal_measure_result *result)
{
    struct pal_dimension dimension;
    for (size_t i = 0; i < result->request.by_count; i++) {
        if (pal_dimension_find(result->request.measure.table, result->request.by[i],
                               &dimension) &&
            dimension.kind == PAL_DIMENSION_PERIOD) {
            return true;
        }
    }
    return false;
}

/* Numbers that are not for the same days are not to be compared: some stand for a part of
 * theirs, or an area has more days than another where a release is about that area alone. */
static bool has_days_to_tell(const struct pal_measure_result *result)
{
    bool is_cut = is_cut_by_time(result);
    int32_t days = 0;
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        bool is_other =
            !is_cut && figure->has_value && days > 0 && figure->days_covered != days;
        if (is_other || is_partly_covered(figure)) {
            return true;
        }
        days = figure->has_value ? figure->days_covered : days;
    }
    return false;
}

static void put_days(struct pal_listing *listing, const struct pal_figure *figure)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%d of %d days", figure->days_covered,
                   figure->days);
    pal_listing_text(listing, figure->days > 0 ? pal_view_of(text) : PAL_VIEW(""));
}

static pal_status write_table(struct pal_app *app,
                              const struct pal_measure_result *result,
                              struct pal_error *err)
{
    static const char *const names[] = {"value", "low", "high", "n", "status"};
    struct pal_listing listing;
    bool shows_days = has_days_to_tell(result);
    pal_status st;
    pal_listing_init(&listing);
    for (size_t i = 0; i < result->request.by_count; i++) {
        put_column(&listing, result->request.by[i]);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(&listing, names[i]);
    }
    if (shows_days) {
        pal_listing_column(&listing, "covered");
    }
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        for (size_t k = 0; k < result->request.by_count; k++) {
            pal_listing_text(&listing, figure->keys[k]);
        }
        put_figure_number(&listing, figure->has_value, figure->value);
        put_figure_number(&listing, figure->has_value, figure->low);
        put_figure_number(&listing, figure->has_value, figure->high);
        pal_listing_integer(&listing, figure->n);
        pal_listing_text(&listing, pal_view_of(pal_figure_status_text(figure->status)));
        if (shows_days) {
            put_days(&listing, figure);
        }
    }
    st = pal_listing_write(&listing, app, PAL_LISTING_TEXT, err);
    pal_listing_clear(&listing);
    return st;
}

static pal_status write_result(struct pal_app *app, const struct pal_given *given,
                               const struct pal_measure_result *result,
                               struct pal_error *err)
{
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    struct pal_buffer out;
    struct pal_json json;
    bool is_json = app->is_json || pal_view_is_equal(format, PAL_VIEW("json"));
    if (!is_json && pal_view_is_equal(format, PAL_VIEW("table"))) {
        return write_table(app, result, err);
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    if (is_json) {
        pal_json_init(&json, &out, true);
        pal_measure_result_json(result, &json);
        pal_buffer_append_char(&out, '\n');
    } else {
        pal_measure_result_csv(result, &out);
    }
    return pal_app_write_out(app, &out, PAL_OK, err);
}

/* Why there is no number at all, where that can be told. */
static pal_status explain_nothing(struct pal_app *app, struct pal_store *store,
                                  const struct pal_measure_result *result,
                                  struct pal_error *err)
{
    struct pal_value table = {.kind = PAL_VALUE_TEXT,
                              .text = result->request.measure.coverage};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    for (size_t i = 0; i < result->count; i++) {
        if (result->figures[i].status != PAL_FIGURE_NOT_COVERED) {
            return PAL_OK;
        }
    }
    pal_status st =
        pal_store_query(store, pal_asset_find(&pal_app_assets, "regional_areas.sql"),
                        &table, 1, &cursor, err);
    if (st == PAL_OK) {
        st = pal_cursor_next(cursor, &row, err);
    }
    if (st == PAL_OK && row != NULL && row[0].kind == PAL_VALUE_TEXT) {
        pal_app_warn(
            app,
            "the releases here cover these areas alone, not the country: %.*s; "
            "ask with --by area or --where area=NAME",
            PAL_VIEW_ARG(row[0].text));
    } else if (st == PAL_OK && result->count == 0) {
        pal_app_warn(app, "no release of this study covers these records and days");
    }
    pal_cursor_close(cursor);
    return st;
}

static pal_status count(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_measure_request request = {.by_count = 0};
    struct pal_measure_result *result = NULL;
    struct pal_store *store = NULL;
    pal_status st = pal_measure_named(given->operands[1], &request.measure, err);
    if (st == PAL_OK) {
        st = take_request(given, &request, err);
    }
    if (st == PAL_OK) {
        st = pal_refresh_open(app, given->operands[2], &store_options, &store, err);
    }
    if (st == PAL_OK) {
        st = pal_measure_check_values(store, &request, err);
    }
    if (st == PAL_OK) {
        st = pal_measure_run(store, &request, &result, err);
    }
    if (st == PAL_OK) {
        st = write_result(app, given, result, err);
    }
    if (st == PAL_OK) {
        st = explain_nothing(app, store, result, err);
    }
    pal_measure_result_free(result);
    pal_store_close(store);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_view what =
        given->operand_count > 0 ? pal_view_of(given->operands[0]) : PAL_VIEW("");
    if (pal_view_is_equal(what, PAL_VIEW("list")) && given->operand_count == 1) {
        return list(app, err);
    }
    if (pal_view_is_equal(what, PAL_VIEW("show")) && given->operand_count == 2) {
        return show(app, given->operands[1], err);
    }
    if (pal_view_is_equal(what, PAL_VIEW("run")) && given->operand_count == 3) {
        return count(app, given, err);
    }
    return pal_fail(
        err, PAL_USAGE,
        "measure is called as: measure list, measure show NAME, or measure run "
        "NAME STUDY");
}

const struct pal_command pal_command_measure = {
    .name = "measure",
    .summary = "List, explain and run the measures.",
    .operands = "list | show NAME | run NAME STUDY",
    .explained =
        "list shows every measure. show says what one counts, over what, by which "
        "dimensions it can be cut, and its caveats. run counts it in a study: each "
        "figure is a number with its interval, or says why it is none: not "
        "recorded, not covered, no data.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
