/*
 * Surges: when there was more than usual, in words and as a table; and what could not have
 * been seen.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "publish/report_internal.h"

enum { TABLE_MAX = 25, WEEK_DAYS = 7 };

pal_status pal_surges_load(struct pal_report *report, struct pal_error *err)
{
    struct pal_surge_request request;
    pal_status st = pal_surge_request_default(&request, err);
    if (st != PAL_OK) {
        return st;
    }
    request.setting.thread_count = 2;
    pal_progress_report(report->progress, PAL_VIEW("Surges"), 0, 0, 0);
    return pal_surge_study_run(report->store, &request, &report->surges, err);
}

/* ---- the table ---- */

static double excess_of(const struct pal_surge_event *event)
{
    return event->surge.observed - event->surge.expected;
}

static int compare_excess(const void *a, const void *b)
{
    const struct pal_surge_event *const *left = a;
    const struct pal_surge_event *const *right = b;
    double first = excess_of(*left);
    double second = excess_of(*right);
    if (first != second) {
        return first > second ? -1 : 1;
    }
    return pal_view_compare((*left)->id, (*right)->id);
}

pal_status pal_surges_by_size(struct pal_report *report,
                              const struct pal_surge_event ***out,
                              struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    void *room = NULL;
    pal_status st = pal_report_room(report, study->event_count + 1,
                                    sizeof(const void *), &room, err);
    const struct pal_surge_event **events = room;
    for (size_t i = 0; st == PAL_OK && i < study->event_count; i++) {
        events[i] = &study->events[i];
    }
    if (st == PAL_OK && study->event_count > 1) {
        /* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are what is sorted */
        qsort(events, study->event_count, sizeof *events, compare_excess);
    }
    *out = events;
    return st;
}

pal_status pal_surge_areas(struct pal_report *report,
                           const struct pal_surge_event *event, size_t shown,
                           struct pal_view *out, struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    size_t count = event->surge.area_count;
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    for (size_t i = 0; i < count && i < shown; i++) {
        pal_buffer_append_text(&text, i == 0 ? "" : ", ");
        pal_buffer_append_view(&text, study->areas[event->surge.parts[i].area]);
    }
    if (count == 0) {
        pal_buffer_append_text(&text, "all areas together");
    } else if (count > shown) {
        pal_buffer_append_format(&text, " and %zu more", count - shown);
    }
    pal_status st = pal_buffer_keep(&text, &report->arena, out, err);
    return st;
}

static pal_status write_row(struct pal_report *report,
                            const struct pal_surge_event *event, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    const struct pal_surge *surge = &event->surge;
    struct pal_view areas;
    pal_status st = pal_surge_areas(report, event, 4, &areas, err);
    if (st != PAL_OK) {
        return st;
    }
    pal_page_table_row(page, false);
    pal_page_table_name(page, areas);
    pal_page_table_cell(page,
                        pal_view_of(pal_period_short(surge->first, surge->last).text));
    pal_page_table_number(page,
                          pal_view_of(pal_number_count(llround(surge->observed)).text));
    pal_page_table_number(page,
                          pal_view_of(pal_number_count(llround(surge->expected)).text));
    pal_page_table_interval(
        page, pal_number_count(llround(excess_of(event))).text,
        pal_number_range(surge->excess_low, surge->excess_high, 0).text);
    pal_page_table_cell(page, pal_view_of(pal_surge_kind_text(event->kind)));
    pal_page_table_row_close(page);
    return PAL_OK;
}

static pal_status write_table(struct pal_report *report, struct pal_error *err)
{
    static const struct pal_column columns[] = {
        {"areas", false},
        {"days", false},
        {"arrests", true},
        {"usual", true},
        {"more than usual (95% interval below)", true},
        {"kind", false}};
    const struct pal_surge_event **events = NULL;
    struct pal_page *page = &report->page;
    size_t count = report->surges->event_count;
    pal_status st = pal_surges_by_size(report, &events, err);
    if (st != PAL_OK || count == 0) {
        return st;
    }
    pal_page_table_open(page, "The largest surges", columns,
                        sizeof columns / sizeof columns[0]);
    for (size_t i = 0; st == PAL_OK && i < count && i < TABLE_MAX; i++) {
        st = write_row(report, events[i], err);
    }
    pal_page_table_close(page);
    pal_page_markup(page, "<p class=\"small\">");
    if (count > TABLE_MAX) {
        pal_page_format(page, "All %zu are in the csv of the figure above. ", count);
    }
    pal_page_markup(page,
                    "To get the csv again:</p>\n<pre>palladium surge study.duckdb "
                    "--format csv</pre>\n");
    return st;
}

