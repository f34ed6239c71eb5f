/*
 * Bars that lie: parts of a whole side by side, or one dot a row with its interval.
 */
#include "publish/chart.h"

#include <math.h>
#include <string.h>

enum {
    TEXT_SIZE = 13,
    BAR_HEIGHT = 22,
    ROW_GAP = 10,
    LABEL_HEIGHT = 18,
    LEGEND_HEIGHT = 22
};

struct frame {
    double width;
    double left;
    double right;
    double top;
    bool is_stacked; /* labels stand above their bars */
    struct pal_scale x;
};

static const char *const fill_classes[] = {
    [PAL_FILL_DARK] = "f-part f-dark",       [PAL_FILL_MIDDLE] = "f-part f-middle",
    [PAL_FILL_LIGHT] = "f-part f-light",     [PAL_FILL_OUTLINE] = "f-part f-outline",
    [PAL_FILL_UNKNOWN] = "f-part f-outline",
};
static const char *const text_classes[] = {
    [PAL_FILL_DARK] = "f-on-dark",   [PAL_FILL_MIDDLE] = "f-on-middle",
    [PAL_FILL_LIGHT] = "f-on-light", [PAL_FILL_OUTLINE] = "f-label",
    [PAL_FILL_UNKNOWN] = "f-label",
};

static double label_width(const struct pal_bar *bar, struct pal_view text)
{
    return bar->is_strong ? pal_svg_bold_width(text, TEXT_SIZE)
                          : pal_svg_text_width(text, TEXT_SIZE);
}

static double widest(const struct pal_bar_chart *chart, bool is_note)
{
    double width = 0;
    for (size_t i = 0; i < chart->bar_count; i++) {
        const struct pal_bar *bar = &chart->bars[i];
        double own =
            bar->is_heading ? 0 : label_width(bar, is_note ? bar->note : bar->label);
        width = own > width ? own : width;
    }
    return width;
}

/* Rows that the legend's words need on this width. */
static int legend_rows(const struct pal_bar_chart *chart, double width)
{
    double x = 0;
    int rows = chart->kind_count > 1 ? 1 : 0;
    for (size_t i = 0; i < chart->kind_count; i++) {
        double own = 22 + pal_svg_text_width(chart->kinds[i].name, TEXT_SIZE) + 16;
        if (x > 0 && x + own > width) {
            rows++;
            x = 0;
        }
        x += own;
    }
    return rows;
}

static struct frame frame_of(const struct pal_bar_chart *chart, enum pal_paper paper)
{
    struct frame frame = {.width = paper == PAL_PAPER_WIDE ? 840 : 360};
    double note = widest(chart, true);
    frame.is_stacked = paper != PAL_PAPER_WIDE;
    frame.left = frame.is_stacked ? 4 : widest(chart, false) + 12;
    frame.right = frame.width - (frame.is_stacked || note == 0 ? 8 : note + 12);
    frame.top = legend_rows(chart, frame.width) * LEGEND_HEIGHT + 6;
    frame.x = (struct pal_scale){0, chart->high, frame.left, frame.right};
    return frame;
}

static double row_height(const struct frame *frame, const struct pal_bar *bar)
{
    if (bar->is_heading) {
        return LABEL_HEIGHT + 10;
    }
    return BAR_HEIGHT + ROW_GAP + (frame->is_stacked ? LABEL_HEIGHT : 0);
}

static void draw_swatch(struct pal_svg *svg, enum pal_fill fill, double x, double y)
{
    if (fill == PAL_FILL_UNKNOWN) {
        pal_svg_hatch(svg, x, y, 16, 12);
    }
    pal_svg_rect(svg, fill_classes[fill], x, y, 16, 12);
}

static void draw_legend(const struct pal_bar_chart *chart, const struct frame *frame,
                        struct pal_svg *svg)
{
    double x = 0;
    double y = 4;
    if (chart->kind_count < 2) {
        return;
    }
    for (size_t i = 0; i < chart->kind_count; i++) {
        const struct pal_part_kind *kind = &chart->kinds[i];
        double own = 22 + pal_svg_text_width(kind->name, TEXT_SIZE) + 16;
        if (x > 0 && x + own > frame->width) {
            x = 0;
            y += LEGEND_HEIGHT;
        }
        draw_swatch(svg, kind->fill, x + 1, y);
        pal_svg_label(svg, "f-tick f-ink", PAL_ANCHOR_START, x + 22, y + 11,
                      kind->name);
        x += own;
    }
}

