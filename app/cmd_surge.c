#include "app/commands.h"
#include "app/listing.h"
#include "app/measure_name.h"
#include "app/refresh.h"
#include "detect/study.h"

enum {
    OPTION_MEASURE,
    OPTION_BY,
    OPTION_SPLIT,
    OPTION_FROM,
    OPTION_TO,
    OPTION_SHOW,
    OPTION_AREAS,
    OPTION_KIND,
    OPTION_ALONE,
    OPTION_RULE,
    OPTION_FORMAT,
    OPTION_COUNT
};
enum { AREAS_SIZE_MAX = 4 << 20 };
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_MEASURE] = {"measure", 'm', PAL_OPTION_TEXT, "NAME",
                        "What is counted; a measure that is a count.", "arrests"},
    [OPTION_BY] = {"by", 'b', PAL_OPTION_TEXT, "NAME",
                   "The dimension that surges are told apart by.", "area"},
    [OPTION_SPLIT] =
        {"split", 's', PAL_OPTION_TEXT, "NAME",
         "The dimension that each area's series are split by, or none. Without it: "
         "method_group where the measure has it, else none.",
         NULL},
    [OPTION_FROM] = {"from", 0, PAL_OPTION_DAY, "DATE",
                     "List only surges that reach this day. All days are searched.",
                     NULL},
    [OPTION_TO] = {"to", 0, PAL_OPTION_DAY, "DATE",
                   "List only surges that begin by this day.", NULL},
    [OPTION_SHOW] = {"show", 0, PAL_OPTION_CHOICE, "surges|changes|turns",
                     "Surges; lasting changes of level; or whether areas take turns.",
                     "surges"},
    [OPTION_AREAS] = {"areas", 0, PAL_OPTION_TEXT, "announced|all|NAMES",
                      "Turns: of which areas: those of the study's places, all, or "
                      "names with commas between.",
                      "all"},
    [OPTION_KIND] = {"kind", 0, PAL_OPTION_TEXT, "KIND",
                     "Turns: of which kind of surge.", "street operation"},
    [OPTION_ALONE] = {"each-alone", 0, PAL_OPTION_FLAG, NULL,
                      "Search each area by itself and no windows that areas share, "
                      "as --show turns does always.",
                      NULL},
    [OPTION_RULE] = {"rule", 0, PAL_OPTION_TEXT, "NAME",
                     "Which records are duplicates and left out; measure show lists "
                     "the rules. Without it: ours.",
                     NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|csv|json",
                       "What to write.", "table"},
};

