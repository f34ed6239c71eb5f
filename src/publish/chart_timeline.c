/*
 * What is covered when: one lane for every table and release, the studied dates across them.
 */
#include "publish/chart.h"

#include <math.h>
#include <string.h>

enum { LANE_HEIGHT = 42, BAR_HEIGHT = 14, TOP = 46, BOTTOM = 28, SIDE = 6 };

static void draw_lane(const struct pal_lane *lane, const struct pal_scale *x,
                      struct pal_svg *svg, double y)
{
    pal_svg_label(svg, "f-label f-plain", PAL_ANCHOR_START, SIDE, y + 13, lane->label);
    for (size_t i = 0; i < lane->span_count; i++) {
        const struct pal_span *span = &lane->spans[i];
        double from = pal_scale_at(x, span->first);
        double to = pal_scale_at(x, span->last + 1.0);
        const char *class = "f-part f-dark";
        if (lane->is_statistic) {
            class = "f-part f-middle";
        } else if (!span->is_counted) {
            class = "f-part f-outline";
        }
        pal_svg_rect(svg, class, from, y + 20, fmax(to - from, 3), BAR_HEIGHT);
    }
}

static void draw_gap(const struct pal_timeline *timeline, const struct pal_scale *x,
                     struct pal_svg *svg, double bottom)
{
    double from = pal_scale_at(x, timeline->gap.from);
    double to = pal_scale_at(x, timeline->gap.to);
    if (timeline->has_gap) {
        pal_svg_hatch(svg, from, TOP, to - from, bottom - TOP);
    }
}

static void draw_mark(const struct pal_timeline *timeline, const struct pal_scale *x,
                      struct pal_svg *svg, double bottom)
{
    double from = pal_scale_at(x, timeline->mark.from);
    double to = pal_scale_at(x, timeline->mark.to);
    double half = pal_svg_bold_width(timeline->mark.label, 13) / 2;
    double middle = (from + to) / 2;
    if (!timeline->has_mark) {
        return;
    }
    pal_svg_line(svg, "f-mark", from, TOP - 6, from, bottom);
    pal_svg_line(svg, "f-mark", to, TOP - 6, to, bottom);
    pal_svg_line(svg, "f-mark-bar", from, TOP - 6, to, TOP - 6);
    middle = fmax(half, fmin(middle, x->at_to + SIDE - half));
    pal_svg_label(svg, "f-mark-label", PAL_ANCHOR_MIDDLE, middle, TOP - 13,
                  timeline->mark.label);
}

static void draw_axis(const struct pal_timeline *timeline, const struct pal_scale *x,
                      struct pal_svg *svg, double bottom)
{
    struct pal_ticks ticks;
    pal_ticks_time(timeline->first, timeline->last, x, 42, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        double at = pal_scale_at(x, ticks.ticks[i].value);
        pal_svg_line(svg, "f-grid", at, TOP, at, bottom);
        if (at > 14 && at < x->at_to - 8) {
            pal_svg_label(svg, "f-tick", PAL_ANCHOR_MIDDLE, at, bottom + 18,
                          pal_view_of(ticks.ticks[i].label.text));
        }
    }
    pal_svg_line(svg, "f-base", SIDE, bottom, x->at_to, bottom);
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_timeline *timeline = (const struct pal_timeline *)self;
    double width = paper == PAL_PAPER_WIDE ? 840 : 360;
    double bottom = TOP + LANE_HEIGHT * (double)timeline->lane_count;
    struct pal_scale x = {timeline->first, timeline->last, SIDE, width - SIDE};
    pal_svg_open(svg, width, bottom + BOTTOM, &self->text);
    draw_axis(timeline, &x, svg, bottom);
    draw_gap(timeline, &x, svg, bottom);
    draw_mark(timeline, &x, svg, bottom);
    for (size_t i = 0; i < timeline->lane_count; i++) {
        draw_lane(&timeline->lanes[i], &x, svg, TOP + LANE_HEIGHT * (double)i);
    }
    if (timeline->has_gap) {
        struct pal_view label = timeline->gap.label;
        double right = pal_scale_at(&x, timeline->gap.to);
        double left = pal_scale_at(&x, timeline->gap.from);
        if (pal_svg_bold_width(label, 13) <= right - left) {
            pal_svg_label(svg, "f-label", PAL_ANCHOR_MIDDLE, (left + right) / 2,
                          TOP + 20 + BAR_HEIGHT - 2, label);
        }
    }
    pal_svg_close(svg);
}

void pal_timeline_init(struct pal_timeline *timeline)
{
    memset(timeline, 0, sizeof *timeline);
    timeline->chart.draw = draw;
}
