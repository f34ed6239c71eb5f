#include "app/commands.h"
#include "app/listing.h"
#include "app/refresh.h"
#include "measure/answer.h"

enum {
    OPTION_OF,
    OPTION_ASSUME,
    OPTION_BY,
    OPTION_WHERE,
    OPTION_FROM,
    OPTION_TO,
    OPTION_PLACEBO,
    OPTION_FORMAT,
    OPTION_COUNT
};
static const struct pal_option options[OPTION_COUNT] = {
    [OPTION_OF] = {"of", 0, PAL_OPTION_CHOICE, "targets|effort|outcomes|change",
                   "What is bounded.", "targets"},
    [OPTION_ASSUME] = {"assume", 'a', PAL_OPTION_TEXT, "NAME,...",
                       "Assumptions about targets to make. bounds --assume help lists "
                       "them.",
                       NULL},
    [OPTION_BY] =
        {"by", 'b', PAL_OPTION_TEXT, "NAME,...",
         "What to cut by: for targets dimensions such as area,month; for effort "
         "week, month or year.",
         NULL},
    [OPTION_WHERE] = {"where", 'w', PAL_OPTION_TEXTS, "NAME=VALUE",
                      "For targets: count only rows with this value; may be repeated.",
                      NULL},
    [OPTION_FROM] = {"from", 0, PAL_OPTION_DAY, "DATE", "The first day that counts.",
                     NULL},
    [OPTION_TO] = {"to", 0, PAL_OPTION_DAY, "DATE", "The last day that counts.", NULL},
    [OPTION_PLACEBO] = {"placebo", 0, PAL_OPTION_DAY, "DATE",
                        "For change: a day in the baseline at which nothing began.",
                        NULL},
    [OPTION_FORMAT] = {"format", 'f', PAL_OPTION_CHOICE, "table|csv|json",
                       "What to write.", "table"},
};

/* ---- targets ---- */

static pal_status take_assumptions(const char *text, uint32_t *out,
                                   struct pal_error *err)
{
    struct pal_view rest = pal_view_of(text);
    struct pal_view name;
    *out = 0;
    while (text != NULL && pal_view_split(&rest, ',', &name)) {
        struct pal_nearest nearest = {.word = pal_view_trim(name)};
        enum pal_assumption bit = PAL_TARGETS_AMONG_ORDERS;
        if (pal_assumption_find(pal_view_trim(name), &bit)) {
            *out |= (uint32_t)bit;
            continue;
        }
        for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
            pal_nearest_try(&nearest, pal_view_of(pal_assumption_at(i)->name));
        }
        bool is_near = nearest.best.data != NULL;
        return pal_fail(
            err, PAL_USAGE,
            "there is no assumption %.*s%s%.*s; bounds --assume help lists them",
            PAL_VIEW_ARG(name), is_near ? "; did you mean " : "",
            is_near ? (int)nearest.best.size : 0, is_near ? nearest.best.data : "");
    }
    return PAL_OK;
}