static void draw_parts(const struct pal_bar_chart *chart, const struct pal_bar *bar,
                       const struct frame *frame, struct pal_svg *svg, double y)
{
    double sum = 0;
    for (size_t i = 0; i < chart->kind_count; i++) {
        enum pal_fill fill = chart->kinds[i].fill;
        double from = pal_scale_at(&frame->x, sum);
        double to = pal_scale_at(&frame->x, sum + bar->parts[i]);
        struct pal_words words = chart->is_shares
                                     ? pal_number_percent(bar->parts[i], 0)
                                     : pal_number_count((int64_t)bar->parts[i]);
        sum += bar->parts[i];
        if (bar->parts[i] <= 0) {
            continue;
        }
        if (fill == PAL_FILL_UNKNOWN) {
            pal_svg_hatch(svg, from, y, to - from, BAR_HEIGHT);
        }
        pal_svg_rect(svg, fill_classes[fill], from, y, to - from, BAR_HEIGHT);
        if (pal_svg_bold_width(pal_view_of(words.text), TEXT_SIZE) <= to - from) {
            pal_svg_label(svg, text_classes[fill], PAL_ANCHOR_MIDDLE, (from + to) / 2,
                          y + BAR_HEIGHT / 2.0 + 4.5, pal_view_of(words.text));
        }
    }
}

static void draw_dot(const struct pal_bar *bar, const struct frame *frame,
                     struct pal_svg *svg, double y)
{
    double middle = y + BAR_HEIGHT / 2.0;
    double low = pal_scale_at(&frame->x, bar->low);
    double high = pal_scale_at(&frame->x, bar->high);
    pal_svg_line(svg, "f-grid", frame->left, middle, frame->right, middle);
    pal_svg_line(svg, bar->is_strong ? "f-whisker f-whisker-1" : "f-whisker", low,
                 middle, high, middle);
    pal_svg_circle(svg, bar->is_strong ? "f-dot-1" : "f-dot-open",
                   pal_scale_at(&frame->x, bar->parts[0]), middle, 5);
}

static void draw_bar(const struct pal_bar_chart *chart, const struct pal_bar *bar,
                     const struct frame *frame, struct pal_svg *svg, double y)
{
    const char *class = bar->is_strong ? "f-tick f-ink f-strong" : "f-tick f-ink";
    double bar_y = y;
    if (bar->is_heading) {
        pal_svg_label(svg, "f-heading", PAL_ANCHOR_START, 0, y + LABEL_HEIGHT,
                      bar->label);
        return;
    }
    if (frame->is_stacked) {
        pal_svg_label(svg, class, PAL_ANCHOR_START, 4, y + 13, bar->label);
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_END, frame->width - 8, y + 13,
                      bar->note);
        bar_y += LABEL_HEIGHT;
    } else {
        pal_svg_label(svg, class, PAL_ANCHOR_END, frame->left - 10,
                      y + BAR_HEIGHT / 2.0 + 4.5, bar->label);
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_START, frame->right + 10,
                      y + BAR_HEIGHT / 2.0 + 4.5, bar->note);
    }
    if (bar->missing.size > 0) {
        pal_svg_hatch(svg, frame->left, bar_y, frame->right - frame->left, BAR_HEIGHT);
        pal_svg_label(svg, "f-label", PAL_ANCHOR_START, frame->left + 8,
                      bar_y + BAR_HEIGHT / 2.0 + 4.5, bar->missing);
    } else if (chart->is_dot) {
        draw_dot(bar, frame, svg, bar_y);
    } else {
        draw_parts(chart, bar, frame, svg, bar_y);
    }
}

static void draw_axis(const struct pal_bar_chart *chart, const struct frame *frame,
                      struct pal_svg *svg, double bottom)
{
    struct pal_ticks ticks;
    pal_ticks_from_zero(chart->high, frame->is_stacked ? 4 : 5, &ticks);
    for (size_t i = 0; i < ticks.count; i++) {
        double x = pal_scale_at(&frame->x, ticks.ticks[i].value);
        struct pal_words words = chart->is_shares
                                     ? pal_number_percent(ticks.ticks[i].value, 0)
                                     : ticks.ticks[i].label;
        enum pal_anchor anchor = PAL_ANCHOR_MIDDLE;
        if (x > frame->right + 0.5) {
            break;
        }
        if (i == 0 && frame->is_stacked) {
            anchor = PAL_ANCHOR_START;
        } else if (x > frame->width - 16) {
            anchor = PAL_ANCHOR_END;
        }
        pal_svg_line(svg, "f-grid", x, frame->top, x, bottom);
        pal_svg_label(svg, "f-tick", anchor, x, bottom + 16, pal_view_of(words.text));
    }
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_bar_chart *chart = (const struct pal_bar_chart *)self;
    struct frame frame = frame_of(chart, paper);
    double height = frame.top + (chart->is_dot ? 46 : 4);
    double y = frame.top;
    for (size_t i = 0; i < chart->bar_count; i++) {
        height += row_height(&frame, &chart->bars[i]);
    }
    pal_svg_open(svg, frame.width, height, &self->text);
    draw_legend(chart, &frame, svg);
    if (chart->is_dot) {
        draw_axis(chart, &frame, svg, height - 42);
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_START, frame.left, height - 4,
                      chart->unit);
    }
    for (size_t i = 0; i < chart->bar_count; i++) {
        draw_bar(chart, &chart->bars[i], &frame, svg, y);
        y += row_height(&frame, &chart->bars[i]);
    }
    pal_svg_close(svg);
}

void pal_bar_chart_init(struct pal_bar_chart *chart)
{
    memset(chart, 0, sizeof *chart);
    chart->chart.draw = draw;
    chart->high = 1;
}
