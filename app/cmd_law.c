#include "app/commands.h"
#include "app/law_output.h"
#include "app/listing.h"
#include "app/refresh.h"
#include "law/law.h"
#include "measure/requests.h"

enum {
    OPTION_PLACE,
    OPTION_ON,
    OPTION_ACTOR,
    OPTION_DOCUMENT,
    OPTION_CONVICTION,
    OPTION_FACT,
    OPTION_TABLE,
    OPTION_FORMAT,
    OPTION_COUNT
};
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_PLACE] = {"place", 0, PAL_OPTION_TEXT, "NAME",
                      "The city, county or state that show is asked about.", NULL},
    [OPTION_ON] = {"on", 0, PAL_OPTION_DAY, "DATE",
                   "The day; for check, rules that ended before it are named.", NULL},
    [OPTION_ACTOR] = {"actor", 0, PAL_OPTION_CHOICE, "police|jail|court|agency",
                      "Whose duty. apply takes the jail when nothing is said.", NULL},
    [OPTION_DOCUMENT] = {"document", 0, PAL_OPTION_TEXTS, "NAME",
                         "The document held, such as I-247A, I-200, I-205, "
                         "judicial-warrant or none; may be repeated.",
                         NULL},
    [OPTION_CONVICTION] = {"conviction", 0, PAL_OPTION_TEXT, "CLASS[:YEARS]",
                           "A conviction and the years since: none, other, felony, "
                           "violent, serious, serious-felony, violent-felony, listed.",
                           NULL},
    [OPTION_FACT] = {"fact", 0, PAL_OPTION_TEXTS, "NAME",
                     "What else holds, such as watch-list, reentered or "
                     "judicial-finding; may be repeated.",
                     NULL},
    [OPTION_TABLE] = {"table", 0, PAL_OPTION_TEXT, "FILE",
                      "Use this table of rules, of the form of data/law/rules.csv.",
                      NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|csv|json",
                       "What apply and check write.", "table"},
};

enum { TABLE_SIZE_MAX = 4 * 1024 * 1024, NAMES_SIZE_MAX = 700 };

static pal_status open_law(const struct pal_given *given, struct pal_law **out,
                           struct pal_error *err)
{
    const char *path = given->options[OPTION_TABLE].text;
    struct pal_buffer text;
    pal_status st = PAL_OK;
    *out = NULL;
    if (path == NULL) {
        return pal_law_open((struct pal_view){NULL, 0}, "", out, err);
    }
    pal_buffer_init(&text, TABLE_SIZE_MAX);
    st = pal_file_read(path, &text, err);
    if (st == PAL_OK) {
        struct pal_view view = pal_buffer_view(&text);
        st = pal_law_open(view.data != NULL ? view : PAL_VIEW(""), path, out, err);
    }
    pal_buffer_clear(&text);
    return st;
}

/* ---- what is asked ---- */

static pal_status fail_place(const struct pal_law *law, const char *name,
                             bool is_several, struct pal_error *err)
{
    struct pal_nearest nearest = {.word = pal_view_of(name)};
    struct pal_buffer known;
    pal_buffer_init(&known, NAMES_SIZE_MAX);
    for (size_t i = 0; i < pal_law_place_count(law); i++) {
        struct pal_view place = pal_law_place_at(law, i)->name;
        if (is_several && !pal_law_place_fits(law, i, pal_view_of(name))) {
            continue;
        }
        pal_nearest_try(&nearest, place);
        if (known.size > 0) {
            pal_buffer_append_text(&known, is_several ? " or " : ", ");
        }
        pal_buffer_append_view(&known, place);
    }
    pal_status st = pal_buffer_status(&known, err);
    if (st == PAL_OK && is_several) {
        st = pal_fail(err, PAL_USAGE, "%s may be %s; give the name in full", name,
                      known.data);
    } else if (st == PAL_OK && nearest.best.data != NULL) {
        st = pal_fail(err, PAL_USAGE, "no rules of %s are on file; did you mean %.*s?",
                      name, PAL_VIEW_ARG(nearest.best));
    } else if (st == PAL_OK) {
        st = pal_fail(err, PAL_USAGE, "no rules of %s are on file; the places are %s",
                      name, known.data);
    }
    pal_buffer_clear(&known);
    return st;
}

