/*
 * What was not recorded: bounds and ranges instead of guesses. Targets, effort, and how soon
 * custody requests ended; the places against other areas stand in section_change.c.
 */
#include <math.h>
#include <stdio.h>

#include "measure/answer.h"
#include "publish/report_internal.h"

enum { CSV_SIZE_MAX = 32 << 20, COMMAND_SIZE_MAX = 256, MONTH_ROW_MAX = 24 };

/* The answer as the exhibit's csv; the text is the report's. */
static pal_status take_csv(struct pal_report *report, const struct pal_answer *answer,
                           struct pal_exhibit *exhibit, struct pal_error *err)
{
    struct pal_buffer csv;
    pal_buffer_init(&csv, CSV_SIZE_MAX);
    pal_status st = pal_answer_status(answer, err);
    if (st == PAL_OK) {
        pal_answer_csv(answer, &csv);
        st = pal_buffer_status(&csv, err);
    }
    if (st == PAL_OK) {
        st = pal_arena_copy(&report->arena, pal_buffer_view(&csv), &exhibit->csv, err);
    }
    pal_buffer_clear(&csv);
    return st;
}

/* ---- targets ---- */

/* What the reader can switch: nothing, each alone, and all signs at once. */
static const struct {
    const char *label;
    uint32_t assumptions;
} choices[] = {
    {"No assumption", 0},
    {"Targets only have earlier orders", PAL_TARGETS_AMONG_ORDERS},
    {"Targets only have earlier requests", PAL_TARGETS_AMONG_REQUESTS},
    {"Targets only have convictions", PAL_TARGETS_AMONG_CONVICTIONS},
    {"Targets only have one of the three", PAL_TARGETS_AMONG_ORDERS |
                                               PAL_TARGETS_AMONG_REQUESTS |
                                               PAL_TARGETS_AMONG_CONVICTIONS},
    {"Every earlier order is a target", PAL_ORDER_MEANS_TARGET},
    {"Every earlier request is a target", PAL_REQUEST_MEANS_TARGET},
    {"Every conviction is a target", PAL_CONVICTION_MEANS_TARGET},
};
enum { CHOICE_COUNT = sizeof choices / sizeof choices[0], SET_COUNT = 64 };

static struct pal_words share_range(double low, double high)
{
    struct pal_words out;
    struct pal_words range = pal_number_range(low * 100, high * 100, 1);
    (void)snprintf(out.text, sizeof out.text, "%.50s%%", range.text);
    return out;
}

/* Whether some combination of assumptions says more than "between 0 and 100 %". */
static pal_status says_anything(const struct pal_target_counts *counts, bool *out,
                                struct pal_error *err)
{
    struct pal_target_bounds bounds = {.n = 0};
    pal_status st = PAL_OK;
    *out = false;
    for (uint32_t set = 0; st == PAL_OK && !*out && set < SET_COUNT; set++) {
        st = pal_target_bounds_of(counts, set, &bounds, err);
        *out = st == PAL_OK && (bounds.at_least > 0 || bounds.at_most < bounds.n);
    }
    return st;
}

