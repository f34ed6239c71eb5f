/*
 * Arrests a day in each studied area against its own usual: panels, then the table.
 */
#include "publish/report_internal.h"

/* ---- panels ---- */

static pal_status fill_points(struct pal_report *report,
                              const struct pal_history *history,
                              struct pal_series *series, struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_report_room(report, history->month_count + 1,
                                    sizeof(struct pal_point), &room, err);
    struct pal_point *points = room;
    for (size_t i = 0; st == PAL_OK && i < history->month_count; i++) {
        const struct pal_month *month = &history->months[i];
        points[i].at = month->first_day + 15;
        points[i].has_value = pal_month_is_whole(month);
        points[i].value =
            month->days_covered > 0 ? (double)month->count / month->days_covered : 0;
    }
    *series = (struct pal_series){PAL_VIEW(""), PAL_STROKE_FIRST, history->month_count,
                                  points};
    return st;
}

/* Stretches of months that cannot be drawn. */
static pal_status fill_gaps(struct pal_report *report,
                            const struct pal_history *history,
                            struct pal_line_chart *chart, struct pal_error *err)
{
    void *room = NULL;
    pal_status st = pal_report_room(report, history->month_count + 1,
                                    sizeof(struct pal_stretch), &room, err);
    struct pal_stretch *gaps = room;
    bool is_open = false;
    for (size_t i = 0; st == PAL_OK && i < history->month_count; i++) {
        const struct pal_month *month = &history->months[i];
        if (pal_month_is_whole(month)) {
            is_open = false;
            continue;
        }
        if (!is_open) {
            gaps[chart->gap_count++] =
                (struct pal_stretch){month->first_day, 0, PAL_VIEW("no rows")};
            is_open = true;
        }
        gaps[chart->gap_count - 1].to = pal_month_next(month->first_day);
    }
    chart->gaps = gaps;
    return st;
}

static pal_status describe(struct pal_report *report, const struct pal_history *history,
                           struct pal_line_chart *chart, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    int decimals = pal_number_decimals(history->middle);
    pal_status st = pal_report_words(
        report, &chart->chart.text.title, err, "Arrests a day, %.*s, by month, %s",
        PAL_VIEW_ARG(history->name),
        pal_months_words((int32_t)chart->from, (int32_t)chart->to).text);
    if (st == PAL_OK && history->has_usual) {
        st = pal_report_words(
            report, &chart->subheading, err, "usual %s a day (half of months %s)",
            pal_number_fixed(history->middle, decimals).text,
            pal_number_range(history->low, history->high, decimals).text);
    }
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &chart->chart.text.desc, err,
            "The median month of %s had %s arrests a day; half of the months had %s.%s",
            pal_months_words(facts->baseline_first, facts->baseline_last).text,
            pal_number_fixed(history->middle, decimals).text,
            pal_number_range(history->low, history->high, decimals).text,
            chart->gap_count > 0 ? " Hatched months have no rows." : "");
    }
    return st;
}

/* The area's own lines of the answer, as they stand in it. */
static pal_status own_result(struct pal_report *report,
                             const struct pal_history *history,
                             const struct pal_measure_result **out,
                             struct pal_error *err)
{
    const struct pal_measure_result *whole = report->histories.by_month;
    void *room = NULL;
    pal_status st =
        pal_report_room(report, 1, sizeof(struct pal_measure_result), &room, err);
    struct pal_measure_result *part = room;
    if (st != PAL_OK) {
        return st;
    }
    part->request = whole->request;
    *out = part;
    if (!history->is_group) {
        part->figures = whole->figures + history->figure_first;
        part->count = history->figure_count;
        return PAL_OK;
    }
    st = pal_report_room(report, history->month_count + 1, sizeof *part->figures, &room,
                         err);
    part->figures = room;
    for (size_t i = 0; st == PAL_OK && i < history->month_count; i++) {
        const struct pal_month *month = &history->months[i];
        struct pal_figure *figure = &part->figures[i];
        st = pal_history_rate(history, month->first_day, month->first_day, figure, err);
        figure->status = month->status;
        figure->keys[0] = history->name;
        if (st == PAL_OK) {
            char day[16];
            pal_day_text(month->first_day, day);
            st = pal_arena_copy(&report->arena, (struct pal_view){day, 7},
                                &figure->keys[1], err);
        }
    }
    part->count = history->month_count;
    return st;
}

