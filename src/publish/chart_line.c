/*
 * Lines over time: an area's months against its usual, or one year beside another.
 */
#include "publish/chart.h"

#include <math.h>
#include <string.h>

struct frame {
    double width;
    double height;
    double text_size;
    double left;
    double right;
    double top;
    double bottom;
    double title_bottom; /* base line of the last heading line */
    struct pal_scale x;
    struct pal_scale y;
    struct pal_ticks y_ticks;
};

static double highest(const struct pal_line_chart *chart)
{
    double high = chart->has_usual ? chart->high : 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        for (size_t k = 0; k < chart->series[i].count; k++) {
            const struct pal_point *point = &chart->series[i].points[k];
            if (point->has_value && point->value > high) {
                high = point->value;
            }
        }
    }
    return high;
}

static double label_room(const struct pal_line_chart *chart, double text_size)
{
    double room = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        double width = pal_svg_bold_width(chart->series[i].label, text_size);
        if (width > room) {
            room = width;
        }
    }
    return room > 0 ? room + 12 : 10;
}

static struct frame frame_of(const struct pal_line_chart *chart, enum pal_paper paper)
{
    static const struct {
        double width;
        double height;
        double text_size;
    } papers[] = {[PAL_PAPER_WIDE] = {840, 340, 13},
                  [PAL_PAPER_NARROW] = {360, 290, 13},
                  [PAL_PAPER_PANEL] = {300, 206, 12}};
    struct frame frame = {.width = papers[paper].width,
                          .height = papers[paper].height,
                          .text_size = papers[paper].text_size};
    double room = 0;
    frame.title_bottom = chart->heading.size > 0 ? 17 : 0;
    frame.title_bottom += chart->subheading.size > 0 ? 16 : 0;
    frame.top = frame.title_bottom + 28;
    frame.bottom = frame.height - 26;
    pal_ticks_from_zero(highest(chart), paper == PAL_PAPER_PANEL ? 3 : 5,
                        &frame.y_ticks);
    for (size_t i = 0; i < frame.y_ticks.count; i++) {
        double width = pal_svg_text_width(
            pal_view_of(frame.y_ticks.ticks[i].label.text), frame.text_size);
        room = width > room ? width : room;
    }
    frame.left = room + 8;
    frame.right = frame.width - label_room(chart, frame.text_size);
    frame.x = (struct pal_scale){chart->from, chart->to, frame.left, frame.right};
    frame.y = (struct pal_scale){0, frame.y_ticks.ticks[frame.y_ticks.count - 1].value,
                                 frame.bottom, frame.top};
    return frame;
}

static void draw_words(const struct pal_line_chart *chart, const struct frame *frame,
                       struct pal_svg *svg)
{
    double y = 14;
    if (chart->heading.size > 0) {
        pal_svg_label(svg, "f-heading", PAL_ANCHOR_START, 0, y, chart->heading);
        y += 16;
    }
    if (chart->subheading.size > 0) {
        pal_svg_label(svg, "f-note", PAL_ANCHOR_START, 0, y, chart->subheading);
    }
    pal_svg_label(svg, "f-tick", PAL_ANCHOR_START, 0, frame->top - 11, chart->unit);
}

static void draw_gaps(const struct pal_line_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    for (size_t i = 0; i < chart->gap_count; i++) {
        const struct pal_stretch *gap = &chart->gaps[i];
        double from = pal_scale_at(&frame->x, fmax(gap->from, chart->from));
        double to = pal_scale_at(&frame->x, fmin(gap->to, chart->to));
        pal_svg_hatch(svg, from, frame->top, to - from, frame->bottom - frame->top);
    }
}

static void draw_gap_labels(const struct pal_line_chart *chart,
                            const struct frame *frame, struct pal_svg *svg)
{
    for (size_t i = 0; i < chart->gap_count; i++) {
        const struct pal_stretch *gap = &chart->gaps[i];
        double from = pal_scale_at(&frame->x, fmax(gap->from, chart->from));
        double to = pal_scale_at(&frame->x, fmin(gap->to, chart->to));
        if (pal_svg_bold_width(gap->label, frame->text_size) <= to - from + 12) {
            pal_svg_label(svg, "f-label", PAL_ANCHOR_MIDDLE, (from + to) / 2,
                          (frame->top + frame->bottom) / 2 + 4, gap->label);
        }
    }
}

static void draw_axes(const struct pal_line_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    struct pal_ticks found = {0};
    const struct pal_ticks *ticks = &chart->ticks;
    for (size_t i = 0; i < frame->y_ticks.count; i++) {
        double y = pal_scale_at(&frame->y, frame->y_ticks.ticks[i].value);
        pal_svg_line(svg, i == 0 ? "f-base" : "f-grid", frame->left, y, frame->right,
                     y);
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_END, frame->left - 6, y + 4,
                      pal_view_of(frame->y_ticks.ticks[i].label.text));
    }
    if (ticks->count == 0) {
        pal_ticks_time((int32_t)chart->from, (int32_t)chart->to, &frame->x, 42, &found);
        ticks = &found;
    }
    double last_end = 0;
    for (size_t i = 0; i < ticks->count; i++) {
        struct pal_view label = pal_view_of(ticks->ticks[i].label.text);
        double x = pal_scale_at(&frame->x, ticks->ticks[i].value);
        double half = pal_svg_text_width(label, frame->text_size) / 2;
        pal_svg_line(svg, "f-base", x, frame->bottom, x, frame->bottom + 4);
        if (x - half > last_end + 4 && x + half < frame->width + 2) {
            pal_svg_label(svg, "f-tick", PAL_ANCHOR_MIDDLE, x, frame->bottom + 18,
                          label);
            last_end = x + half;
        }
    }
}