static pal_status write_targets_chart(struct pal_report *report,
                                      const struct pal_target_counts *counts,
                                      struct pal_error *err)
{
    struct pal_bar bars[CHOICE_COUNT];
    struct pal_bar_chart chart;
    struct pal_target_bounds bounds = {.n = 0};
    pal_status st = PAL_OK;
    for (size_t i = 0; st == PAL_OK && i < CHOICE_COUNT; i++) {
        st = pal_target_bounds_of(counts, choices[i].assumptions, &bounds, err);
        double n = (double)bounds.n;
        bars[i] = (struct pal_bar){.label = pal_view_of(choices[i].label),
                                   .note = PAL_VIEW(""),
                                   .missing = PAL_VIEW("")};
        bars[i].parts[0] = (double)bounds.at_least / n;
        bars[i].parts[1] = (double)(bounds.at_most - bounds.at_least) / n;
        bars[i].parts[2] = (double)(bounds.n - bounds.at_most) / n;
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_bar_chart_init(&chart);
    chart.is_shares = true;
    chart.kind_count = 3;
    chart.kinds[0] = (struct pal_part_kind){PAL_VIEW("met in passing"), PAL_FILL_DARK};
    chart.kinds[1] =
        (struct pal_part_kind){PAL_VIEW("may be either"), PAL_FILL_UNKNOWN};
    chart.kinds[2] = (struct pal_part_kind){PAL_VIEW("target"), PAL_FILL_LIGHT};
    chart.bar_count = CHOICE_COUNT;
    chart.bars = bars;
    chart.chart.text = (struct pal_svg_text){
        PAL_VIEW("Arrests of people met in passing: bounds"),
        PAL_VIEW("One bar for each assumption, of shares of all arrests: surely met in "
                 "passing, either, surely a target. The numbers stand in the table "
                 "below.")};
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("targets-bounds"),
        .title =
            PAL_VIEW("Arrests of people who were not the target: what can be said"),
        .caption =
            PAL_VIEW("Each bar makes one assumption and no other. Hatched: nothing "
                     "on record tells. A bound is as true as its assumption."),
        .chart = &chart.chart,
        .command = "palladium bounds study.duckdb --by month --format csv",
        .recipe = "Add --assume NAME for an assumption; palladium bounds --assume help "
                  "lists them.",
        .n = bounds.n,
        .n_unit = "arrests"};
    struct pal_bounds_request request = {.by_count = 1,
                                         .by = {PAL_VIEW("month")},
                                         .first = PAL_DAY_NONE,
                                         .last = PAL_DAY_NONE};
    struct pal_bounds_row *rows = NULL;
    struct pal_answer answer;
    size_t count = 0;
    pal_answer_init(&answer);
    st = pal_bounds_run(report->store, &request, &answer.arena, &rows, &count, err);
    if (st == PAL_OK) {
        pal_answer_targets(&request, rows, count, &answer);
        st = take_csv(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_write(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

static pal_status write_set(struct pal_report *report,
                            const struct pal_target_counts *counts, uint32_t set,
                            struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_target_bounds bounds;
    struct pal_buffer name;
    pal_buffer_init(&name, PAL_PAGE_TEXT_MAX);
    for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
        if ((set & (uint32_t)pal_assumption_at(i)->bit) != 0) {
            pal_buffer_append_text(&name, name.size > 0 ? ", " : "");
            pal_buffer_append_text(&name, pal_assumption_at(i)->name);
        }
    }
    pal_buffer_append_text(&name, set == 0 ? "none" : "");
    pal_status st = pal_buffer_status(&name, err);
    if (st == PAL_OK) {
        st = pal_target_bounds_of(counts, set, &bounds, err);
    }
    if (st == PAL_OK) {
        pal_page_table_row(page, false);
        pal_page_table_name(page, pal_buffer_view(&name));
        pal_page_table_number(page,
                              pal_view_of(pal_number_count(bounds.at_least).text));
        pal_page_table_number(page, pal_view_of(pal_number_count(bounds.at_most).text));
        pal_page_table_number(
            page, pal_view_of(share_range((double)bounds.at_least / (double)bounds.n,
                                          (double)bounds.at_most / (double)bounds.n)
                                  .text));
        pal_page_table_row_close(page);
    }
    pal_buffer_clear(&name);
    return st;
}

/* Every combination of switches, so that no script is needed. */
static pal_status write_sets(struct pal_report *report,
                             const struct pal_target_counts *counts,
                             struct pal_error *err)
{
    static const struct pal_column columns[] = {{"Assumptions switched on", false},
                                                {"Met in passing, at least", true},
                                                {"At most", true},
                                                {"Share of arrests", true}};
    struct pal_page *page = &report->page;
    pal_status st = PAL_OK;
    pal_page_markup(page, "<details><summary>Every combination of the six assumptions"
                          "</summary>\n<ul>\n");
    for (size_t i = 0; pal_assumption_at(i) != NULL; i++) {
        pal_page_markup(page, "<li><code>");
        pal_page_format(page, "%s", pal_assumption_at(i)->name);
        pal_page_markup(page, "</code>: ");
        pal_page_format(page, "%s", pal_assumption_at(i)->words);
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul>\n");
    pal_page_table_open(page, "Bounds under each combination", columns, 4);
    for (uint32_t set = 0; st == PAL_OK && set < SET_COUNT; set++) {
        st = write_set(report, counts, set, err);
    }
    pal_page_table_close(page);
    pal_page_markup(page, "</details>\n");
    return st;
}

static void write_recorded(struct pal_report *report, const struct pal_bounds_row *row)
{
    struct pal_page *page = &report->page;
    const struct pal_target_bounds *bounds = &row->bounds;
    if (!bounds->has_share) {
        pal_page_paragraph(
            page,
            "No file counted here records it for any of the %s arrests. "
            "Between 0 and 100%% of them were of people who were not the "
            "target: nothing in these releases tells.",
            pal_number_count(bounds->n).text);
        return;
    }
    pal_page_paragraph(
        page,
        "It is recorded for %s of the %s arrests. Of those, %s were of people met in "
        "passing: %s (95%% interval %s, as if each arrest were independent of the "
        "others).",
        pal_number_count(bounds->recorded).text, pal_number_count(bounds->n).text,
        pal_number_count(bounds->collateral).text,
        pal_number_percent(bounds->share, 1).text,
        share_range(bounds->share_low, bounds->share_high).text);
    if (row->has_spread) {
        pal_page_paragraph(
            page,
            "People met in passing are often met together. With the variance between "
            "areas and weeks, %s times that of independent arrests, the 95%% interval "
            "is "
            "%s.",
            pal_number_fixed(row->variance_factor, 1).text,
            share_range(row->spread_low, row->spread_high).text);
    }
    pal_page_paragraph(page,
                       "Of all of them, without any assumption, between %s were: the "
                       "others may be either.",
                       share_range((double)bounds->at_least / (double)bounds->n,
                                   (double)bounds->at_most / (double)bounds->n)
                           .text);
}

static pal_status write_targets(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_bounds_request request = {.first = PAL_DAY_NONE, .last = PAL_DAY_NONE};
    struct pal_bounds_row *rows = NULL;
    size_t count = 0;
    pal_page_markup(page, "<h3>Targets, or met in passing</h3>\n");
    pal_page_paragraph(
        page,
        "Whether a person was the target of an operation, or was met in its course "
        "(\xE2\x80\x9C"
        "collateral\xE2\x80\x9D), is recorded only in releases of March 2026, and "
        "only from August 2025 on. No other field says it: how an arrest was made, "
        "a conviction or a final order is not the same, and none is put in its "
        "place here.");
    pal_status st =
        pal_bounds_run(report->store, &request, &report->arena, &rows, &count, err);
    if (st != PAL_OK) {
        return st;
    }
    if (count == 0 || rows[0].status != PAL_FIGURE_NUMBER || rows[0].bounds.n == 0) {
        pal_page_paragraph(page, "No arrests are counted in this study.");
        return PAL_OK;
    }
    write_recorded(report, &rows[0]);
    bool says = false;
    st = says_anything(&rows[0].counts, &says, err);
    if (st == PAL_OK && !says) {
        pal_page_paragraph(
            page,
            "Six assumptions could narrow that, such as that only people with an "
            "earlier order of removal were targets. Here none of them does: no release "
            "records what they rest on. The command palladium bounds lists them.");
        return PAL_OK;
    }
    if (st != PAL_OK) {
        return st;
    }
    st = write_targets_chart(report, &rows[0].counts, err);
    return st == PAL_OK ? write_sets(report, &rows[0].counts, err) : st;
}

/* ---- effort ---- */

static struct pal_words range_words(struct pal_range range)
{
    struct pal_words out;
    bool is_small = range.low > 0 && range.low < 10 && range.low != floor(range.low);
    int decimals = is_small ? 2 : 0;
    if (range.has_high) {
        return range.low == range.high
                   ? pal_number_fixed(range.low, decimals)
                   : pal_number_range(range.low, range.high, decimals);
    }
    if (range.low <= 0) {
        (void)snprintf(out.text, sizeof out.text, "no source says");
    } else {
        (void)snprintf(out.text, sizeof out.text, "at least %.40s",
                       pal_number_fixed(range.low, decimals).text);
    }
    return out;
}

/* The ledger's whole day of 24 hours stands for a source that says none. */
static struct pal_words hours_words(struct pal_range hours)
{
    struct pal_words out = {"no source says"};
    return hours.low <= 0 && hours.high >= 24 ? out : range_words(hours);
}

static void write_effort_row(struct pal_page *page, const struct pal_effort_row *row,
                             const struct pal_effort *effort)
{
    pal_page_table_row(page, false);
    pal_page_table_name(page, row->what);
    pal_page_table_cell(page, row->place);
    pal_page_table_cell(page,
                        pal_view_of(pal_period_short(row->first, row->last).text));
    pal_page_table_number(page, pal_view_of(range_words(effort->agents).text));
    pal_page_table_number(page, pal_view_of(hours_words(effort->hours).text));
    pal_page_table_number(page, pal_view_of(range_words(row->days).text));
    pal_page_table_number(page, pal_view_of(range_words(row->agent_days).text));
    pal_page_table_number(page, pal_view_of(range_words(row->agent_hours).text));
    if (row->has_rate) {
        pal_page_table_number(page, pal_view_of(range_words(row->rate).text));
    } else {
        pal_page_table_none(page, row->arrests_status == PAL_FIGURE_NUMBER
                                      ? "no effort known"
                                      : pal_figure_status_text(row->arrests_status));
    }
    pal_page_table_row_close(page);
}

static const struct pal_effort *effort_of(const struct pal_effort *efforts,
                                          size_t count,
                                          const struct pal_effort_row *row)
{
    for (size_t i = 0; i < count; i++) {
        if (pal_view_is_equal(efforts[i].what, row->what) &&
            pal_view_is_equal(efforts[i].place, row->place)) {
            return &efforts[i];
        }
    }
    return NULL;
}

static void write_effort_sources(struct pal_page *page,
                                 const struct pal_effort *efforts, size_t count)
{
    pal_page_markup(page, "<p class=\"source\">Sources. ");
    for (size_t i = 0; i < count; i++) {
        pal_page_format(page, "%.*s: %.*s.%s", PAL_VIEW_ARG(efforts[i].what),
                        PAL_VIEW_ARG(efforts[i].source), i + 1 < count ? " " : "");
    }
    pal_page_markup(page, "</p>\n");
}

static pal_status write_effort_files(struct pal_report *report, struct pal_error *err)
{
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("effort-by-month"),
        .command = "palladium bounds study.duckdb --of effort --by month --format csv",
        .n = -1};
    struct pal_effort_row *rows = NULL;
    struct pal_answer answer;
    size_t count = 0;
    pal_answer_init(&answer);
    pal_status st = pal_effort_run(report->store, PAL_VIEW("month"), &answer.arena,
                                   &rows, &count, err);
    if (st == PAL_OK) {
        pal_answer_effort(rows, count, &answer);
        st = take_csv(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_table(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

static pal_status write_effort(struct pal_report *report, struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"Who", false},       {"Where", false},      {"When", false},
        {"Agents", true},     {"Hours a day", true}, {"Days worked", true},
        {"Agent-days", true}, {"Agent-hours", true}, {"Arrests per agent-day", true}};
    struct pal_page *page = &report->page;
    struct pal_effort_row *rows = NULL;
    struct pal_effort *efforts = NULL;
    size_t count = 0;
    size_t effort_count = 0;
    pal_status st =
        pal_effort_run(report->store, PAL_VIEW(""), &report->arena, &rows, &count, err);
    if (st == PAL_OK) {
        st = pal_effort_load(report->store, &report->arena, &efforts, &effort_count,
                             err);
    }
    if (st != PAL_OK || count == 0) {
        return st;
    }
    pal_page_markup(page, "<h3>The effort that was announced</h3>\n");
    pal_page_paragraph(
        page,
        "Staff and schedules as they were announced, each as a range, multiplied as "
        "worst cases: the least of all parts, and the most of all. Where no source "
        "gives an upper end there is none. Announced is not done: nothing here "
        "says how many came. Arrests are all arrests of the areas, whoever made "
        "them.");
    pal_page_table_open(page, "Announced effort", columns, 9);
    for (size_t i = 0; i < count; i++) {
        const struct pal_effort *effort = effort_of(efforts, effort_count, &rows[i]);
        if (effort != NULL) {
            write_effort_row(page, &rows[i], effort);
        }
    }
    pal_page_table_close(page);
    write_effort_sources(page, efforts, effort_count);
    return write_effort_files(report, err);
}

/* ---- how soon requests ended ---- */

static void write_share(struct pal_page *page, const struct pal_outcome_share *share)
{
    if (share->status != PAL_FIGURE_NUMBER) {
        pal_page_table_none(page, pal_figure_status_text(share->status));
        return;
    }
    struct pal_words value = share->low == share->high
                                 ? pal_number_percent(share->low, 1)
                                 : share_range(share->low, share->high);
    pal_page_table_interval(
        page, value.text,
        pal_number_range(share->interval_low * 100, share->interval_high * 100, 1)
            .text);
}

static void write_outcome_row(struct pal_page *page, const struct pal_outcome_row *row,
                              bool has_days)
{
    pal_page_table_row(page, false);
    pal_page_table_name(page, row->keys[0]);
    pal_page_table_cell(page, row->keys[1]);
    pal_page_table_number(page, pal_view_of(pal_number_count(row->n).text));
    pal_page_table_number(page, pal_view_of(pal_number_count(row->no_reason).text));
    pal_page_table_number(page, pal_view_of(pal_number_count(row->other_reason).text));
    write_share(page, &row->share[PAL_TRANSFERRED]);
    for (size_t h = 0; has_days && h < PAL_OUTCOME_HORIZON_COUNT; h++) {
        write_share(page, &row->by_day[h][PAL_TRANSFERRED]);
    }
    write_share(page, &row->share[PAL_DECLINED]);
    for (size_t h = 0; has_days && h < PAL_OUTCOME_HORIZON_COUNT; h++) {
        write_share(page, &row->by_day[h][PAL_DECLINED]);
    }
    pal_page_table_row_close(page);
}

static pal_status write_outcome_files(struct pal_report *report, struct pal_error *err)
{
    struct pal_exhibit exhibit = {.name = PAL_VIEW("custody-requests-in-time"),
                                  .command =
                                      "palladium bounds study.duckdb --of outcomes "
                                      "--by state,type,year --format csv",
                                  .n = -1};
    const struct pal_outcome_request request = {
        .by_count = 3,
        .by = {PAL_VIEW("state"), PAL_VIEW("type"), PAL_VIEW("year")},
        .first = PAL_DAY_NONE,
        .last = PAL_DAY_NONE};
    struct pal_outcome_row *rows = NULL;
    struct pal_answer answer;
    size_t count = 0;
    pal_answer_init(&answer);
    pal_status st =
        pal_outcomes_run(report->store, &request, &answer.arena, &rows, &count, err);
    if (st == PAL_OK) {
        pal_answer_outcomes(&request, rows, count, &answer);
        st = take_csv(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_table(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

static pal_status write_outcomes(struct pal_report *report, struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"Form", false},          {"Year", false},          {"Requests", true},
        {"No reason", true},      {"Other reason", true},   {"Transferred, ever", true},
        {"within 30 days", true}, {"90 days", true},        {"365 days", true},
        {"Declined, ever", true}, {"within 30 days", true}, {"90 days", true},
        {"365 days", true}};
    /* Without days the six columns on time would say "not recorded" in every row. */
    static const struct pal_column undated_columns[] = {
        {"Form", false},         {"Year", false},        {"Requests", true},
        {"No reason", true},     {"Other reason", true}, {"Transferred, ever", true},
        {"Declined, ever", true}};
    struct pal_page *page = &report->page;
    const struct pal_outcome_request request = {
        .by_count = 2,
        .by = {PAL_VIEW("type"), PAL_VIEW("year")},
        .first = PAL_DAY_NONE,
        .last = PAL_DAY_NONE};
    struct pal_outcome_row *rows = NULL;
    size_t count = 0;
    int64_t dated = 0;
    if (!report->requests.has) {
        return PAL_OK;
    }
    pal_status st =
        pal_outcomes_run(report->store, &request, &report->arena, &rows, &count, err);
    if (st != PAL_OK || count == 0) {
        return st;
    }
    for (size_t i = 0; i < count; i++) {
        dated += rows[i].dated;
    }
    pal_page_markup(page, "<h3>How soon custody requests ended</h3>\n");
    pal_page_paragraph(
        page,
        dated == 0
            ? "No release here gives the day on which a request was lifted, and no "
              "stay "
              "in custody can be joined to one: how many ended within 30, 90 or 365 "
              "days "
              "is not recorded. Only the shares as released stand here. \xE2\x80\x9C"
              "No reason\xE2\x80\x9D counts the requests whose lift reason is blank; "
              "they "
              "are part of the unknown, which is neither a transfer nor a refusal."
            : "No release here gives the day on which a request was lifted. A transfer "
              "has a day where a stay of the same id begins after the request; every "
              "other end may lie anywhere up to the release\xE2\x80\x99s last day, and "
              "the ranges below hold whichever it was. Requests that are still open "
              "are "
              "counted as open. 95%% intervals stand below the shares.");
    pal_page_table_open(page,
                        "Custody requests by form and year, and how soon they ended",
                        dated == 0 ? undated_columns : columns, dated == 0 ? 7 : 13);
    for (size_t i = 0; i < count; i++) {
        write_outcome_row(page, &rows[i], dated != 0);
    }
    pal_page_table_close(page);
    return write_outcome_files(report, err);
}

pal_status pal_section_unrecorded(struct pal_report *report, struct pal_error *err)
{
    pal_status st = PAL_OK;
    pal_page_section(&report->page, 9, "unrecorded",
                     "What was not recorded, bounded instead of guessed");
    if (report->has_arrests) {
        st = write_targets(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = write_effort(report, err);
    }
    if (st == PAL_OK) {
        st = write_outcomes(report, err);
    }
    if (st == PAL_OK && report->has_arrests) {
        st = pal_section_change(report, err);
    }
    pal_page_section_close(&report->page);
    return st;
}