static pal_status fail_document(const struct pal_law *law, const char *name,
                                struct pal_error *err)
{
    struct pal_nearest nearest = {.word = pal_view_of(name)};
    struct pal_buffer known;
    pal_buffer_init(&known, NAMES_SIZE_MAX);
    for (size_t i = 0; i < pal_law_document_count(law); i++) {
        struct pal_view document = pal_law_document_at(law, i)->name;
        pal_nearest_try(&nearest, document);
        pal_buffer_append_text(&known, i > 0 ? ", " : "");
        pal_buffer_append_view(&known, document);
    }
    pal_status st = pal_buffer_status(&known, err);
    if (st == PAL_OK) {
        bool is_near = nearest.best.data != NULL;
        st = pal_fail(
            err, PAL_USAGE, "there is no document %s%s%.*s; the documents are %s", name,
            is_near ? "; did you mean " : "", is_near ? (int)nearest.best.size : 0,
            is_near ? nearest.best.data : "", known.data);
    }
    pal_buffer_clear(&known);
    return st;
}

static pal_status take_facts(const struct pal_given *given, struct pal_law_facts *facts,
                             struct pal_error *err)
{
    const struct pal_option_value *fact = &given->options[OPTION_FACT];
    pal_status st = PAL_OK;
    if (given->options[OPTION_CONVICTION].text != NULL) {
        st = pal_law_add_conviction(
            facts, pal_view_of(given->options[OPTION_CONVICTION].text), err);
    }
    for (size_t i = 0; st == PAL_OK && i < fact->text_count; i++) {
        st = pal_law_add_fact(facts, pal_view_of(fact->texts[i]), err);
    }
    return st;
}

static pal_status take_query(const struct pal_law *law, const struct pal_given *given,
                             struct pal_law_query *query, struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    enum pal_law_actor actor = PAL_LAW_JAIL;
    if (values[OPTION_PLACE].text == NULL || values[OPTION_ON].day == PAL_DAY_NONE) {
        return pal_fail(err, PAL_USAGE, "law show needs --place NAME and --on DATE");
    }
    query->place = pal_law_find_place(law, pal_view_of(values[OPTION_PLACE].text));
    if (query->place < 0) {
        return fail_place(law, values[OPTION_PLACE].text,
                          query->place == PAL_LAW_PLACE_SEVERAL, err);
    }
    query->day = values[OPTION_ON].day;
    if (values[OPTION_ACTOR].text != NULL &&
        pal_law_find_actor(pal_view_of(values[OPTION_ACTOR].text), &actor)) {
        query->actors = (uint32_t)actor;
    }
    for (size_t i = 0; i < values[OPTION_DOCUMENT].text_count; i++) {
        const char *name = values[OPTION_DOCUMENT].texts[i];
        int document = pal_law_find_document(law, pal_view_of(name));
        if (document < 0) {
            return fail_document(law, name, err);
        }
        query->documents |= UINT32_C(1) << document;
    }
    return take_facts(given, &query->facts, err);
}

/* ---- show ---- */

static void warn_of_forms(struct pal_app *app, const struct pal_law *law,
                          const struct pal_law_query *query)
{
    for (size_t i = 0; i < pal_law_document_count(law); i++) {
        const struct pal_law_document *document = pal_law_document_at(law, i);
        bool is_early =
            document->from.first != PAL_DAY_NONE && query->day < document->from.first;
        bool is_late =
            document->to.last != PAL_DAY_NONE && query->day > document->to.last;
        if ((query->documents & (UINT32_C(1) << i)) != 0 && (is_early || is_late)) {
            pal_app_warn(
                app, "%.*s was not sent out on that day; it was in use %s %.*s",
                PAL_VIEW_ARG(document->name), is_early ? "from" : "until",
                PAL_VIEW_ARG(is_early ? document->from.text : document->to.text));
        }
    }
}

