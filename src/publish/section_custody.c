/*
 * The agency's own statistics: book-ins and daily population by month, the year in which the
 * campaign began beside the year before.
 */
#include <math.h>
#include <string.h>

#include "publish/report_internal.h"

enum { MONTHS = 12 };

struct year_pair {
    struct pal_point now[MONTHS];
    struct pal_point then[MONTHS];
    bool has_any;
};

static int32_t month_at(int32_t fiscal_year, int index)
{
    int32_t year = index < 3 ? fiscal_year - 1 : fiscal_year;
    int32_t month = index < 3 ? 10 + index : index - 2;
    return pal_day_of((struct pal_civil){year, month, 1});
}

static struct pal_point point_of(const struct pal_measure_result *result,
                                 const char *agency, int32_t year, int index)
{
    const struct pal_figure *figure =
        pal_custody_figure(result, agency, month_at(year, index));
    return (struct pal_point){.at = index,
                              .has_value = figure != NULL,
                              .value = figure == NULL ? 0 : figure->value};
}

static void fill_pair(const struct pal_report *report,
                      const struct pal_measure_result *result, const char *agency,
                      struct year_pair *pair)
{
    int32_t year = report->custody.fiscal_year;
    pair->has_any = false;
    for (int i = 0; i < MONTHS; i++) {
        pair->now[i] = point_of(result, agency, year, i);
        pair->then[i] = point_of(result, agency, year - 1, i);
        pair->has_any =
            pair->has_any || pair->now[i].has_value || pair->then[i].has_value;
    }
}

static void fill_axis(struct pal_line_chart *chart)
{
    chart->from = -0.3;
    chart->to = MONTHS - 0.7;
    chart->ticks.count = MONTHS;
    for (int i = 0; i < MONTHS; i++) {
        chart->ticks.ticks[i].value = i;
        memcpy(chart->ticks.ticks[i].label.text, pal_month_name_short((i + 9) % 12 + 1),
               4);
    }
}

/* Where the campaign begins, on the axis of months. */
static void fill_mark(const struct pal_report *report, struct pal_line_chart *chart)
{
    const struct pal_facts *facts = &report->facts;
    if (!facts->has_campaign) {
        return;
    }
    struct pal_civil date = pal_civil_of(facts->first);
    double index = (date.month + 2) % 12;
    chart->has_mark = true;
    chart->mark = (struct pal_stretch){index - 0.3, MONTHS, PAL_VIEW("campaign")};
}

static pal_status describe(struct pal_report *report, const struct year_pair *pair,
                           struct pal_line_chart *chart, const char *unit,
                           struct pal_error *err)
{
    struct pal_buffer text;
    int32_t year = report->custody.fiscal_year;
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    pal_buffer_append_format(&text, "%s by month, fiscal year %d (before: %d): ", unit,
                             year, year - 1);
    for (int i = 0; i < MONTHS; i++) {
        pal_buffer_append_format(
            &text, "%s%s %s (%s)", i == 0 ? "" : ", ",
            pal_month_name_short((i + 9) % 12 + 1),
            pair->now[i].has_value ? pal_number_count(llround(pair->now[i].value)).text
                                   : "no figure",
            pair->then[i].has_value
                ? pal_number_count(llround(pair->then[i].value)).text
                : "no figure");
    }
    pal_buffer_append_char(&text, '.');
    pal_status st =
        pal_buffer_keep(&text, &report->arena, &chart->chart.text.desc, err);
    return st;
}

/* What is drawn, of which answer. */
struct drawing {
    const struct pal_measure_result *result;
    const struct pal_question *question;
    const char *agency; /* ICE, CBP, total */
    const char *name;
    const char *title;
    const char *unit;
    const char *caption;
};

/* The agency's lines of the answer: sorted by agency, so they stand together. */
static struct pal_measure_result own_lines(const struct pal_measure_result *result,
                                           const char *agency)
{
    struct pal_measure_result own = {.request = result->request};
    for (size_t i = 0; i < result->count; i++) {
        if (pal_view_is_equal(result->figures[i].keys[0], pal_view_of(agency))) {
            if (own.count == 0) {
                own.figures = &result->figures[i];
            }
            own.count++;
        }
    }
    return own;
}