static pal_status take_request(const struct pal_app *app, const struct pal_given *given,
                               struct pal_surge_request *request, struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    struct pal_measure measure;
    pal_status st = pal_measure_named(values[OPTION_MEASURE].text, &measure, err);
    if (st == PAL_OK) {
        st = pal_surge_request_of(&measure, request, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    request->by = pal_view_of(values[OPTION_BY].text);
    if (values[OPTION_SPLIT].text != NULL) {
        request->split = pal_view_of(values[OPTION_SPLIT].text);
    }
    if (pal_view_is_equal(request->split, PAL_VIEW("none"))) {
        request->split = PAL_VIEW("");
    }
    request->rule = pal_view_of(values[OPTION_RULE].text);
    request->setting.is_each_alone =
        values[OPTION_ALONE].is_on ||
        pal_view_is_equal(pal_view_of(values[OPTION_SHOW].text), PAL_VIEW("turns"));
    request->first = values[OPTION_FROM].day;
    request->last = values[OPTION_TO].day;
    /* Two threads are as many as a laptop has cores that do not share their arithmetic. */
    request->setting.thread_count = app->thread_count > 0 ? app->thread_count : 2;
    return PAL_OK;
}

static pal_status write_buffer(struct pal_app *app, struct pal_buffer *out,
                               struct pal_error *err)
{
    pal_status st = pal_buffer_status(out, err);
    return st == PAL_OK ? pal_app_write(app, pal_buffer_view(out), err) : st;
}

static void put_day(struct pal_listing *listing, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_listing_text(listing, pal_view_of(text));
}

/* Whole numbers: a table is for reading, the csv for reckoning. */
static void put_whole(struct pal_listing *listing, double value)
{
    pal_listing_integer(listing, (int64_t)(value < 0 ? value - 0.5 : value + 0.5));
}

static pal_status write_table(struct pal_app *app, const struct pal_surge_study *study,
                              struct pal_error *err)
{
    static const char *const names[] = {
        "surge_id", "areas",      "first",       "last", "observed",
        "expected", "excess_low", "excess_high", "kind", "method_group"};
    struct pal_listing listing;
    struct pal_buffer searched;
    pal_listing_init(&listing);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(&listing, names[i]);
    }
    for (size_t i = 0; i < study->event_count; i++) {
        const struct pal_surge_event *event = &study->events[i];
        pal_listing_text(&listing, event->id);
        pal_listing_text(&listing, event->areas);
        put_day(&listing, event->surge.first);
        put_day(&listing, event->surge.last);
        put_whole(&listing, event->surge.observed);
        put_whole(&listing, event->surge.expected);
        put_whole(&listing, event->surge.excess_low);
        put_whole(&listing, event->surge.excess_high);
        pal_listing_text(&listing, pal_view_of(pal_surge_kind_text(event->kind)));
        pal_listing_text(&listing, event->group);
    }
    pal_status st = pal_listing_write(&listing, app, PAL_LISTING_TEXT, err);
    pal_listing_clear(&listing);
    pal_buffer_init(&searched, PAL_OUTPUT_SIZE_MAX);
    pal_surge_searched(study, &searched);
    if (st == PAL_OK) {
        st = pal_buffer_status(&searched, err);
    }
    if (st == PAL_OK) {
        pal_app_say(app, "%s", searched.data);
    }
    pal_buffer_clear(&searched);
    return st;
}

/* The areas and the kind that are asked about, before anything is searched. */
static pal_status take_question(struct pal_store *store, const struct pal_given *given,
                                const struct pal_surge_request *request,
                                struct pal_arena *arena, struct pal_turns_question *out,
                                struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    struct pal_view areas = pal_view_of(values[OPTION_AREAS].text);
    struct pal_view kind = pal_view_of(values[OPTION_KIND].text);
    bool is_asked =
        pal_view_is_equal(pal_view_of(values[OPTION_SHOW].text), PAL_VIEW("turns"));
    struct pal_turns_areas found = {.count = 0};
    *out = (struct pal_turns_question){
        .first = values[OPTION_FROM].day, .last = values[OPTION_TO].day, .seed = 1};
    if (!is_asked && (values[OPTION_AREAS].is_given || values[OPTION_KIND].is_given)) {
        return pal_fail(err, PAL_USAGE, "--areas and --kind go with --show turns");
    }
    pal_status st = pal_surge_kind_find(kind, &out->kind, err);
    if (st == PAL_OK) {
        st = pal_turns_areas(store, request, areas, arena, &found, err);
    }
    out->areas = found.count > 0 ? found.names : NULL;
    out->area_count = found.count;
    return st;
}

static pal_status write_turns(const struct pal_surge_study *study,
                              const struct pal_given *given, bool is_json,
                              const struct pal_turns_question *question,
                              struct pal_buffer *out, struct pal_error *err)
{
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    struct pal_turns turns;
    pal_status st = pal_surge_study_turns(study, question, &turns, err);
    if (st != PAL_OK) {
        return st;
    }
    if (is_json) {
        struct pal_json json;
        pal_json_init(&json, out, true);
        pal_turns_json(&turns, &json);
        pal_buffer_append_char(out, '\n');
    } else if (pal_view_is_equal(format, PAL_VIEW("csv"))) {
        pal_turns_csv(&turns, out);
    } else {
        pal_turns_sentence(&turns, out);
        pal_buffer_append_char(out, '\n');
    }
    return PAL_OK;
}

static pal_status write_study(struct pal_app *app, const struct pal_given *given,
                              const struct pal_surge_study *study,
                              const struct pal_turns_question *question,
                              struct pal_error *err)
{
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    struct pal_view show = pal_view_of(given->options[OPTION_SHOW].text);
    bool is_json = app->is_json || pal_view_is_equal(format, PAL_VIEW("json"));
    bool has_surges = pal_view_is_equal(show, PAL_VIEW("surges"));
    struct pal_buffer out;
    pal_status st = PAL_OK;
    if (has_surges && !is_json && pal_view_is_equal(format, PAL_VIEW("table"))) {
        return write_table(app, study, err);
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    if (pal_view_is_equal(show, PAL_VIEW("turns"))) {
        st = write_turns(study, given, is_json, question, &out, err);
    } else if (is_json) {
        struct pal_json json;
        pal_json_init(&json, &out, true);
        pal_surge_json(study, &json);
        pal_buffer_append_char(&out, '\n');
    } else if (has_surges) {
        pal_surge_csv(study, &out);
    } else {
        pal_surge_changes_csv(study, &out);
    }
    if (st == PAL_OK) {
        st = write_buffer(app, &out, err);
    }
    pal_buffer_clear(&out);
    return st;
}

static pal_status explain(struct pal_app *app, struct pal_store *store,
                          struct pal_surge_study *study, const struct pal_given *given,
                          struct pal_error *err)
{
    const char *id = given->operands[2];
    const struct pal_surge_event *event = pal_surge_find(study, pal_view_of(id));
    struct pal_buffer out;
    if (event == NULL) {
        return pal_fail(err, PAL_USAGE,
                        "there is no surge %s in this study; palladium surge lists "
                        "them, with the same --measure, --by and --split",
                        id);
    }
    pal_status st = pal_surge_drivers_load(store, study, &event, 1, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    pal_surge_explain(study, event, given->operands[1], &out);
    st = write_buffer(app, &out, err);
    pal_buffer_clear(&out);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_surge_request request;
    struct pal_surge_study *study = NULL;
    struct pal_store *store = NULL;
    struct pal_turns_question question;
    struct pal_arena arena;
    bool is_explained =
        given->operand_count == 3 &&
        pal_view_is_equal(pal_view_of(given->operands[0]), PAL_VIEW("explain"));
    if (given->operand_count != 1 && !is_explained) {
        return pal_fail(err, PAL_USAGE,
                        "surge is called as: surge STUDY, or surge explain STUDY "
                        "SURGE_ID");
    }
    pal_status st = take_request(app, given, &request, err);
    pal_arena_init(&arena, AREAS_SIZE_MAX);
    if (st == PAL_OK) {
        st = pal_refresh_open(app, given->operands[is_explained ? 1 : 0],
                              &store_options, &store, err);
    }
    if (st == PAL_OK) {
        st = take_question(store, given, &request, &arena, &question, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_study_run(store, &request, &study, err);
    }
    if (st == PAL_OK) {
        st = is_explained ? explain(app, store, study, given, err)
                          : write_study(app, given, study, &question, err);
    }
    pal_arena_clear(&arena);
    pal_surge_study_free(study);
    pal_store_close(store);
    return st;
}

const struct pal_command pal_command_surge = {
    .name = "surge",
    .summary = "Find days and areas with more than usual.",
    .operands = "STUDY | explain STUDY SURGE_ID",
    .explained = "Holds every window of 1 to 28 days of every area and method group "
                 "against what "
                 "was usual there, and lists those that chance does not explain: "
                 "where, when, how "
                 "many more, how sure, and of what kind. explain says all of one "
                 "surge, with the "
                 "commands that give its numbers again.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
