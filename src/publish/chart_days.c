/*
 * Days against their usual: a bar a day, dark in the surge, a dotted line where the usual
 * lies, and a band in which 95 of 100 such days lie.
 */
#include "publish/chart.h"

#include <math.h>
#include <string.h>

struct frame {
    double width;
    double left;
    double right;
    double top;
    double bottom;
    double step; /* width of a day */
    struct pal_scale x;
    struct pal_scale y;
    struct pal_ticks y_ticks;
};

static struct frame frame_of(const struct pal_day_chart *chart, enum pal_paper paper)
{
    struct frame frame = {.width = paper == PAL_PAPER_WIDE ? 840 : 360,
                          .top = 46,
                          .bottom = paper == PAL_PAPER_WIDE ? 232 : 212};
    double high = 1;
    double room = 0;
    for (size_t i = 0; i < chart->count; i++) {
        high = fmax(high, fmax(chart->days[i].observed, chart->days[i].high));
    }
    pal_ticks_from_zero(high, 4, &frame.y_ticks);
    for (size_t i = 0; i < frame.y_ticks.count; i++) {
        room = fmax(room, pal_svg_text_width(
                              pal_view_of(frame.y_ticks.ticks[i].label.text), 13));
    }
    frame.left = room + 8;
    frame.right = frame.width - pal_svg_bold_width(PAL_VIEW("usual"), 13) - 12;
    frame.x = (struct pal_scale){chart->first, chart->first + (double)chart->count,
                                 frame.left, frame.right};
    frame.y = (struct pal_scale){0, frame.y_ticks.ticks[frame.y_ticks.count - 1].value,
                                 frame.bottom, frame.top};
    frame.step = (frame.right - frame.left) / (double)chart->count;
    return frame;
}

static void draw_axes(const struct pal_day_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    struct pal_ticks ticks;
    int32_t last = chart->first + (int32_t)chart->count - 1;
    for (size_t i = 0; i < frame->y_ticks.count; i++) {
        double y = pal_scale_at(&frame->y, frame->y_ticks.ticks[i].value);
        pal_svg_line(svg, i == 0 ? "f-base" : "f-grid", frame->left, y, frame->right,
                     y);
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_END, frame->left - 6, y + 4,
                      pal_view_of(frame->y_ticks.ticks[i].label.text));
    }
    pal_ticks_time(chart->first, last, &frame->x, 42, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        struct pal_view label = pal_view_of(ticks.ticks[i].label.text);
        double x = pal_scale_at(&frame->x, ticks.ticks[i].value);
        double half = pal_svg_text_width(label, 13) / 2;
        pal_svg_line(svg, "f-base", x, frame->bottom, x, frame->bottom + 4);
        if (x - half > 0 && x + half < frame->width) {
            pal_svg_label(svg, "f-tick", PAL_ANCHOR_MIDDLE, x, frame->bottom + 18,
                          label);
        }
    }
    pal_svg_label(svg, "f-tick", PAL_ANCHOR_START, 0, 14, chart->unit);
}

static void draw_days(const struct pal_day_chart *chart, const struct frame *frame,
                      struct pal_svg *svg)
{
    double thin = fmax(frame->step * 0.16, 0.4);
    for (size_t i = 0; i < chart->count; i++) {
        const struct pal_day_bar *day = &chart->days[i];
        double x = frame->left + frame->step * (double)i;
        double y = pal_scale_at(&frame->y, day->observed);
        if (!day->is_covered) {
            pal_svg_hatch(svg, x, frame->top, frame->step, frame->bottom - frame->top);
            continue;
        }
        double high = pal_scale_at(&frame->y, day->high);
        double low = pal_scale_at(&frame->y, day->low);
        pal_svg_rect(svg, "f-band", x, high, frame->step, fmax(low - high, 0));
        pal_svg_rect(svg, day->is_surge ? "f-dark" : "f-day", x + thin, y,
                     frame->step - 2 * thin, frame->bottom - y);
    }
}

/* The usual as a line of steps, above the bars. */
static void draw_usual(const struct pal_day_chart *chart, const struct frame *frame,
                       struct pal_svg *svg)
{
    bool is_move = true;
    double last = frame->bottom;
    pal_svg_path_open(svg, "f-line f-usual");
    for (size_t i = 0; i < chart->count; i++) {
        double x = frame->left + frame->step * (double)i;
        double y = pal_scale_at(&frame->y, chart->days[i].usual);
        if (!chart->days[i].is_covered) {
            is_move = true;
            continue;
        }
        pal_svg_path_point(svg, is_move, x, y);
        pal_svg_path_point(svg, false, x + frame->step, y);
        is_move = false;
        last = y;
    }
    pal_svg_path_close(svg);
    pal_svg_label(svg, "f-label", PAL_ANCHOR_START, frame->right + 6,
                  fmin(last + 4, frame->bottom), PAL_VIEW("usual"));
}

static void draw_surge(const struct pal_day_chart *chart, const struct frame *frame,
                       struct pal_svg *svg)
{
    size_t first = chart->count;
    size_t last = 0;
    for (size_t i = 0; i < chart->count; i++) {
        if (chart->days[i].is_surge) {
            first = i < first ? i : first;
            last = i;
        }
    }
    if (first > last) {
        return;
    }
    double from = frame->left + frame->step * (double)first;
    double to = frame->left + frame->step * ((double)last + 1);
    double half = pal_svg_bold_width(chart->excess, 13) / 2;
    double middle = fmax(half, fmin((from + to) / 2, frame->width - half));
    pal_svg_line(svg, "f-mark-bar", from, frame->top - 6, to, frame->top - 6);
    pal_svg_label(svg, "f-mark-label", PAL_ANCHOR_MIDDLE, middle, frame->top - 13,
                  chart->excess);
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_day_chart *chart = (const struct pal_day_chart *)self;
    struct frame frame = frame_of(chart, paper);
    pal_svg_open(svg, frame.width, frame.bottom + 28, &self->text);
    draw_axes(chart, &frame, svg);
    draw_days(chart, &frame, svg);
    draw_usual(chart, &frame, svg);
    draw_surge(chart, &frame, svg);
    pal_svg_close(svg);
}

void pal_day_chart_init(struct pal_day_chart *chart)
{
    memset(chart, 0, sizeof *chart);
    chart->chart.draw = draw;
}
