/*
 * Surges: when there was more than usual, in words, on a timeline of all areas, and as a
 * table; and what could not have been seen.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "publish/report_internal.h"

enum { TABLE_MAX = 25, SHAPE_COUNT = 4, GAP_MAX = 64, WEEK_DAYS = 7 };

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

static enum pal_mark_shape shape_of(enum pal_surge_kind kind)
{
    switch (kind) {
    case PAL_SURGE_STREET:
        return PAL_MARK_FULL;
    case PAL_SURGE_RELEASE:
        return PAL_MARK_OPEN;
    case PAL_SURGE_WORKSITE:
        return PAL_MARK_DOT;
    case PAL_SURGE_REPROCESSING:
    case PAL_SURGE_ARTEFACT:
    case PAL_SURGE_UNCLEAR:
    case PAL_SURGE_KIND_COUNT:
    default:
        return PAL_MARK_LOW;
    }
}

/* ---- the timeline ---- */

struct lanes {
    struct pal_mark_lane *items;
    size_t count;
    bool has_shape[SHAPE_COUNT];
    int32_t first;
    int32_t last;
};

/* From the first to the last day on which all areas together are covered. */
static bool find_days(const struct pal_surge_study *study, struct lanes *lanes)
{
    const struct pal_baseline *all =
        pal_detection_baseline(study->detection, PAL_SURGE_ALL, PAL_SURGE_ALL);
    bool has_any = false;
    for (size_t i = 0; i < all->count; i++) {
        if (all->sum_covered[i + 1] > all->sum_covered[i]) {
            lanes->first = has_any ? lanes->first : all->first + (int32_t)i;
            lanes->last = all->first + (int32_t)i;
            has_any = true;
        }
    }
    return has_any;
}

static bool has_area(const struct pal_surge_event *event, size_t area)
{
    for (size_t i = 0; i < event->surge.area_count; i++) {
        if (event->surge.parts[i].area == area) {
            return true;
        }
    }
    return event->surge.area_count == 0 && area == PAL_SURGE_ALL;
}

static pal_status fill_marks(struct pal_report *report, size_t area,
                             struct lanes *lanes, struct pal_mark_lane *lane,
                             struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    void *room = NULL;
    pal_status st = pal_report_room(report, study->event_count + 1,
                                    sizeof(struct pal_mark), &room, err);
    struct pal_mark *marks = room;
    for (size_t i = 0; st == PAL_OK && i < study->event_count; i++) {
        const struct pal_surge_event *event = &study->events[i];
        enum pal_mark_shape shape = shape_of(event->kind);
        if (!has_area(event, area) || event->surge.last < lanes->first ||
            event->surge.first > lanes->last) {
            continue;
        }
        marks[lane->mark_count++] = (struct pal_mark){
            event->surge.first < lanes->first ? lanes->first : event->surge.first,
            event->surge.last > lanes->last ? lanes->last : event->surge.last, shape};
        lanes->has_shape[shape] = true;
    }
    lane->marks = marks;
    return st;
}

static pal_status fill_gaps(struct pal_report *report, size_t area,
                            const struct lanes *lanes, struct pal_mark_lane *lane,
                            struct pal_error *err)
{
    const struct pal_baseline *baseline =
        pal_detection_baseline(report->surges->detection, area, PAL_SURGE_ALL);
    void *room = NULL;
    bool is_open = false;
    pal_status st =
        pal_report_room(report, GAP_MAX, sizeof(struct pal_stretch), &room, err);
    struct pal_stretch *gaps = room;
    for (int32_t day = lanes->first; st == PAL_OK && day <= lanes->last; day++) {
        size_t at = (size_t)(day - baseline->first);
        if (baseline->sum_covered[at + 1] > baseline->sum_covered[at]) {
            is_open = false;
            continue;
        }
        if (!is_open && lane->gap_count < GAP_MAX) {
            gaps[lane->gap_count++] = (struct pal_stretch){day, day + 1, PAL_VIEW("")};
            is_open = true;
        }
        gaps[lane->gap_count - 1].to = day + 1;
    }
    lane->gaps = gaps;
    return st;
}

static bool is_studied(const struct pal_report *report, struct pal_view area)
{
    const struct pal_history *history = pal_history_find(report, area);
    return report->facts.place_count > 0 && history != NULL && history->is_studied;
}

/* Studied areas first, then the others, then surges that no area stands out in. */
static pal_status fill_lanes(struct pal_report *report, struct lanes *lanes,
                             struct pal_error *err)
{
    const struct pal_surge_study *study = report->surges;
    void *room = NULL;
    pal_status st = pal_report_room(report, study->input.area_count + 1,
                                    sizeof *lanes->items, &room, err);
    lanes->items = room;
    for (int pass = 0; st == PAL_OK && pass < 3; pass++) {
        for (size_t area = 0; st == PAL_OK && area < study->input.area_count; area++) {
            struct pal_mark_lane *lane = &lanes->items[lanes->count];
            if (pass == 2 || is_studied(report, study->areas[area]) != (pass == 0)) {
                continue;
            }
            lane->label = study->areas[area];
            lane->is_strong = pass == 0;
            st = fill_marks(report, area, lanes, lane, err);
            if (st == PAL_OK) {
                st = fill_gaps(report, area, lanes, lane, err);
            }
            lanes->count++;
        }
    }
    struct pal_mark_lane *all = &lanes->items[lanes->count];
    if (st == PAL_OK) {
        st = fill_marks(report, PAL_SURGE_ALL, lanes, all, err);
    }
    if (st == PAL_OK && all->mark_count > 0) {
        all->label = PAL_VIEW("all together");
        lanes->count++;
    }
    return st;
}