static pal_status write_drawing(struct pal_report *report,
                                const struct drawing *drawing, struct pal_error *err)
{
    struct year_pair pair;
    struct pal_line_chart chart;
    struct pal_series series[2];
    struct pal_measure_result own = own_lines(drawing->result, drawing->agency);
    struct pal_question question = *drawing->question;
    struct pal_view labels[2];
    int32_t year = report->custody.fiscal_year;
    fill_pair(report, drawing->result, drawing->agency, &pair);
    if (!pair.has_any) {
        return PAL_OK;
    }
    question.where[0].dimension = "agency";
    question.where[0].value = pal_view_of(drawing->agency);
    pal_line_chart_init(&chart);
    fill_axis(&chart);
    fill_mark(report, &chart);
    pal_status st = pal_report_words(report, &labels[0], err, "FY %d", year);
    if (st == PAL_OK) {
        st = pal_report_words(report, &labels[1], err, "FY %d", year - 1);
    }
    if (st == PAL_OK) {
        st = describe(report, &pair, &chart, drawing->unit, err);
    }
    series[0] = (struct pal_series){labels[0], PAL_STROKE_FIRST, MONTHS, pair.now};
    series[1] = (struct pal_series){labels[1], PAL_STROKE_SECOND, MONTHS, pair.then};
    chart.series = series;
    chart.series_count = 2;
    chart.unit = pal_view_of(drawing->unit);
    chart.chart.text.title = pal_view_of(drawing->title);
    struct pal_exhibit exhibit = {.name = pal_view_of(drawing->name),
                                  .title = pal_view_of(drawing->title),
                                  .caption = pal_view_of(drawing->caption),
                                  .chart = &chart.chart,
                                  .data = &own,
                                  .questions = {&question, NULL, NULL},
                                  .n = -1};
    return st == PAL_OK ? pal_exhibit_write(report, &exhibit, err) : st;
}

static void write_cell(struct pal_page *page, const struct pal_point *point)
{
    if (point->has_value) {
        pal_page_table_number(
            page, pal_view_of(pal_number_count(llround(point->value)).text));
    } else {
        pal_page_table_none(page, "no figure");
    }
}

static void write_change(struct pal_page *page, const struct pal_point *now,
                         const struct pal_point *then)
{
    if (now->has_value && then->has_value && then->value > 0) {
        pal_page_table_number(
            page, pal_view_of(pal_number_change(now->value / then->value - 1).text));
    } else {
        pal_page_table_none(page, "no figure");
    }
}

static void write_table(struct pal_report *report)
{
    static const struct pal_column columns[] = {
        {"Month", false}, {"ICE, year before", true}, {"ICE, this year", true},
        {"change", true}, {"CBP, year before", true}, {"CBP, this year", true},
        {"change", true}};
    struct pal_page *page = &report->page;
    struct year_pair ice;
    struct year_pair cbp;
    fill_pair(report, report->custody.book_ins, "ICE", &ice);
    fill_pair(report, report->custody.book_ins, "CBP", &cbp);
    pal_page_table_open(page, "Book-ins by month and arresting agency", columns, 7);
    for (int i = 0; i < MONTHS; i++) {
        pal_page_table_row(page, false);
        pal_page_table_name(
            page, pal_view_of(
                      pal_month_words(month_at(report->custody.fiscal_year, i)).text));
        write_cell(page, &ice.then[i]);
        write_cell(page, &ice.now[i]);
        write_change(page, &ice.now[i], &ice.then[i]);
        write_cell(page, &cbp.then[i]);
        write_cell(page, &cbp.now[i]);
        write_change(page, &cbp.now[i], &cbp.then[i]);
        pal_page_table_row_close(page);
    }
    pal_page_table_close(page);
}

/* A fact about those months that any reader of these lines has to know. */
static bool spans_pandemic(const struct pal_report *report)
{
    int32_t day = pal_day_of((struct pal_civil){2020, 3, 1});
    return report->custody.first <= day && day <= report->custody.last;
}

pal_status pal_section_custody(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_custody *custody = &report->custody;
    pal_page_section(page, 7, "custody", "Book-ins and people in detention, by month");
    if (!custody->has_book_ins && !custody->has_population) {
        pal_page_paragraph(page,
                           "No file of this study holds the agency\xE2\x80\x99s own "
                           "monthly statistics.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    const struct drawing drawings[] = {
        {custody->book_ins, &custody->book_in_question, "ICE", "book-ins-ice",
         "Book-ins to detention after arrests by ICE", "book-ins a month",
         "Initial book-ins, whole country, as the agency published them. Solid: the "
         "fiscal "
         "year in which the campaign began. Dashed: the year before."},
        {custody->book_ins, &custody->book_in_question, "CBP", "book-ins-cbp",
         "Book-ins to detention after arrests by CBP", "book-ins a month",
         "The border agency\xE2\x80\x99s arrests, for comparison: its own scale."},
        {custody->population, &custody->population_question, "total",
         "daily-population", "People in detention on an average day", "people",
         "Average daily population of the month, both arresting agencies together. "
         "Hold "
         "rooms are not in it."}};
    pal_page_paragraph(page,
                       "The agency publishes totals by month and arresting agency. "
                       "They cover the whole "
                       "country: nothing here splits them by area. Fiscal year %d runs "
                       "from 1 October %d "
                       "to 30 September %d.",
                       custody->fiscal_year, custody->fiscal_year - 1,
                       custody->fiscal_year);
    if (spans_pandemic(report)) {
        pal_page_paragraph(page,
                           "The Covid-19 pandemic began in March 2020, and with it "
                           "closed borders and fewer arrests. A fall after that says "
                           "nothing about the campaign, for or against.");
    }
    for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++) {
        pal_status st = write_drawing(report, &drawings[i], err);
        if (st != PAL_OK) {
            return st;
        }
    }
    if (custody->has_book_ins) {
        write_table(report);
    }
    pal_page_section_close(page);
    return PAL_OK;
}
