/*
 * Marks on lanes: which area had a surge when, and of what kind. Kinds differ by shape, not by
 * colour. Wide paper has the names left of the lanes, narrow paper above them.
 */
#include "publish/chart.h"

#include <math.h>
#include <string.h>

enum {
    SHAPE_COUNT = 4,
    NAME_ROOM = 136,
    COUNT_ROOM = 34,
    BAR_HEIGHT = 14,
    LOW_HEIGHT = 6,
    WIDTH_MIN = 4,
    LEGEND_LINE = 22
};

struct frame {
    double width;
    double left;
    double right;
    double top; /* of the first lane */
    double lane_height;
    double bar_top; /* in a lane */
    double bottom;
    bool is_narrow;
    struct pal_scale x;
};

static void draw_shape(struct pal_svg *svg, enum pal_mark_shape shape, double from,
                       double to, double top)
{
    double width = fmax(to - from, WIDTH_MIN);
    switch (shape) {
    case PAL_MARK_FULL:
        pal_svg_rect(svg, "f-part f-dark", from, top, width, BAR_HEIGHT);
        break;
    case PAL_MARK_OPEN:
        pal_svg_rect(svg, "f-part f-open", from, top, width, BAR_HEIGHT);
        break;
    case PAL_MARK_DOT:
        pal_svg_circle(svg, "f-dot-1", from + width / 2, top + BAR_HEIGHT / 2.0, 6);
        break;
    case PAL_MARK_LOW:
    default:
        pal_svg_rect(svg, "f-part f-middle", from, top + BAR_HEIGHT - LOW_HEIGHT, width,
                     LOW_HEIGHT);
        break;
    }
}

/* Draws when `svg` is not NULL; gives the height either way. */
static double draw_legend(const struct pal_mark_chart *chart, double width,
                          struct pal_svg *svg)
{
    double x = 0;
    double y = 4;
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        double needed = 22 + pal_svg_text_width(chart->names[i], 13) + 18;
        if (chart->names[i].size == 0) {
            continue;
        }
        if (x > 0 && x + needed > width) {
            x = 0;
            y += LEGEND_LINE;
        }
        if (svg != NULL) {
            draw_shape(svg, (enum pal_mark_shape)i, x + 2, x + 14, y);
            pal_svg_label(svg, "f-label f-plain", PAL_ANCHOR_START, x + 22, y + 12,
                          chart->names[i]);
        }
        x += needed;
    }
    return y + LEGEND_LINE;
}

static struct frame frame_of(const struct pal_mark_chart *chart, enum pal_paper paper)
{
    struct frame frame = {.is_narrow = paper != PAL_PAPER_WIDE};
    frame.width = frame.is_narrow ? 360 : 840;
    frame.left = frame.is_narrow ? 4 : NAME_ROOM;
    frame.right = frame.width - COUNT_ROOM;
    frame.top = draw_legend(chart, frame.width, NULL) + 30;
    frame.lane_height = frame.is_narrow ? 38 : 22;
    frame.bar_top = frame.is_narrow ? 19 : 3;
    frame.bottom = frame.top + frame.lane_height * (double)chart->lane_count + 4;
    frame.x =
        (struct pal_scale){chart->first, chart->last + 1.0, frame.left, frame.right};
    return frame;
}

static void draw_axis(const struct pal_mark_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    struct pal_ticks ticks;
    double last_end = -100;
    pal_ticks_time(chart->first, chart->last, &frame->x, 42, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        struct pal_view label = pal_view_of(ticks.ticks[i].label.text);
        double at = pal_scale_at(&frame->x, ticks.ticks[i].value);
        double half = pal_svg_text_width(label, 13) / 2;
        pal_svg_line(svg, "f-grid", at, frame->top, at, frame->bottom);
        if (at - half > last_end + 6 && at - half > 0 && at + half < frame->width) {
            pal_svg_label(svg, "f-tick", PAL_ANCHOR_MIDDLE, at, frame->bottom + 18,
                          label);
            last_end = at + half;
        }
    }
    pal_svg_line(svg, "f-base", frame->left, frame->bottom, frame->right,
                 frame->bottom);
    pal_svg_label(svg, "f-tick", PAL_ANCHOR_END, frame->width, frame->top - 8,
                  PAL_VIEW("surges"));
}

static void draw_mark(const struct pal_mark_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    if (!chart->has_mark || chart->mark.from > chart->last ||
        chart->mark.to < chart->first) {
        return;
    }
    double from = pal_scale_at(&frame->x, fmax(chart->mark.from, chart->first));
    double to = pal_scale_at(&frame->x, fmin(chart->mark.to, chart->last) + 1);
    double half = pal_svg_bold_width(chart->mark.label, 13) / 2;
    double middle = fmax(half, fmin((from + to) / 2, frame->width - half - 60));
    pal_svg_line(svg, "f-mark", from, frame->top - 4, from, frame->bottom);
    pal_svg_line(svg, "f-mark", to, frame->top - 4, to, frame->bottom);
    pal_svg_line(svg, "f-mark-bar", from, frame->top - 4, to, frame->top - 4);
    pal_svg_label(svg, "f-mark-label", PAL_ANCHOR_MIDDLE, middle, frame->top - 12,
                  chart->mark.label);
}

static void draw_lane(const struct pal_mark_lane *lane, const struct frame *frame,
                      double top, struct pal_svg *svg)
{
    double bar = top + frame->bar_top;
    struct pal_words count = pal_number_count((int64_t)lane->mark_count);
    const char *class = lane->is_strong ? "f-label" : "f-label f-plain";
    for (size_t i = 0; i < lane->gap_count; i++) {
        double from = pal_scale_at(&frame->x, lane->gaps[i].from);
        double to = pal_scale_at(&frame->x, lane->gaps[i].to);
        pal_svg_hatch(svg, from, bar, to - from, BAR_HEIGHT);
    }
    pal_svg_line(svg, "f-grid", frame->left, bar + BAR_HEIGHT, frame->right,
                 bar + BAR_HEIGHT);
    for (size_t i = 0; i < lane->mark_count; i++) {
        double from = pal_scale_at(&frame->x, lane->marks[i].first);
        double to = pal_scale_at(&frame->x, lane->marks[i].last + 1.0);
        from = fmin(from, frame->right - WIDTH_MIN);
        draw_shape(svg, lane->marks[i].shape, from, to, bar);
    }
    if (frame->is_narrow) {
        pal_svg_label(svg, class, PAL_ANCHOR_START, frame->left, top + 14, lane->label);
    } else {
        pal_svg_label(svg, class, PAL_ANCHOR_END, frame->left - 10, bar + 12,
                      lane->label);
    }
    pal_svg_label(svg, "f-tick", PAL_ANCHOR_END, frame->width, bar + 12,
                  pal_view_of(count.text));
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_mark_chart *chart = (const struct pal_mark_chart *)self;
    struct frame frame = frame_of(chart, paper);
    pal_svg_open(svg, frame.width, frame.bottom + 28, &self->text);
    (void)draw_legend(chart, frame.width, svg);
    draw_axis(chart, &frame, svg);
    draw_mark(chart, &frame, svg);
    for (size_t i = 0; i < chart->lane_count; i++) {
        draw_lane(&chart->lanes[i], &frame, frame.top + frame.lane_height * (double)i,
                  svg);
    }
    pal_svg_close(svg);
}

void pal_mark_chart_init(struct pal_mark_chart *chart)
{
    memset(chart, 0, sizeof *chart);
    chart->chart.draw = draw;
}