static pal_status write_timeline(struct pal_report *report, struct pal_view csv,
                                 struct pal_error *err)
{
    static const struct pal_view names[SHAPE_COUNT] = {
        {"street operation", 16},
        {"release from prison or jail", 27},
        {"worksite", 8},
        {"reprocessing, recording, unclear", 32}};
    struct lanes lanes = {.count = 0};
    struct pal_mark_chart chart;
    struct pal_exhibit exhibit = {.name = PAL_VIEW("surges"),
                                  .title = PAL_VIEW("When each area had a surge"),
                                  .n = -1,
                                  .csv = csv};
    if (!find_days(report->surges, &lanes)) {
        return PAL_OK;
    }
    pal_status st = fill_lanes(report, &lanes, err);
    pal_mark_chart_init(&chart);
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        chart.names[i] = lanes.has_shape[i] ? names[i] : PAL_VIEW("");
    }
    chart.first = lanes.first;
    chart.last = lanes.last;
    chart.lane_count = lanes.count;
    chart.lanes = lanes.items;
    chart.has_mark = report->facts.has_campaign;
    chart.mark = (struct pal_stretch){report->facts.first, report->facts.last,
                                      PAL_VIEW("campaign")};
    if (st == PAL_OK) {
        st =
            pal_report_words(report, &chart.chart.text.title, err, "Surges by area, %s",
                             pal_period_words(lanes.first, lanes.last).text);
    }
    if (st == PAL_OK) {
        st = pal_report_words(report, &chart.chart.text.desc, err,
                              "One line for each of %zu areas; a mark for each of %zu "
                              "surges; the table below lists the largest.",
                              report->surges->input.area_count,
                              report->surges->event_count);
    }
    if (st == PAL_OK) {
        st = pal_report_words(
            report, &exhibit.caption, err,
            "One line an area%s; each mark is a surge, from its first to its last day. "
            "The shape tells the kind. A surge of several areas stands on each line. "
            "The numbers at the right count the marks.",
            report->facts.place_count > 0 ? ", the announced places\xE2\x80\x99 areas "
                                            "first"
                                          : "");
    }
    exhibit.chart = &chart.chart;
    return st == PAL_OK ? pal_exhibit_write(report, &exhibit, err) : st;
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
    pal_status st = pal_buffer_status(&text, err);
    if (st == PAL_OK) {
        st = pal_arena_copy(&report->arena, pal_buffer_view(&text), out, err);
    }
    pal_buffer_clear(&text);
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

static pal_status write_turns(struct pal_report *report, struct pal_error *err)
{
    const struct pal_facts *facts = &report->facts;
    struct pal_turns_question question = {.kind = PAL_SURGE_STREET,
                                          .first = PAL_DAY_NONE,
                                          .last = PAL_DAY_NONE,
                                          .seed = 1};
    struct pal_view areas[PAL_REPORT_PLACE_MAX];
    struct pal_buffer text;
    struct pal_turns turns;
    pal_buffer_init(&text, PAL_PAGE_TEXT_MAX);
    for (size_t i = 0; i < facts->place_count && i < PAL_REPORT_PLACE_MAX; i++) {
        areas[question.area_count++] = facts->places[i].area;
    }
    pal_page_markup(&report->page, "<h3>In turn, or together?</h3>\n");
    pal_status st = PAL_OK;
    for (int pass = 0; st == PAL_OK && pass < 2; pass++) {
        question.areas = pass == 0 && facts->place_count > 0 ? areas : NULL;
        if (pass == 0 && facts->place_count == 0) {
            continue;
        }
        pal_buffer_reset(&text);
        st = pal_surge_study_turns(report->surges, &question, &turns, err);
        if (st == PAL_OK) {
            pal_turns_sentence(&turns, &text);
            st = pal_buffer_status(&text, err);
        }
        if (st == PAL_OK) {
            pal_page_markup(&report->page, pass == 0
                                               ? "<p>The announced places\xE2\x80\x99 "
                                                 "areas, street operations, all days: "
                                               : "<p>All areas, street operations: ");
            pal_page_text(&report->page, pal_buffer_view(&text));
            pal_page_markup(&report->page, "</p>\n");
        }
    }
    pal_buffer_clear(&text);
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
            if (is_studied(report, study->areas[area])) {
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
        st = write_timeline(report, pal_buffer_view(&csv), err);
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