static pal_status show(struct pal_app *app, const struct pal_given *given,
                       struct pal_error *err)
{
    struct pal_law *law = NULL;
    struct pal_law_query query = {.place = -1};
    struct pal_law_decision *decisions = NULL;
    struct pal_arena arena;
    struct pal_buffer out;
    size_t count = 0;
    pal_arena_init(&arena, PAL_OUTPUT_SIZE_MAX);
    pal_buffer_init(&out, PAL_OUTPUT_SIZE_MAX);
    pal_status st = open_law(given, &law, err);
    if (st == PAL_OK) {
        st = take_query(law, given, &query, err);
    }
    if (st == PAL_OK) {
        st = pal_law_decide(law, &query, &arena, &decisions, &count, err);
    }
    if (st == PAL_OK) {
        warn_of_forms(app, law, &query);
        const struct pal_law_answer answer = {law, &query, decisions, count};
        if (app->is_json) {
            pal_law_answer_json(&answer, &out);
        } else {
            pal_law_answer_text(&answer, &out);
        }
    }
    st = pal_app_write_out(app, &out, st, err);
    pal_arena_clear(&arena);
    pal_law_close(law);
    return st;
}

/* ---- apply ---- */

static void put_day(struct pal_listing *listing, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    if (day == PAL_DAY_NONE) {
        pal_listing_null(listing);
    } else {
        pal_listing_text(listing, pal_view_of(text));
    }
}

