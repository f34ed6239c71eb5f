/*
 * How soon custody requests ended: the shares of each end, ever and within a time, as ranges
 * where no release gives the day.
 */
#include "measure/answer.h"
#include "publish/report_internal.h"

static void write_share(struct pal_page *page, const struct pal_outcome_share *share)
{
    if (share->status != PAL_FIGURE_NUMBER) {
        pal_page_table_none(page, pal_figure_status_text(share->status));
        return;
    }
    struct pal_words value = share->low == share->high
                                 ? pal_number_percent(share->low, 1)
                                 : pal_number_share_range(share->low, share->high);
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
        st = pal_exhibit_take(report, &answer, &exhibit, err);
    }
    if (st == PAL_OK) {
        st = pal_exhibit_table(report, &exhibit, err);
    }
    pal_answer_clear(&answer);
    return st;
}

pal_status pal_section_outcomes(struct pal_report *report, struct pal_error *err)
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
