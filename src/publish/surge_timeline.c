/*
 * The timeline of surges: a line an area, a mark a surge, and the days that no release covers.
 */
#include "publish/report_internal.h"

enum { SHAPE_COUNT = 4, GAP_MAX = 64 };

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
            if (pass == 2 ||
                pal_history_is_studied(report, study->areas[area]) != (pass == 0)) {
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

pal_status pal_surge_timeline(struct pal_report *report, struct pal_view csv,
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