static pal_status write_panel(struct pal_report *report,
                              const struct pal_history *history, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_exhibit exhibit = {.n_unit = "arrests"};
    struct pal_line_chart chart;
    struct pal_series series;
    struct pal_buffer name;
    pal_line_chart_init(&chart);
    chart.chart.is_panel = true;
    chart.heading = history->name;
    chart.unit = PAL_VIEW("arrests a day");
    chart.has_usual = history->has_usual;
    chart.low = history->low;
    chart.middle = history->middle;
    chart.high = history->high;
    chart.has_mark = facts->has_campaign;
    chart.mark = (struct pal_stretch){facts->first, facts->last, PAL_VIEW("campaign")};
    if (history->month_count > 0) {
        chart.from = history->months[0].first_day;
        chart.to =
            pal_month_next(history->months[history->month_count - 1].first_day) - 1;
    }
    chart.series_count = 1;
    chart.series = &series;
    pal_status st = fill_points(report, history, &series, err);
    if (st == PAL_OK) {
        st = fill_gaps(report, history, &chart, err);
    }
    if (st == PAL_OK) {
        st = describe(report, history, &chart, err);
    }
    if (st == PAL_OK) {
        st = own_result(report, history, &exhibit.data, err);
    }
    pal_buffer_init(&name, PAL_PAGE_TEXT_MAX);
    pal_buffer_append_text(&name, "arrests-per-day-");
    pal_page_slug(&name, history->name);
    if (st == PAL_OK) {
        st = pal_buffer_status(&name, err);
    }
    if (st == PAL_OK) {
        exhibit.name = pal_buffer_view(&name);
        exhibit.chart = &chart.chart;
        exhibit.n = pal_result_n(exhibit.data);
        st = pal_exhibit_panel(report, &exhibit, err);
    }
    pal_buffer_clear(&name);
    return st;
}

static pal_status write_panels(struct pal_report *report, struct pal_error *err)
{
    const struct pal_histories *histories = &report->histories;
    const struct pal_question *questions[] = {&histories->question, NULL, NULL};
    struct pal_page *page = &report->page;
    pal_status st = PAL_OK;
    pal_page_markup(page, "<figure id=\"figure-arrests-per-day\" class=\"spread\">\n"
                          "<figcaption><b>");
    pal_page_format(page,
                    "Figure %d. Arrests a day, month by month, each area against "
                    "its own usual",
                    pal_report_figure_number(report));
    pal_page_markup(page, "</b><span>");
    pal_page_format(
        page,
        "Line: arrests a day. Dotted: the median month of %s. Band: half of "
        "those months lie in it. Each panel has its own scale, from zero.%s",
        pal_months_words(report->facts.baseline_first, report->facts.baseline_last)
            .text,
        report->facts.gap == PAL_GAP_NONE
            ? ""
            : " Hatched: months for which no release has rows.");
    pal_page_markup(page, "</span></figcaption>\n<div class=\"panels\">\n");
    for (size_t i = 0; st == PAL_OK && i < histories->studied_count; i++) {
        st = write_panel(report, histories->studied[i], err);
    }
    if (st == PAL_OK && histories->rest_sum.month_count > 0) {
        st = write_panel(report, &histories->studied_sum, err);
    }
    if (st == PAL_OK && histories->rest_sum.month_count > 0) {
        st = write_panel(report, &histories->rest_sum, err);
    }
    if (st == PAL_OK) {
        st = write_panel(report, &histories->country, err);
    }
    pal_page_markup(page, "</div>\n<details><summary>How to get these numbers again"
                          "</summary>\n");
    pal_page_commands(
        report, questions, 1,
        "Add --where area=NAME for one area. Sums of areas add their counts "
        "(value times days_covered) and divide by the days covered.");
    pal_page_markup(page, "</details>\n</figure>\n");
    return st;
}

pal_status pal_section_arrests(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_facts *facts = &report->facts;
    pal_page_section(page, 3, "arrests",
                     facts->place_count > 0
                         ? "Arrests a day in the areas of the named places"
                         : "Arrests a day in each area");
    if (!report->has_arrests) {
        pal_page_paragraph(page, "No file of this study has rows of arrests.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    pal_page_paragraph(
        page,
        "These are each area\xE2\x80\x99s usual figures%s: %s. An area is larger than "
        "the "
        "place it is named after (section 1). \xE2\x80\x9CNot stated\xE2\x80\x9D, "
        "where "
        "the release leaves the area blank, is in the rest of the country and in every "
        "total.",
        facts->has_campaign ? " before the campaign" : "",
        pal_period_words(facts->baseline_first, facts->baseline_last).text);
    pal_status st = write_panels(report, err);
    if (st != PAL_OK) {
        return st;
    }
    st = pal_arrests_table(report, err);
    pal_page_paragraph(
        page,
        "Small print below a number: its 95%% interval, or for the median month the "
        "middle "
        "half of months. The interval is that of a Poisson count, as if arrests came "
        "independently; months differ by more than that, so judge a new month by the "
        "band, not by the interval. FY is the federal fiscal year, 1 October to 30 "
        "September, as far as the baseline covers it.");
    if (st == PAL_OK) {
        st = pal_arrests_table_files(report, err);
    }
    pal_page_section_close(page);
    return st;
}
