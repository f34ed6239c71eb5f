/*
 * The largest surges one by one: the days about it against their usual, the interval, what
 * drove it, and the commands that give its numbers again.
 */
#include <math.h>
#include <stdio.h>

#include "publish/report_internal.h"

enum { PAGE_MAX = 12, OPEN_MAX = 2, DAYS_ABOUT = 35, CSV_MAX = 1 << 20 };

/* ---- days ---- */

static pal_status fill_days(struct pal_report *report,
                            const struct pal_surge_event *event,
                            struct pal_day_chart *chart, struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    const struct pal_surge *surge = &event->surge;
    int32_t end = study->input.first + (int32_t)study->input.day_count - 1;
    int32_t first = surge->first - DAYS_ABOUT;
    int32_t last = surge->last + DAYS_ABOUT;
    void *room = NULL;
    first = first < study->input.first ? study->input.first : first;
    last = last > end ? end : last;
    chart->first = first;
    chart->count = (size_t)(last - first) + 1;
    pal_status st =
        pal_report_room(report, chart->count, sizeof *chart->days, &room, err);
    struct pal_day_bar *days = room;
    for (size_t i = 0; st == PAL_OK && i < chart->count; i++) {
        int32_t day = first + (int32_t)i;
        size_t at = (size_t)(day - study->input.first);
        struct pal_window window = pal_surge_event_window(study, event, at, at);
        days[i] =
            (struct pal_day_bar){.is_covered = window.covered > 0,
                                 .is_surge = day >= surge->first && day <= surge->last,
                                 .observed = window.observed,
                                 .usual = window.expected};
        if (window.covered > 0) {
            pal_window_usual(&window, 0.95, &days[i].low, &days[i].high);
        }
    }
    chart->days = days;
    return st;
}

static void put_number(struct pal_buffer *out, double value, int decimals)
{
    pal_buffer_append_format(out, ",%.*f", decimals, value);
}

static void write_csv(const struct pal_day_chart *chart, struct pal_buffer *out)
{
    pal_buffer_append_text(out, "day,observed,usual,usual_low,usual_high,status\n");
    for (size_t i = 0; i < chart->count; i++) {
        const struct pal_day_bar *day = &chart->days[i];
        char text[16];
        pal_day_text(chart->first + (int32_t)i, text);
        pal_buffer_append_text(out, text);
        if (!day->is_covered) {
            pal_buffer_append_text(out, ",,,,,not covered\n");
            continue;
        }
        put_number(out, day->observed, 0);
        put_number(out, day->usual, 2);
        put_number(out, day->low, 0);
        put_number(out, day->high, 0);
        pal_buffer_append_text(out, ",number\n");
    }
}

/* ---- words ---- */

static void write_drivers(struct pal_page *page, const struct pal_surge_event *event)
{
    pal_page_markup(page, "<ul>\n<li>");
    pal_page_format(page, "Kind: %s. ", pal_surge_kind_text(event->kind));
    pal_page_sentence(page, event->reason);
    pal_page_markup(page, ".</li>\n");
    if (event->method.size > 0) {
        pal_page_markup(page, "<li>");
        pal_page_format(page, "Method: %.*s, %s of the excess.",
                        PAL_VIEW_ARG(event->method),
                        pal_number_percent(event->method_share, 0).text);
        pal_page_markup(page, "</li>\n");
    }
    for (size_t i = 0; i < event->driver_count; i++) {
        const struct pal_surge_driver *driver = &event->drivers[i];
        pal_page_markup(page, "<li>");
        pal_page_format(page,
                        "More than usual by %.*s: %.*s, %s of these arrests, %s "
                        "usually.",
                        PAL_VIEW_ARG(driver->dimension), PAL_VIEW_ARG(driver->value),
                        pal_number_percent(driver->share, 0).text,
                        pal_number_percent(driver->usual, 0).text);
        pal_page_markup(page, "</li>\n");
    }
    if (event->surge.last > event->surge.first) {
        pal_page_markup(page, "<li>");
        pal_page_format(page, "Most on one day: %s, with %s of the excess.",
                        pal_day_words(event->peak).text,
                        pal_number_percent(event->peak_share, 0).text);
        pal_page_markup(page, "</li>\n");
    }
    pal_page_markup(page, "</ul>\n");
}

static pal_status write_commands(struct pal_report *report,
                                 const struct pal_surge_event *event,
                                 struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_buffer text;
    pal_buffer_init(&text, CSV_MAX);
    pal_buffer_append_format(&text, "palladium surge explain study.duckdb %.*s\n",
                             PAL_VIEW_ARG(event->id));
    pal_surge_commands(report->surges, event, "study.duckdb", &text);
    pal_status st = pal_buffer_status(&text, err);
    pal_page_markup(page, "<details><summary>How to get these numbers again</summary>\n"
                          "<pre>");
    pal_page_text(page, pal_buffer_view(&text));
    pal_page_markup(page,
                    "</pre>\n<p class=\"small\">The first says all of this surge; "
                    "the others give the arrests counted, day by day: their sum "
                    "is the number above.</p>\n</details>\n");
    pal_buffer_clear(&text);
    return st;
}

