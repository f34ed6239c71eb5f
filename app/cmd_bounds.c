#include <math.h>
#include <stdio.h>

#include "app/commands.h"
#include "app/listing.h"
#include "app/refresh.h"
#include "measure/bounds.h"
#include "measure/compare.h"
#include "measure/effort.h"
#include "measure/outcomes.h"

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

static enum pal_listing_format format_of(const struct pal_app *app,
                                         const struct pal_given *given)
{
    struct pal_view format = pal_view_of(given->options[OPTION_FORMAT].text);
    if (app->is_json || pal_view_is_equal(format, PAL_VIEW("json"))) {
        return PAL_LISTING_JSON;
    }
    return pal_view_is_equal(format, PAL_VIEW("csv")) ? PAL_LISTING_CSV
                                                      : PAL_LISTING_TEXT;
}

static void put_columns(struct pal_listing *listing, const char *const *names,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pal_listing_column(listing, names[i]);
    }
}

static void put_number(struct pal_listing *listing, bool has_value, double value)
{
    if (has_value && isfinite(value)) {
        pal_listing_number(listing, value);
    } else {
        pal_listing_null(listing);
    }
}

static void put_range(struct pal_listing *listing, struct pal_range range)
{
    pal_listing_number(listing, range.low);
    put_number(listing, range.has_high, range.high);
}

static void put_day(struct pal_listing *listing, int32_t day)
{
    char text[16];
    pal_day_text(day, text);
    pal_listing_text(listing, pal_view_of(text));
}

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

static struct pal_view bounds_words(const struct pal_bounds_row *row)
{
    if (row->status != PAL_FIGURE_NUMBER) {
        return pal_view_of(pal_figure_status_text(row->status));
    }
    if (!row->bounds.has_bounds) {
        return PAL_VIEW("no arrests");
    }
    if (row->bounds.is_open) {
        return PAL_VIEW("between 0 and 100 %, nothing in this release tells");
    }
    return row->bounds.at_least == row->bounds.at_most ? PAL_VIEW("recorded")
                                                       : PAL_VIEW("bounded");
}

static void fill_bounds(const struct pal_bounds_request *request,
                        const struct pal_bounds_row *rows, size_t count,
                        struct pal_listing *listing)
{
    static const char *const names[] = {"arrests",
                                        "recorded",
                                        "targeted",
                                        "collateral",
                                        "share",
                                        "share_low",
                                        "share_high",
                                        "collateral_at_least",
                                        "collateral_at_most",
                                        "low",
                                        "high",
                                        "what"};
    for (size_t i = 0; i < request->by_count; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%.*s", PAL_VIEW_ARG(request->by[i]));
        pal_listing_column(listing, text);
    }
    put_columns(listing, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        const struct pal_target_bounds *bounds = &rows[i].bounds;
        double n = (double)bounds->n;
        bool has = rows[i].status == PAL_FIGURE_NUMBER;
        for (size_t k = 0; k < request->by_count; k++) {
            pal_listing_text(listing, rows[i].keys[k]);
        }
        put_number(listing, has, n);
        put_number(listing, has, (double)bounds->recorded);
        put_number(listing, has, (double)bounds->targeted);
        put_number(listing, has, (double)bounds->collateral);
        put_number(listing, bounds->has_share, bounds->share);
        put_number(listing, bounds->has_share, bounds->share_low);
        put_number(listing, bounds->has_share, bounds->share_high);
        put_number(listing, has, (double)bounds->at_least);
        put_number(listing, has, (double)bounds->at_most);
        put_number(listing, bounds->has_bounds, (double)bounds->at_least / n);
        put_number(listing, bounds->has_bounds, (double)bounds->at_most / n);
        pal_listing_text(listing, bounds_words(&rows[i]));
    }
}

