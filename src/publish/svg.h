/*
 * Drawings as SVG text: shapes with class names (colours, dashes and weights are the style
 * sheet's, web/figure.css), places rounded to a tenth so that the bytes are stable.
 */
#ifndef PAL_PUBLISH_SVG_H
#define PAL_PUBLISH_SVG_H

#include "base/base.h"

enum pal_anchor { PAL_ANCHOR_START, PAL_ANCHOR_MIDDLE, PAL_ANCHOR_END };

struct pal_svg {
    struct pal_buffer *out; /* the caller's */
    struct pal_view id;     /* begins the ids inside, so that many fit on one page */
    bool is_standalone;     /* a file of its own: has its style inside, and paper */
};

struct pal_svg_text {
    struct pal_view title; /* what it is */
    struct pal_view desc;  /* what it shows, in words */
};

/* Width of `text` in a sans-serif of `size`, by a table of usual widths. */
double pal_svg_text_width(struct pal_view text, double size);
/* The same in bold. */
double pal_svg_bold_width(struct pal_view text, double size);
/* Text between tags or in quotes, escaped; bytes that XML does not know are left out. */
void pal_xml_append(struct pal_buffer *out, struct pal_view text);

void pal_svg_open(struct pal_svg *svg, double width, double height,
                  const struct pal_svg_text *text);
void pal_svg_close(struct pal_svg *svg);
void pal_svg_line(struct pal_svg *svg, const char *class, double x1, double y1,
                  double x2, double y2);
void pal_svg_rect(struct pal_svg *svg, const char *class, double x, double y,
                  double width, double height);
/* As a rectangle, filled with the drawing's hatching: nothing is known here. */
void pal_svg_hatch(struct pal_svg *svg, double x, double y, double width,
                   double height);
void pal_svg_circle(struct pal_svg *svg, const char *class, double x, double y,
                    double radius);
void pal_svg_label(struct pal_svg *svg, const char *class, enum pal_anchor anchor,
                   double x, double y, struct pal_view text);
/* A line of many points: open, then points, a move starting a new stretch; close. */
void pal_svg_path_open(struct pal_svg *svg, const char *class);
void pal_svg_path_point(struct pal_svg *svg, bool is_move, double x, double y);
void pal_svg_path_close(struct pal_svg *svg);

#endif
