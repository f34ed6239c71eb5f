/*
 * Head counts of the agency's two investigating series: how large the forces are that a
 * campaign draws on.
 */
#include <math.h>

#include "publish/report_internal.h"

static const struct {
    const char *code;
    const char *name;
} series[] = {
    {"1801", "1801, inspection and enforcement (deportation officers among them)"},
    {"1811", "1811, criminal investigation (special agents)"}};

static void write_row(struct pal_report *report,
                      const struct pal_measure_result *counts, size_t at,
                      size_t series_at)
{
    struct pal_page *page = &report->page;
    const struct pal_figure *figure = &counts->figures[at];
    pal_page_table_row(page, false);
    pal_page_table_name(
        page, pal_view_of(pal_month_words(pal_month_from_text(figure->keys[0])).text));
    pal_page_table_cell(page, pal_view_of(series[series_at].name));
    if (figure->has_value) {
        pal_page_table_number(
            page, pal_view_of(pal_number_count(llround(figure->value)).text));
    } else {
        pal_page_table_none(page, pal_figure_status_text(figure->status));
    }
    pal_page_table_row_close(page);
}

pal_status pal_section_staff(struct pal_report *report, struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"Month", false}, {"Occupational series", false}, {"Employees", true}};
    struct pal_page *page = &report->page;
    const struct pal_measure_result *counts = NULL;
    struct pal_question question = {.measure = "head_counts",
                                    .by = {"month", "occupation"},
                                    .where = {{"agency", PAL_VIEW("HSBB")}},
                                    .first = PAL_DAY_NONE,
                                    .last = PAL_DAY_NONE};
    pal_page_section(page, 8, "staff", "Head counts");
    if (pal_report_rows(report, PAL_VIEW("head_count")) == 0) {
        pal_page_paragraph(page, "No file of this study holds head counts.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    pal_status st = pal_report_ask(report, &question, &counts, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_paragraph(page,
                       "Staff on board at the agency (sub-agency HSBB), from the "
                       "government\xE2\x80\x99s personnel office, for the months that "
                       "the files here have. They show the size of the forces, not "
                       "who took part in anything.");
    if (report->facts.agents >= 0) {
        pal_page_paragraph(page,
                           "The campaign was said to draw on at least %s agents "
                           "(section 1).",
                           pal_number_count(report->facts.agents).text);
    }
    pal_page_table_open(page, "Employees on board", columns, 3);
    for (size_t k = 0; k < sizeof series / sizeof series[0]; k++) {
        for (size_t i = 0; i < counts->count; i++) {
            if (pal_view_is_equal(counts->figures[i].keys[1],
                                  pal_view_of(series[k].code)) &&
                counts->figures[i].has_value) {
                write_row(report, counts, i, k);
            }
        }
    }
    pal_page_table_close(page);
    struct pal_exhibit exhibit = {.name = PAL_VIEW("head-counts"),
                                  .data = counts,
                                  .questions = {&question, NULL, NULL},
                                  .n = -1};
    st = pal_exhibit_table(report, &exhibit, err);
    pal_page_section_close(page);
    return st;
}