/* ---- words ---- */

static pal_status write_turns_of(struct pal_report *report,
                                 const struct pal_surge_study *study, bool is_announced,
                                 struct pal_buffer *text, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_turns_question question = {.kind = PAL_SURGE_STREET,
                                          .first = PAL_DAY_NONE,
                                          .last = PAL_DAY_NONE,
                                          .seed = 1};
    struct pal_view areas[PAL_REPORT_PLACE_MAX];
    struct pal_turns turns;
    for (size_t i = 0; i < facts->place_count && i < PAL_REPORT_PLACE_MAX; i++) {
        areas[question.area_count++] = facts->places[i].area;
    }
    question.areas = is_announced ? areas : NULL;
    pal_buffer_reset(text);
    pal_status st = pal_surge_study_turns(study, &question, &turns, err);
    if (st == PAL_OK) {
        pal_turns_sentence(&turns, text);
        st = pal_buffer_status(text, err);
    }
    if (st == PAL_OK) {
        pal_page_markup(&report->page,
                        is_announced
                            ? "<p>The announced places\xE2\x80\x99 areas, street "
                              "operations, all days: "
                            : "<p>All areas, street operations: ");
        pal_page_text(&report->page, pal_buffer_view(text));
        pal_page_markup(&report->page, "</p>\n");
    }
    return st;
}

/* Of surges that each area's own series shows: the report's list has windows that areas share
 * too, in which a small surge shows only while others have one. */
static pal_status write_turns(struct pal_report *report, struct pal_error *err)
{
    struct pal_surge_study *study = NULL;
    struct pal_buffer text;
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    pal_status st = pal_surge_study_alone(report->store, report->surges, &study, err);
    pal_page_markup(&report->page, "<h3>In turn, or together?</h3>\n");
    pal_page_paragraph(&report->page,
                       "For this question each area is searched by itself: in windows "
                       "that areas share, a small surge shows only while others have "
                       "one.");
    if (st == PAL_OK && report->facts.place_count > 0) {
        st = write_turns_of(report, study, true, &text, err);
    }
    if (st == PAL_OK) {
        st = write_turns_of(report, study, false, &text, err);
    }
    pal_buffer_clear(&text);
    pal_surge_study_free(study);
    return st;
}

/* Of all covered weeks, the one whose usual is the median. */
static bool find_median_week(const struct pal_baseline *baseline,
                             struct pal_window *out)
{
    double total = 0;
    size_t weeks = 0;
    double nearest = (double)INFINITY;
    for (size_t i = 0; i + WEEK_DAYS <= baseline->count; i += WEEK_DAYS) {
        if (baseline->sum_covered[i + WEEK_DAYS] - baseline->sum_covered[i] ==
            WEEK_DAYS) {
            total += baseline->sum_expected[i + WEEK_DAYS] - baseline->sum_expected[i];
            weeks++;
        }
    }
    for (size_t i = 0; weeks > 0 && i + WEEK_DAYS <= baseline->count; i += WEEK_DAYS) {
        double here = baseline->sum_expected[i + WEEK_DAYS] - baseline->sum_expected[i];
        if (baseline->sum_covered[i + WEEK_DAYS] - baseline->sum_covered[i] ==
                WEEK_DAYS &&
            fabs(here - total / (double)weeks) < nearest) {
            nearest = fabs(here - total / (double)weeks);
            *out = pal_baseline_window(baseline, i, i + WEEK_DAYS - 1);
        }
    }
    return weeks > 0;
}

static void write_limit(struct pal_report *report, size_t area, size_t group,
                        bool *is_first)
{
    const struct pal_surge_study *study = report->surges;
    const struct pal_baseline *baseline =
        pal_detection_baseline(study->detection, area, group);
    struct pal_window week = {0};
    if (baseline->status != PAL_FIT_OK || !find_median_week(baseline, &week)) {
        return;
    }
    double alone = -log(pal_detection_alone_p(study->detection));
    double p = exp(-pal_tail_needed(&baseline->tail, alone));
    double needed = pal_window_critical(&week, p);
    pal_page_format(&report->page, "%s%.*s %s (usual %s)", *is_first ? "" : "; ",
                    PAL_VIEW_ARG(study->areas[area]),
                    pal_number_count(llround(needed)).text,
                    pal_number_plain(week.expected).text);
    *is_first = false;
}