static void fill_applied(const struct pal_law_applied *rows, size_t count,
                         struct pal_listing *listing)
{
    static const char *const names[] = {"place",    "year",     "document", "question",
                                        "rule",     "outcome",  "requests", "first_day",
                                        "last_day", "verified", "rules",    "note"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        pal_listing_column(listing, names[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const struct pal_law_applied *row = &rows[i];
        pal_listing_text(listing, row->place);
        if (row->year == 0) {
            pal_listing_null(listing);
        } else {
            pal_listing_integer(listing, row->year);
        }
        pal_listing_text(listing, row->document);
        pal_listing_text(listing, row->question);
        pal_listing_text(listing, pal_view_of(pal_law_met_text(row->outcome)));
        pal_listing_text(listing, pal_view_of(pal_law_outcome_text(row->outcome)));
        pal_listing_integer(listing, row->count);
        put_day(listing, row->first);
        put_day(listing, row->last);
        pal_listing_bool(listing, row->is_verified);
        pal_listing_text(listing, row->rules);
        pal_listing_text(listing, row->note);
    }
}

static pal_status count_requests(struct pal_store *store, const struct pal_law *law,
                                 enum pal_law_actor actor, struct pal_arena *arena,
                                 struct pal_listing *listing, struct pal_error *err)
{
    struct pal_request_count *counts = NULL;
    struct pal_law_applied *rows = NULL;
    struct pal_law_request *requests = NULL;
    size_t request_count = 0;
    size_t row_count = 0;
    void *memory = NULL;
    pal_status st = pal_requests_count(store, arena, &counts, &request_count, err);
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, request_count + 1, sizeof *requests, &memory, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    requests = memory;
    for (size_t i = 0; i < request_count; i++) {
        requests[i] =
            (struct pal_law_request){counts[i].day, counts[i].state, counts[i].city,
                                     counts[i].type, counts[i].count};
    }
    const struct pal_law_requests asked = {actor, requests, request_count};
    st = pal_law_apply(law, &asked, arena, &rows, &row_count, err);
    if (st == PAL_OK) {
        fill_applied(rows, row_count, listing);
    }
    return st;
}

static pal_status apply(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    const char *actor_name = given->options[OPTION_ACTOR].text;
    enum pal_law_actor actor = PAL_LAW_JAIL;
    struct pal_law *law = NULL;
    struct pal_store *store = NULL;
    struct pal_listing listing;
    struct pal_arena arena;
    if (actor_name != NULL && (!pal_law_find_actor(pal_view_of(actor_name), &actor) ||
                               actor == PAL_LAW_AGENCY)) {
        return pal_fail(err, PAL_USAGE,
                        "law apply asks what police, jail or court was to do");
    }
    pal_arena_init(&arena, PAL_OUTPUT_SIZE_MAX);
    pal_listing_init(&listing);
    pal_status st = open_law(given, &law, err);
    if (st == PAL_OK) {
        st = pal_refresh_open(app, given->operands[1], &store_options, &store, err);
    }
    if (st == PAL_OK) {
        st = count_requests(store, law, actor, &arena, &listing, err);
    }
    if (st == PAL_OK) {
        st = pal_listing_write(
            &listing, app,
            pal_listing_format_of(app, given->options[OPTION_FORMAT].text), err);
    }
    pal_listing_clear(&listing);
    pal_arena_clear(&arena);
    pal_store_close(store);
    pal_law_close(law);
    return st;
}

/* ---- check ---- */

static pal_status check(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    struct pal_law *law = NULL;
    struct pal_law_finding *found = NULL;
    struct pal_listing listing;
    struct pal_arena arena;
    size_t count = 0;
    int32_t day = given->options[OPTION_ON].day;
    pal_arena_init(&arena, PAL_OUTPUT_SIZE_MAX);
    pal_listing_init(&listing);
    pal_status st = open_law(given, &law, err);
    if (st == PAL_OK) {
        st = pal_law_findings(law, day != PAL_DAY_NONE ? day : INT32_MAX, &arena,
                              &found, &count, err);
    }
    if (st == PAL_OK) {
        pal_listing_column(&listing, "finding");
        pal_listing_column(&listing, "rule");
        pal_listing_column(&listing, "ends");
        pal_listing_column(&listing, "next_rule");
        pal_listing_column(&listing, "begins");
        for (size_t i = 0; i < count; i++) {
            const struct pal_law_rule *next = found[i].next;
            pal_listing_text(&listing, found[i].kind == PAL_LAW_GAP
                                           ? PAL_VIEW("gap")
                                           : PAL_VIEW("ended"));
            pal_listing_text(&listing, found[i].rule->id);
            pal_listing_text(&listing, found[i].rule->to.text);
            pal_listing_text(&listing, next != NULL ? next->id : PAL_VIEW(""));
            pal_listing_text(&listing, next != NULL ? next->from.text : PAL_VIEW(""));
        }
        st = pal_listing_write(
            &listing, app,
            pal_listing_format_of(app, given->options[OPTION_FORMAT].text), err);
    }
    pal_listing_clear(&listing);
    pal_arena_clear(&arena);
    pal_law_close(law);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_view what =
        given->operand_count > 0 ? pal_view_of(given->operands[0]) : PAL_VIEW("");
    if (pal_view_is_equal(what, PAL_VIEW("show")) && given->operand_count == 1) {
        return show(app, given, err);
    }
    if (pal_view_is_equal(what, PAL_VIEW("apply")) && given->operand_count == 2) {
        return apply(app, given, err);
    }
    if (pal_view_is_equal(what, PAL_VIEW("check")) && given->operand_count == 1) {
        return check(app, given, err);
    }
    return pal_fail(
        err, PAL_USAGE,
        "law is called as: law show --place NAME --on DATE, law apply STUDY, "
        "or law check");
}

const struct pal_command pal_command_law = {
    .name = "law",
    .summary = "Say which rule applied where and when, and to which requests.",
    .operands = "show | apply STUDY | check",
    .explained = "show says what the rules on file let, forbid or oblige police, jail, "
                 "court and "
                 "agency to do on a day, by document. apply counts a study's custody "
                 "requests by "
                 "what the rules of their day said. check reads the table of rules and "
                 "names gaps "
                 "and rules that ended. Nothing here is advice.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
