/*
 * Custody requests by what the rules of their own day said: counts, and nothing that advises.
 */
#include "law/law.h"
#include "measure/requests.h"
#include "publish/report_internal.h"

enum { CSV_SIZE_MAX = 8 << 20 };

struct applied {
    size_t count;
    struct pal_law_applied *rows;
};

static pal_status apply(struct pal_report *report, const struct pal_law *law,
                        struct applied *out, struct pal_error *err)
{
    struct pal_request_count *counts = NULL;
    void *room = NULL;
    size_t count = 0;
    pal_status st =
        pal_requests_count(report->store, &report->arena, &counts, &count, err);
    if (st == PAL_OK) {
        st = pal_report_room(report, count + 1, sizeof(struct pal_law_request), &room,
                             err);
    }
    if (st != PAL_OK) {
        return st;
    }
    struct pal_law_request *items = room;
    for (size_t i = 0; i < count; i++) {
        items[i] =
            (struct pal_law_request){counts[i].day, counts[i].state, counts[i].city,
                                     counts[i].type, counts[i].count};
    }
    const struct pal_law_requests requests = {PAL_LAW_JAIL, items, count};
    return pal_law_apply(law, &requests, &report->arena, &out->rows, &out->count, err);
}

static void write_row(struct pal_page *page, const struct pal_law_applied *row)
{
    pal_page_table_row(page, false);
    pal_page_table_name(page, row->place);
    pal_page_table_cell(page, row->document);
    pal_page_table_cell(page,
                        pal_view_of(pal_period_short(row->first, row->last).text));
    pal_page_table_number(page, pal_view_of(pal_number_count(row->count).text));
    pal_page_table_cell(page, pal_view_of(pal_law_met_text(row->outcome)));
    pal_page_table_cell(page, pal_view_of(row->is_verified ? "yes" : "no"));
    pal_page_table_cell(page, row->rules);
    pal_page_table_cell(page, row->note);
    pal_page_table_row_close(page);
}

static void write_table(struct pal_report *report, const struct pal_law *law,
                        const struct applied *applied)
{
    static const struct pal_column columns[] = {{"Place of the jail", false},
                                                {"Form", false},
                                                {"Requests of", false},
                                                {"Requests", true},
                                                {"The rule", false},
                                                {"Read in its source", false},
                                                {"Rules", false},
                                                {"Note", false}};
    struct pal_page *page = &report->page;
    int64_t elsewhere = 0;
    pal_page_table_open(page, "Custody requests by what the rules of their day said",
                        columns, 8);
    for (size_t i = 0; i < applied->count; i++) {
        const struct pal_law_applied *row = &applied->rows[i];
        if (row->year != 0 && pal_law_find_place(law, row->place) >= 0) {
            write_row(page, row);
        } else {
            elsewhere += row->count;
        }
    }
    pal_page_table_close(page);
    pal_page_paragraph(page,
                       "%s more were to places whose rules are not on file, to jails "
                       "whose state is not recorded, or have no date.",
                       pal_number_count(elsewhere).text);
}

static pal_status write_files(struct pal_report *report, const struct applied *applied,
                              struct pal_error *err)
{
    struct pal_exhibit exhibit = {
        .name = PAL_VIEW("custody-requests-by-rule"),
        .command = "palladium law apply study.duckdb --format csv",
        .recipe = "palladium law show --place NAME --on DATE shows each rule with its "
                  "citation.",
        .n = -1};
    struct pal_buffer csv;
    pal_buffer_init(&csv, CSV_SIZE_MAX);
    pal_law_applied_csv(applied->rows, applied->count, &csv);
    pal_status st = pal_buffer_status(&csv, err);
    if (st == PAL_OK) {
        exhibit.csv = pal_buffer_view(&csv);
        st = pal_exhibit_table(report, &exhibit, err);
    }
    pal_buffer_clear(&csv);
    return st;
}

pal_status pal_requests_by_rule(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct applied applied = {0, NULL};
    struct pal_law *law = NULL;
    pal_status st = pal_law_open((struct pal_view){NULL, 0}, "", &law, err);
    if (st == PAL_OK) {
        st = apply(report, law, &applied, err);
    }
    if (st == PAL_OK && applied.count > 0) {
        pal_page_markup(page, "<h3>The rule that each request met</h3>\n");
        pal_page_paragraph(
            page,
            "By the rules on file for the place and the day: whether a jail was "
            "forbidden, allowed or required to do what the form asks, on the form "
            "alone. \xE2\x80\x9CLeft open\xE2\x80\x9D is disputed, or no rule on "
            "file; it does not mean allowed. The records do not say which warrant "
            "came with a request, nor what an exception asks; where one could "
            "change the answer, the note says so. "
            "This is no advice.");
        write_table(report, law, &applied);
        st = write_files(report, &applied, err);
    }
    pal_law_close(law);
    return st;
}