static void write_unseen(struct pal_report *report)
{
    const struct pal_surge_study *study = report->surges;
    struct pal_page *page = &report->page;
    bool is_first = true;
    size_t group = 0;
    pal_page_markup(page, "<h3>What this could not have seen</h3>\n<ul>\n");
    if (report->facts.has_campaign && report->facts.gap != PAL_GAP_NONE) {
        pal_page_markup(page, "<li><strong>");
        pal_page_format(page, "%s",
                        report->facts.gap == PAL_GAP_ALL
                            ? "The whole campaign: no released row has a day of it. "
                              "That no surge is listed there says nothing about it."
                            : "The part of the campaign that no released row covers. "
                              "That no surge is listed there says nothing about it.");
        pal_page_markup(page, "</strong></li>\n");
    }
    pal_page_markup(
        page, "<li>Arrests by other agencies, which are not in these records.</li>\n"
              "<li>More work of the same result: watching and searching leave no row "
              "until somebody is arrested.</li>\n"
              "<li>What rose slowly, or stayed for more than eight weeks: that is a "
              "change of level, listed by <code>palladium surge --show changes</code>, "
              "not a surge.</li>\n");
    while (group < study->input.group_count &&
           !pal_view_is_equal(study->groups[group], PAL_VIEW("at-large"))) {
        group++;
    }
    if (group < study->input.group_count && report->facts.place_count > 0) {
        pal_page_markup(page, "<li>Small surges. Arrests at large that a usual week "
                              "needed to be listed: ");
        for (size_t area = 0; area < study->input.area_count; area++) {
            if (pal_history_is_studied(report, study->areas[area])) {
                write_limit(report, area, group, &is_first);
            }
        }
        pal_page_markup(page, ".</li>\n");
    }
    pal_page_markup(page, "</ul>\n");
}

static void write_lead(struct pal_report *report)
{
    struct pal_page *page = &report->page;
    struct pal_buffer text;
    pal_page_paragraph(
        page,
        "A surge is a stretch of days with more arrests than that area usually has on "
        "such days, and more than chance brings. It is looked for in stretches of 1 to "
        "28 days; those of the same areas at most three days apart are one surge. The "
        "usual takes account of the weekday, holidays, the season, slow trends, "
        "lasting "
        "changes and what each release covers. Found: %s.",
        report->surges->event_count == 0
            ? "none"
            : pal_number_count((int64_t)report->surges->event_count).text);
    pal_page_paragraph(
        page,
        "The kind is read from how the arrests came about, not from news: people taken "
        "over from prisons and jails are no operation in the streets, however many "
        "come "
        "on one day.");
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    pal_surge_searched(report->surges, &text);
    if (text.status != PAL_OK && report->body.status == PAL_OK) {
        report->body.status = text.status;
    }
    pal_page_markup(page, "<p class=\"small\">");
    pal_page_text(page, pal_buffer_view(&text));
    pal_page_markup(page, "</p>\n");
    pal_buffer_clear(&text);
}

pal_status pal_section_surges(struct pal_report *report, struct pal_error *err)
{
    struct pal_page *page = &report->page;
    struct pal_buffer csv;
    pal_page_section(page, 4, "surges", "Surges: when there was more than usual");
    if (report->surges == NULL || report->surges->detection == NULL) {
        pal_page_paragraph(page,
                           "No file of this study has rows of arrests, so nothing "
                           "can be said about surges.");
        pal_page_section_close(page);
        return PAL_OK;
    }
    write_lead(report);
    pal_buffer_init(&csv, PAL_REPORT_SIZE_MAX);
    pal_surge_csv(report->surges, &csv);
    pal_status st = pal_buffer_status(&csv, err);
    if (st == PAL_OK) {
        st = pal_surge_timeline(report, pal_buffer_view(&csv), err);
    }
    pal_buffer_clear(&csv);
    if (st == PAL_OK) {
        st = write_table(report, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_pages(report, err);
    }
    if (st == PAL_OK) {
        st = write_turns(report, err);
    }
    if (st == PAL_OK) {
        st = pal_surge_power(report, err);
    }
    if (st == PAL_OK) {
        write_unseen(report);
    }
    pal_page_section_close(page);
    return st;
}
