/*
 * Effort: staff and schedules as they were announced, each a range with its source, and what
 * they come to in agent-days, agent-hours and arrests per agent-day.
 */
#include <math.h>
#include <stdio.h>

#include "measure/answer.h"
#include "publish/report_internal.h"

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
        st = pal_exhibit_take(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_table(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

pal_status pal_section_effort(struct pal_report *report, struct pal_error *err)
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