static pal_status of_targets(struct pal_store *store, const struct pal_given *given,
                             struct pal_arena *arena, struct pal_listing *listing,
                             struct pal_error *err)
{
    struct pal_bounds_request request = {.by_count = 0};
    struct pal_bounds_row *rows = NULL;
    size_t count = 0;
    pal_status st = take_bounds_request(given, &request, err);
    if (st == PAL_OK) {
        st = pal_bounds_run(store, &request, arena, &rows, &count, err);
    }
    if (st == PAL_OK) {
        fill_bounds(&request, rows, count, listing);
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
                            struct pal_arena *arena, struct pal_listing *listing,
                            struct pal_error *err)
{
    static const char *const names[] = {"place",
                                        "what",
                                        "first_day",
                                        "last_day",
                                        "days_low",
                                        "days_high",
                                        "agent_days_low",
                                        "agent_days_high",
                                        "agent_hours_low",
                                        "agent_hours_high",
                                        "arrests",
                                        "arrests_status",
                                        "arrests_per_agent_day_low",
                                        "arrests_per_agent_day_high"};
    struct pal_effort_row *rows = NULL;
    size_t count = 0;
    pal_status st = pal_effort_run(store, pal_view_of(given->options[OPTION_BY].text),
                                   arena, &rows, &count, err);
    if (st != PAL_OK) {
        return st;
    }
    put_columns(listing, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        const struct pal_effort_row *row = &rows[i];
        pal_listing_text(listing, row->place);
        pal_listing_text(listing, row->what);
        put_day(listing, row->first);
        put_day(listing, row->last);
        put_range(listing, row->days);
        put_range(listing, row->agent_days);
        put_range(listing, row->agent_hours);
        put_number(listing, row->arrests_status == PAL_FIGURE_NUMBER,
                   (double)row->arrests);
        pal_listing_text(listing,
                         pal_view_of(pal_figure_status_text(row->arrests_status)));
        put_number(listing, row->has_rate, row->rate.low);
        put_number(listing, row->has_rate && row->rate.has_high, row->rate.high);
    }
    return PAL_OK;
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

static void put_share(struct pal_listing *listing,
                      const struct pal_outcome_share *share)
{
    bool has = share->status == PAL_FIGURE_NUMBER;
    put_number(listing, has, share->low);
    put_number(listing, has, share->high);
    put_number(listing, has, share->interval_low);
    put_number(listing, has, share->interval_high);
    pal_listing_text(listing, pal_view_of(pal_figure_status_text(share->status)));
}

/* One line a state and time; what the unknown are made of stands behind each. */
static void fill_outcome(const struct pal_outcome_request *request,
                         const struct pal_outcome_row *row, size_t horizon,
                         struct pal_listing *listing)
{
    for (size_t s = 0; s < PAL_OUTCOME_STATE_COUNT; s++) {
        bool is_ever = horizon == PAL_OUTCOME_HORIZON_COUNT;
        for (size_t k = 0; k < request->by_count; k++) {
            pal_listing_text(listing, row->keys[k]);
        }
        if (is_ever) {
            pal_listing_null(listing);
        } else {
            pal_listing_integer(listing, pal_outcome_horizons[horizon]);
        }
        pal_listing_text(
            listing, pal_view_of(pal_outcome_state_text((enum pal_outcome_state)s)));
        put_share(listing, is_ever ? &row->share[s] : &row->by_day[horizon][s]);
        pal_listing_integer(listing, row->n);
        pal_listing_integer(listing, row->count[s]);
        pal_listing_integer(listing, row->dated);
        pal_listing_integer(listing, row->no_reason);
        pal_listing_integer(listing, row->other_reason);
        pal_listing_integer(listing, row->reason_redacted + row->not_recorded);
    }
}

static pal_status of_outcomes(struct pal_store *store, const struct pal_given *given,
                              struct pal_arena *arena, struct pal_listing *listing,
                              struct pal_error *err)
{
    static const char *const names[] = {"within_days",
                                        "outcome",
                                        "low",
                                        "high",
                                        "interval_low",
                                        "interval_high",
                                        "status",
                                        "requests",
                                        "ended_so",
                                        "transfers_with_a_day",
                                        "no_reason",
                                        "other_reason",
                                        "reason_redacted_or_not_recorded"};
    struct pal_outcome_request request = {.by_count = 0};
    struct pal_outcome_row *rows = NULL;
    size_t count = 0;
    pal_status st = take_outcome_request(given, &request, err);
    if (st == PAL_OK) {
        st = pal_outcomes_run(store, &request, arena, &rows, &count, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    for (size_t i = 0; i < request.by_count; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "%.*s", PAL_VIEW_ARG(request.by[i]));
        pal_listing_column(listing, text);
    }
    put_columns(listing, names, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t h = 0; h <= PAL_OUTCOME_HORIZON_COUNT; h++) {
            fill_outcome(&request, &rows[i], h, listing);
        }
    }
    return PAL_OK;
}

/* ---- change ---- */

static void put_ratio(struct pal_listing *listing,
                      const struct pal_compare_ratio *ratio, bool has_value)
{
    bool has_interval = has_value && ratio->has_interval;
    put_number(listing, has_value, ratio->value);
    put_number(listing, has_interval, ratio->low);
    put_number(listing, has_interval, ratio->high);
    put_number(listing, has_value, ratio->p_value);
}

static void fill_change(const char *name, const struct pal_comparison *comparison,
                        struct pal_listing *listing)
{
    bool has = comparison->status == PAL_COMPARE_NUMBER;
    for (size_t i = 0; i <= comparison->month_count; i++) {
        bool is_whole = i == comparison->month_count;
        const struct pal_compare_month *month =
            is_whole ? NULL : &comparison->months[i];
        char text[16];
        pal_day_text(is_whole ? comparison->date : month->first_day, text);
        pal_listing_text(listing, pal_view_of(name));
        pal_listing_text(listing, is_whole          ? PAL_VIEW("all months after")
                                  : month->is_after ? PAL_VIEW("after")
                                                    : PAL_VIEW("before"));
        if (text[0] == '\0') {
            pal_listing_null(listing);
        } else {
            pal_listing_text(listing, pal_view_of(text));
        }
        put_ratio(listing, is_whole ? &comparison->after : &month->ratio, has);
        pal_listing_text(listing,
                         pal_view_of(pal_compare_status_text(comparison->status)));
        pal_listing_integer(listing, (int64_t)comparison->place_count);
        pal_listing_integer(listing, (int64_t)comparison->other_count);
        pal_listing_integer(listing, (int64_t)comparison->small_count);
        pal_listing_integer(listing, (int64_t)comparison->choice_count);
    }
}

static pal_status of_change(struct pal_store *store, const struct pal_given *given,
                            struct pal_arena *arena, struct pal_listing *listing,
                            struct pal_error *err)
{
    static const char *const names[] = {"at",     "when",   "date",     "ratio",
                                        "low",    "high",   "p_value",  "status",
                                        "places", "others", "left_out", "choices"};
    struct pal_comparison campaign;
    struct pal_comparison placebo;
    pal_status st = pal_compare_run(store, given->options[OPTION_PLACEBO].day, arena,
                                    &campaign, &placebo, err);
    if (st == PAL_OK) {
        put_columns(listing, names, sizeof names / sizeof names[0]);
        fill_change("campaign", &campaign, listing);
        fill_change("placebo", &placebo, listing);
    }
    return st;
}

/* ---- the command ---- */

typedef pal_status (*bounder)(struct pal_store *store, const struct pal_given *given,
                              struct pal_arena *arena, struct pal_listing *listing,
                              struct pal_error *err);

static const struct {
    const char *name;
    bounder run;
} kinds[] = {{"targets", of_targets},
             {"effort", of_effort},
             {"outcomes", of_outcomes},
             {"change", of_change}};

static pal_status bound(struct pal_app *app, const struct pal_given *given,
                        struct pal_error *err)
{
    struct pal_store_options store_options = {.thread_count = app->thread_count};
    struct pal_view of = pal_view_of(given->options[OPTION_OF].text);
    struct pal_store *store = NULL;
    struct pal_listing listing;
    struct pal_arena arena;
    pal_arena_init(&arena, PAL_OUTPUT_SIZE_MAX);
    pal_listing_init(&listing);
    pal_status st =
        pal_refresh_open(app, given->operands[0], &store_options, &store, err);
    for (size_t i = 0; st == PAL_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (pal_view_is_equal(of, pal_view_of(kinds[i].name))) {
            st = kinds[i].run(store, given, &arena, &listing, err);
        }
    }
    if (st == PAL_OK) {
        st = pal_listing_write(&listing, app, format_of(app, given), err);
    }
    pal_listing_clear(&listing);
    pal_arena_clear(&arena);
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