static void draw_usual(const struct pal_line_chart *chart, const struct frame *frame,
                       struct pal_svg *svg)
{
    double high = pal_scale_at(&frame->y, chart->high);
    double low = pal_scale_at(&frame->y, chart->low);
    double middle = pal_scale_at(&frame->y, chart->middle);
    if (chart->has_usual) {
        pal_svg_rect(svg, "f-band", frame->left, high, frame->right - frame->left,
                     fmax(low - high, 0.5));
        pal_svg_line(svg, "f-median", frame->left, middle, frame->right, middle);
    }
}

static void draw_mark(const struct pal_line_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    if (!chart->has_mark || chart->mark.from > chart->to ||
        chart->mark.to < chart->from) {
        return;
    }
    double from = pal_scale_at(&frame->x, fmax(chart->mark.from, chart->from));
    double to = pal_scale_at(&frame->x, fmin(chart->mark.to, chart->to));
    double width = pal_svg_bold_width(chart->mark.label, 13);
    pal_svg_line(svg, "f-mark", from, frame->top - 3, from, frame->bottom);
    pal_svg_line(svg, "f-mark-bar", from, frame->top - 3, to, frame->top - 3);
    if (from + width <= frame->width) {
        pal_svg_label(svg, "f-mark-label", PAL_ANCHOR_START, from, frame->top - 11,
                      chart->mark.label);
    } else {
        pal_svg_label(svg, "f-mark-label", PAL_ANCHOR_END, frame->right,
                      frame->top - 11, chart->mark.label);
    }
}

/* A lone point between two gaps has no line: it gets a dot. */
static bool is_lone(const struct pal_series *series, size_t k)
{
    return (k == 0 || !series->points[k - 1].has_value) &&
           (k + 1 == series->count || !series->points[k + 1].has_value);
}

static void draw_series(const struct pal_series *series, const struct frame *frame,
                        struct pal_svg *svg)
{
    bool is_second = series->stroke == PAL_STROKE_SECOND;
    bool is_move = true;
    pal_svg_path_open(svg, is_second ? "f-line f-line-2" : "f-line f-line-1");
    for (size_t k = 0; k < series->count; k++) {
        const struct pal_point *point = &series->points[k];
        if (point->has_value) {
            pal_svg_path_point(svg, is_move, pal_scale_at(&frame->x, point->at),
                               pal_scale_at(&frame->y, point->value));
        }
        is_move = !point->has_value;
    }
    pal_svg_path_close(svg);
    for (size_t k = 0; k < series->count; k++) {
        const struct pal_point *point = &series->points[k];
        if (point->has_value && is_lone(series, k)) {
            pal_svg_circle(svg, is_second ? "f-dot-2" : "f-dot-1",
                           pal_scale_at(&frame->x, point->at),
                           pal_scale_at(&frame->y, point->value), 2.5);
        }
    }
}

static bool find_end(const struct pal_series *series, const struct frame *frame,
                     double *x, double *y)
{
    for (size_t k = series->count; k > 0; k--) {
        const struct pal_point *point = &series->points[k - 1];
        if (point->has_value) {
            *x = pal_scale_at(&frame->x, point->at);
            *y = pal_scale_at(&frame->y, point->value);
            return true;
        }
    }
    return false;
}

/* Labels at the ends of the lines; a second one that would cover the first moves away. */
static void draw_end_labels(const struct pal_line_chart *chart,
                            const struct frame *frame, struct pal_svg *svg)
{
    double apart = frame->text_size + 3;
    double taken = -1000;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct pal_series *series = &chart->series[i];
        double x = 0;
        double y = 0;
        if (series->label.size == 0 || !find_end(series, frame, &x, &y)) {
            continue;
        }
        if (fabs(y - taken) < apart) {
            y = y > taken ? taken + apart : taken - apart;
        }
        taken = y;
        pal_svg_label(svg,
                      series->stroke == PAL_STROKE_SECOND ? "f-label f-label-2"
                                                          : "f-label f-label-1",
                      PAL_ANCHOR_START, x + 7, y + 4, series->label);
    }
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_line_chart *chart = (const struct pal_line_chart *)self;
    struct frame frame = frame_of(chart, paper);
    pal_svg_open(svg, frame.width, frame.height, &self->text);
    draw_words(chart, &frame, svg);
    draw_usual(chart, &frame, svg);
    draw_gaps(chart, &frame, svg);
    draw_axes(chart, &frame, svg);
    draw_mark(chart, &frame, svg);
    for (size_t i = chart->series_count; i > 0; i--) {
        draw_series(&chart->series[i - 1], &frame, svg);
    }
    draw_gap_labels(chart, &frame, svg);
    draw_end_labels(chart, &frame, svg);
    pal_svg_close(svg);
}

void pal_line_chart_init(struct pal_line_chart *chart)
{
    memset(chart, 0, sizeof *chart);
    chart->chart.draw = draw;
}

void pal_chart_draw(const struct pal_chart *chart, struct pal_svg *svg,
                    enum pal_paper paper)
{
    chart->draw(chart, svg, chart->is_panel ? PAL_PAPER_PANEL : paper);
}