static pal_status describe(struct pal_report *report,
                           const struct pal_surge_event *event, struct pal_view areas,
                           struct pal_day_chart *chart, struct pal_exhibit *exhibit,
                           struct pal_error *err)
{
    const struct pal_surge *surge = &event->surge;
    struct pal_words days = pal_period_words(surge->first, surge->last);
    long long excess = llround(surge->observed - surge->expected);
    pal_status st = pal_report_words(report, &exhibit->name, err, "surge-%.*s",
                                     PAL_VIEW_ARG(event->id));
    if (st == PAL_OK) {
        st = pal_report_words(report, &exhibit->title, err, "%.*s, day by day",
                              PAL_VIEW_ARG(areas));
    }
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &exhibit->caption, err,
            "Dark: the days of the surge. Dotted: what was usual on such a day. Band: "
            "95 of 100 such days lie in it. Counted: %s.",
            surge->group == PAL_SURGE_ALL ? "all arrests" : "");
    }
    if (st == PAL_OK && surge->group != PAL_SURGE_ALL) {
        st = pal_report_words(
            report, &exhibit->caption, err,
            "Dark: the days of the surge. Dotted: what was usual on such a day. Band: "
            "95 of 100 such days lie in it. Counted: arrests of the method group "
            "%.*s.",
            PAL_VIEW_ARG(event->group));
    }
    if (st == PAL_OK) {
        st = pal_report_words(report, &chart->excess, err, "%s more than usual",
                              pal_number_count(excess).text);
    }
    if (st == PAL_OK) {
        st = pal_report_words(report, &chart->chart.text.title, err,
                              "Arrests day by day, %.*s, about %s", PAL_VIEW_ARG(areas),
                              days.text);
    }
    if (st == PAL_OK) {
        st = pal_report_words(report, &chart->chart.text.desc, err,
                              "%s arrests where %s were usual.",
                              pal_number_count(llround(surge->observed)).text,
                              pal_number_count(llround(surge->expected)).text);
    }
    return st;
}

static pal_status write_page(struct pal_report *report,
                             const struct pal_surge_event *event, bool is_open,
                             struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_surge *surge = &event->surge;
    struct pal_exhibit exhibit = {.n = -1};
    struct pal_day_chart chart;
    struct pal_buffer csv;
    struct pal_view areas;
    struct pal_view few;
    pal_day_chart_init(&chart);
    chart.unit = PAL_VIEW("arrests a day");
    pal_status st = pal_surge_areas(report, event, PAL_REPORT_PLACE_MAX, &areas, err);
    if (st == PAL_OK) {
        st = pal_surge_areas(report, event, 4, &few, err);
    }
    if (st == PAL_OK) {
        st = fill_days(report, event, &chart, err);
    }
    if (st == PAL_OK) {
        st = describe(report, event, few, &chart, &exhibit, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    pal_page_markup(page, is_open ? "<details class=\"surge\" open><summary>"
                                  : "<details class=\"surge\"><summary>");
    pal_page_text(page, few);
    pal_page_format(page, ", %s: %s more than usual",
                    pal_period_words(surge->first, surge->last).text,
                    pal_number_count(llround(surge->observed - surge->expected)).text);
    pal_page_markup(page, "</summary>\n<p>");
    pal_page_text(page, areas);
    pal_page_format(page,
                    ": %s arrests where %s were usual. That is %s more; the 95%% "
                    "interval, %s, takes in both chance and the uncertainty of the "
                    "usual.",
                    pal_number_count(llround(surge->observed)).text,
                    pal_number_count(llround(surge->expected)).text,
                    pal_number_count(llround(surge->observed - surge->expected)).text,
                    pal_number_range(surge->excess_low, surge->excess_high, 0).text);
    pal_page_markup(page, "</p>\n");
    write_drivers(page, event);
    pal_buffer_init(&csv, CSV_MAX);
    write_csv(&chart, &csv);
    st = pal_buffer_status(&csv, err);
    exhibit.csv = pal_buffer_view(&csv);
    exhibit.chart = &chart.chart;
    if (st == PAL_OK) {
        st = pal_exhibit_write(report, &exhibit, err);
    }
    pal_buffer_clear(&csv);
    if (st == PAL_OK) {
        st = write_commands(report, event, err);
    }
    pal_page_markup(page, "</details>\n");
    return st;
}

pal_status pal_surge_pages(struct pal_report *report, struct pal_error *err)
{
    const struct pal_surge_event **events = NULL;
    size_t count = report->surges->event_count;
    pal_status st = pal_surges_by_size(report, &events, err);
    if (st != PAL_OK || count == 0) {
        return st;
    }
    st = pal_surge_drivers_load(report->store, report->surges, events,
                                count < PAGE_MAX ? count : PAGE_MAX, err);
    pal_page_markup(&report->page, "<h3>The largest surges, one by one</h3>\n");
    for (size_t i = 0; st == PAL_OK && i < count && i < PAGE_MAX; i++) {
        st = write_page(report, events[i], i < OPEN_MAX, err);
    }
    return st;
}