static pal_status take_bounds_request(const struct pal_given *given,
                                      struct pal_bounds_request *request,
                                      struct pal_error *err)
{
    const struct pal_option_value *values = given->options;
    struct pal_view rest = pal_view_of(values[OPTION_BY].text);
    struct pal_view name;
    request->first = values[OPTION_FROM].day;
    request->last = values[OPTION_TO].day;
    while (values[OPTION_BY].text != NULL && pal_view_split(&rest, ',', &name)) {
        if (request->by_count == PAL_MEASURE_DIMENSION_MAX - 1) {
            return pal_fail(err, PAL_USAGE, "--by takes at most %d dimensions here",
                            PAL_MEASURE_DIMENSION_MAX - 1);
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
    return take_assumptions(values[OPTION_ASSUME].text, &request->assumptions, err);
}

static pal_status of_targets(struct pal_store *store, const struct pal_given *given,
                             struct pal_answer *answer, struct pal_error *err)
{
    struct pal_bounds_request request = {.by_count = 0};
    struct pal_bounds_row *rows = NULL;
    size_t count = 0;
    pal_status st = take_bounds_request(given, &request, err);
    if (st == PAL_OK) {
        st = pal_bounds_run(store, &request, &answer->arena, &rows, &count, err);
    }
    if (st == PAL_OK) {
        pal_answer_targets(&request, rows, count, answer);
    }
    return st;
}

static pal_status list_assumptions(struct pal_app *app, struct pal_error *err)
{
    struct pal_listing listing;
    pal_listing_init(&listing);
    pal_listing_column(&listing, "assumption");
    pal_listing_column(&listing, "says");
    for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
        pal_listing_text(&listing, pal_view_of(pal_assumption_at(i)->name));
        pal_listing_text(&listing, pal_view_of(pal_assumption_at(i)->words));
    }
    pal_status st = pal_listing_show(&listing, app, err);
    pal_listing_clear(&listing);
    return st;
}

/* ---- effort ---- */

static pal_status of_effort(struct pal_store *store, const struct pal_given *given,
                            struct pal_answer *answer, struct pal_error *err)
{
    struct pal_effort_row *rows = NULL;
    size_t count = 0;
    pal_status st = pal_effort_run(store, pal_view_of(given->options[OPTION_BY].text),
                                   &answer->arena, &rows, &count, err);
    if (st == PAL_OK) {
        pal_answer_effort(rows, count, answer);
    }
    return st;
}

/* ---- outcomes ---- */

static pal_status take_outcome_request(const struct pal_given *given,
                                       struct pal_outcome_request *request,
                                       struct pal_error *err)
{
    struct pal_view rest = pal_view_of(given->options[OPTION_BY].text);
    struct pal_view name;
    request->first = given->options[OPTION_FROM].day;
    request->last = given->options[OPTION_TO].day;
    while (given->options[OPTION_BY].text != NULL &&
           pal_view_split(&rest, ',', &name)) {
        if (request->by_count == PAL_OUTCOME_KEY_MAX) {
            return pal_fail(err, PAL_USAGE, "--by takes at most %d names here",
                            PAL_OUTCOME_KEY_MAX);
        }
        request->by[request->by_count++] = pal_view_trim(name);
    }
    return PAL_OK;
}

static pal_status of_outcomes(struct pal_store *store, const struct pal_given *given,
                              struct pal_answer *answer, struct pal_error *err)
{
    struct pal_outcome_request request = {.by_count = 0};
    struct pal_outcome_row *rows = NULL;
    size_t count = 0;
    pal_status st = take_outcome_request(given, &request, err);
    if (st == PAL_OK) {
        st = pal_outcomes_run(store, &request, &answer->arena, &rows, &count, err);
    }
    if (st == PAL_OK) {
        pal_answer_outcomes(&request, rows, count, answer);
    }
    return st;
}

/* ---- change ---- */

static pal_status of_change(struct pal_store *store, const struct pal_given *given,
                            struct pal_answer *answer, struct pal_error *err)
{
    struct pal_comparison campaign;
    struct pal_comparison placebo;
    pal_status st = pal_compare_run(store, given->options[OPTION_PLACEBO].day,
                                    &answer->arena, &campaign, &placebo, err);
    if (st == PAL_OK) {
        pal_answer_change(&campaign, &placebo, answer);
    }
    return st;
}

/* ---- the command ---- */

typedef pal_status (*bounder)(struct pal_store *store, const struct pal_given *given,
                              struct pal_answer *answer, struct pal_error *err);

static const struct {
    const char *name;
    bounder run;
} kinds[] = {{"targets", of_targets},
             {"effort", of_effort},
             {"outcomes", of_outcomes},
             {"change", of_change}};

static void put_cell(struct pal_listing *listing, const struct pal_answer_cell *cell)
{
    switch (cell->kind) {
    case PAL_ANSWER_NULL:
        pal_listing_null(listing);
        break;
    case PAL_ANSWER_TEXT:
        pal_listing_text(listing, cell->text);
        break;
    case PAL_ANSWER_INTEGER:
        pal_listing_integer(listing, cell->integer);
        break;
    case PAL_ANSWER_NUMBER:
        pal_listing_number(listing, cell->number);
        break;
    }
}

static pal_status write_answer(struct pal_app *app, const struct pal_given *given,
                               const struct pal_answer *answer, struct pal_error *err)
{
    struct pal_listing listing;
    pal_listing_init(&listing);
    pal_status st = pal_answer_status(answer, err);
    for (size_t i = 0; st == PAL_OK && i < answer->column_count; i++) {
        pal_listing_column(&listing, answer->columns[i]);
    }
    for (size_t i = 0; st == PAL_OK && i < answer->cell_count; i++) {
        put_cell(&listing, &answer->cells[i]);
    }
    if (st == PAL_OK) {
        st = pal_listing_write(
            &listing, app,
            pal_listing_format_of(app, given->options[OPTION_FORMAT].text), err);
    }
    pal_listing_clear(&listing);
    return st;
}

static pal_status bound(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_view of = pal_view_of(given->options[OPTION_OF].text);
    struct pal_store *store = NULL;
    struct pal_answer answer;
    pal_answer_init(&answer);
    pal_status st =
        pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    for (size_t i = 0; st == PAL_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (pal_view_is_equal(of, pal_view_of(kinds[i].name))) {
            st = kinds[i].run(store, given, &answer, err);
        }
    }
    if (st == PAL_OK) {
        st = write_answer(app, given, &answer, err);
    }
    pal_answer_clear(&answer);
    pal_store_close(store);
    return st;
}

static pal_status run(struct pal_app *app, const struct pal_given *given,
                      struct pal_error *err)
{
    struct pal_view assume = pal_view_of(given->options[OPTION_ASSUME].text);
    if (given->operand_count == 0 && pal_view_is_equal(assume, PAL_VIEW("help"))) {
        return list_assumptions(app, err);
    }
    if (given->operand_count != 1) {
        return pal_fail(err, PAL_USAGE, "bounds needs one study");
    }
    return bound(app, given, err);
}

const struct pal_command pal_command_bounds = {
    .name = "bounds",
    .summary = "Bound what was not recorded, instead of guessing it.",
    .operands = "STUDY",
    .explained =
        "Gives what the records leave open as a range. Of targets: the share of "
        "arrests "
        "of people who were not the target, where it is recorded, and bounds under the "
        "assumptions that you switch on. Of effort: agent-days and agent-hours of the "
        "announced staffing, and arrests per agent-day.",
    .options = options,
    .option_count = OPTION_COUNT,
    .has_table = true,
    .run = run,
};
