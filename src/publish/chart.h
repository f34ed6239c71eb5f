/*
 * Charts: what is to be seen, and how it is drawn on wide paper (a screen, print), narrow
 * paper (a phone) or a small panel. Nothing is told by colour alone: weights, dashes, greys
 * and words beside the lines carry it. What is not known is hatched, and lines break there.
 */
#ifndef PAL_PUBLISH_CHART_H
#define PAL_PUBLISH_CHART_H

#include "publish/scale.h"
#include "publish/svg.h"

enum pal_paper { PAL_PAPER_WIDE, PAL_PAPER_NARROW, PAL_PAPER_PANEL };

struct pal_chart {
    void (*draw)(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper);
    struct pal_svg_text text;
    bool is_panel; /* one size, shown beside others of its kind */
};

/* Draws onto the paper; `svg` has its id and buffer set. */
void pal_chart_draw(const struct pal_chart *chart, struct pal_svg *svg,
                    enum pal_paper paper);

/* ---- lines over time ---- */

enum pal_stroke { PAL_STROKE_FIRST, PAL_STROKE_SECOND };

struct pal_point {
    double at;
    bool has_value; /* false: the line breaks */
    double value;
};

struct pal_series {
    struct pal_view label; /* stands at the line's end; "" none */
    enum pal_stroke stroke;
    size_t count;
    const struct pal_point *points;
};

struct pal_stretch {
    double from;
    double to;
    struct pal_view label;
};

struct pal_line_chart {
    struct pal_chart chart; /* first: the chart that is drawn */
    struct pal_view heading;
    struct pal_view subheading; /* "" none */
    struct pal_view unit;
    double from; /* of the time axis: days, or the places of `ticks` */
    double to;
    struct pal_ticks ticks; /* count 0: months and years are found */
    size_t series_count;
    const struct pal_series *series;
    bool has_usual; /* a band from low to high, a line at middle */
    double low;
    double middle;
    double high;
    size_t gap_count;
    const struct pal_stretch *gaps; /* hatched */
    bool has_mark;
    struct pal_stretch mark; /* shown by a bar above the plot */
};
void pal_line_chart_init(struct pal_line_chart *chart);

/* ---- bars ---- */

enum { PAL_PART_MAX = 6 };
enum pal_fill {
    PAL_FILL_DARK,
    PAL_FILL_MIDDLE,
    PAL_FILL_LIGHT,
    PAL_FILL_OUTLINE,
    PAL_FILL_UNKNOWN /* hatched */
};

struct pal_part_kind {
    struct pal_view name;
    enum pal_fill fill;
};

struct pal_bar {
    struct pal_view label;
    struct pal_view note;    /* behind the bar; "" none */
    struct pal_view missing; /* in place of the bar, which is hatched; "" none */
    bool is_heading;         /* a line of words between bars */
    bool is_strong;
    double parts[PAL_PART_MAX]; /* one for every kind; of a dot, the first */
    double low;                 /* of a dot: its interval */
    double high;
};

struct pal_bar_chart {
    struct pal_chart chart;
    struct pal_view unit;
    bool is_dot;    /* a dot with its interval, not a bar */
    bool is_shares; /* parts are shares of 1: written as percent */
    double high;    /* the end of the axis */
    size_t kind_count;
    struct pal_part_kind kinds[PAL_PART_MAX];
    size_t bar_count;
    const struct pal_bar *bars;
};
void pal_bar_chart_init(struct pal_bar_chart *chart);

/* ---- what is covered when ---- */

struct pal_span {
    int32_t first;
    int32_t last;
    bool is_counted; /* false: covered, but another release is counted */
};

struct pal_lane {
    struct pal_view label;
    bool is_statistic; /* published totals, not rows: drawn open */
    size_t span_count;
    const struct pal_span *spans;
};

struct pal_timeline {
    struct pal_chart chart;
    int32_t first;
    int32_t last;
    size_t lane_count;
    const struct pal_lane *lanes;
    bool has_mark;
    struct pal_stretch mark;
    bool has_gap;
    struct pal_stretch gap;
};
void pal_timeline_init(struct pal_timeline *timeline);

/* ---- heat map: rows by columns, a number in every cell, shaded ---- */

struct pal_heat_cell {
    struct pal_view text;
    enum pal_fill fill; /* UNKNOWN: hatched */
};

struct pal_heat_map {
    struct pal_chart chart;
    size_t row_count;
    const struct pal_view *rows;
    size_t column_count;
    const struct pal_view *columns;
    const struct pal_heat_cell *cells; /* [row * column_count + column] */
};
void pal_heat_map_init(struct pal_heat_map *map);

/* ---- marks on lanes: which area had a surge when ---- */

enum pal_mark_shape { PAL_MARK_FULL, PAL_MARK_OPEN, PAL_MARK_DOT, PAL_MARK_LOW };

struct pal_mark {
    int32_t first;
    int32_t last;
    enum pal_mark_shape shape;
};

struct pal_mark_lane {
    struct pal_view label;
    bool is_strong;
    size_t mark_count;
    const struct pal_mark *marks;
    size_t gap_count;
    const struct pal_stretch *gaps; /* hatched: no rows */
};

struct pal_mark_chart {
    struct pal_chart chart;
    int32_t first;
    int32_t last;
    struct pal_view names[4]; /* of the shapes; "" not used */
    size_t lane_count;
    const struct pal_mark_lane *lanes;
    bool has_mark;
    struct pal_stretch mark;
};
void pal_mark_chart_init(struct pal_mark_chart *chart);

/* ---- days: counts against their usual ---- */

struct pal_day_bar {
    bool is_covered;
    bool is_surge;
    double observed;
    double usual;
    double low; /* between which 95 % of such days lie */
    double high;
};

struct pal_day_chart {
    struct pal_chart chart;
    int32_t first;
    size_t count;
    const struct pal_day_bar *days;
    struct pal_view unit;
    struct pal_view excess; /* "146 more than usual", above the surge */
};
void pal_day_chart_init(struct pal_day_chart *chart);

#endif
