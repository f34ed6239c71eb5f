#include "publish/svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

extern const struct pal_asset_table pal_publish_assets;

/* Advance widths of Helvetica, in thousandths of the size, from blank to tilde. */
static const short widths[] = {
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};

double pal_svg_text_width(struct pal_view text, double size)
{
    double width = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= ' ' && c <= '~') {
            width += widths[c - ' '];
        } else if (c >= 0xC0) {
            width += 600; /* the first byte of a character beyond ASCII */
        }
    }
    /* The widest usual fonts (DejaVu Sans, Verdana) run a sixth wider. */
    return width / 1000 * size * 1.17;
}

double pal_svg_bold_width(struct pal_view text, double size)
{
    return pal_svg_text_width(text, size) * 1.1;
}

void pal_xml_append(struct pal_buffer *out, struct pal_view text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        switch (c) {
        case '&':
            pal_buffer_append_text(out, "&amp;");
            break;
        case '<':
            pal_buffer_append_text(out, "&lt;");
            break;
        case '>':
            pal_buffer_append_text(out, "&gt;");
            break;
        case '"':
            pal_buffer_append_text(out, "&quot;");
            break;
        default:
            if (c >= ' ' || c == '\n' || c == '\t') {
                pal_buffer_append_char(out, (char)c);
            }
            break;
        }
    }
}

/* A place: a tenth at most, no trailing zeros, no "-0". */
static void append_place(struct pal_buffer *out, double value)
{
    long tenths = lround(value * 10);
    const char *sign = tenths < 0 ? "-" : "";
    long size = tenths < 0 ? -tenths : tenths;
    if (size % 10 == 0) {
        pal_buffer_append_format(out, "%s%ld", sign, size / 10);
    } else {
        pal_buffer_append_format(out, "%s%ld.%ld", sign, size / 10, size % 10);
    }
}

static void append_attribute(struct pal_buffer *out, const char *name, double value)
{
    pal_buffer_append_format(out, " %s=\"", name);
    append_place(out, value);
    pal_buffer_append_char(out, '"');
}

static void append_id(struct pal_svg *svg, const char *attribute, const char *tail)
{
    pal_buffer_append_format(svg->out, " %s=\"", attribute);
    pal_xml_append(svg->out, svg->id);
    pal_buffer_append_format(svg->out, "-%s\"", tail);
}

static void append_pattern(struct pal_svg *svg, const char *tail, const char *content)
{
    pal_buffer_append_text(svg->out, "<pattern");
    append_id(svg, "id", tail);
    pal_buffer_append_text(svg->out,
                           " width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                           "patternTransform=\"rotate(45)\">");
    pal_buffer_append_text(svg->out, content);
    pal_buffer_append_text(svg->out, "</pattern>");
}

void pal_svg_open(struct pal_svg *svg, double width, double height,
                  const struct pal_svg_text *text)
{
    struct pal_buffer *out = svg->out;
    pal_buffer_append_text(out, "<svg class=\"drawing\"");
    if (svg->is_standalone) {
        pal_buffer_append_text(out, " xmlns=\"http://www.w3.org/2000/svg\"");
        append_attribute(out, "width", width);
        append_attribute(out, "height", height);
    }
    pal_buffer_append_text(out, " viewBox=\"0 0 ");
    append_place(out, width);
    pal_buffer_append_char(out, ' ');
    append_place(out, height);
    pal_buffer_append_text(out, "\" role=\"img\" aria-labelledby=\"");
    pal_xml_append(out, svg->id);
    pal_buffer_append_text(out, "-title ");
    pal_xml_append(out, svg->id);
    pal_buffer_append_text(out, "-desc\">\n<title");
    append_id(svg, "id", "title");
    pal_buffer_append_char(out, '>');
    pal_xml_append(out, text->title);
    pal_buffer_append_text(out, "</title>\n<desc");
    append_id(svg, "id", "desc");
    pal_buffer_append_char(out, '>');
    pal_xml_append(out, text->desc);
    pal_buffer_append_text(out, "</desc>\n<defs>");
    append_pattern(svg, "hatch", "<path class=\"f-hatch\" d=\"M0 0V6\"/>");
    pal_buffer_append_text(out, "</defs>\n");
    if (svg->is_standalone) {
        pal_buffer_append_text(out, "<style>\n");
        pal_buffer_append_view(out, pal_asset_find(&pal_publish_assets, "figure.css"));
        pal_buffer_append_text(out, "</style>\n");
        pal_svg_rect(svg, "f-paper", 0, 0, width, height);
    }
}

void pal_svg_close(struct pal_svg *svg)
{
    pal_buffer_append_text(svg->out, "</svg>\n");
}

static void open_shape(struct pal_svg *svg, const char *name, const char *class)
{
    pal_buffer_append_format(svg->out, "<%s class=\"%s\"", name, class);
}

void pal_svg_line(struct pal_svg *svg, const char *class, double x1, double y1,
                  double x2, double y2)
{
    open_shape(svg, "line", class);
    append_attribute(svg->out, "x1", x1);
    append_attribute(svg->out, "y1", y1);
    append_attribute(svg->out, "x2", x2);
    append_attribute(svg->out, "y2", y2);
    pal_buffer_append_text(svg->out, "/>\n");
}

static void append_box(struct pal_svg *svg, double x, double y, double width,
                       double height)
{
    append_attribute(svg->out, "x", x);
    append_attribute(svg->out, "y", y);
    append_attribute(svg->out, "width", width > 0 ? width : 0);
    append_attribute(svg->out, "height", height > 0 ? height : 0);
}

void pal_svg_rect(struct pal_svg *svg, const char *class, double x, double y,
                  double width, double height)
{
    open_shape(svg, "rect", class);
    append_box(svg, x, y, width, height);
    pal_buffer_append_text(svg->out, "/>\n");
}

void pal_svg_hatch(struct pal_svg *svg, double x, double y, double width, double height)
{
    open_shape(svg, "rect", "f-unknown");
    append_box(svg, x, y, width, height);
    pal_buffer_append_text(svg->out, " fill=\"url(#");
    pal_xml_append(svg->out, svg->id);
    pal_buffer_append_text(svg->out, "-hatch)\"/>\n");
}

void pal_svg_circle(struct pal_svg *svg, const char *class, double x, double y,
                    double radius)
{
    open_shape(svg, "circle", class);
    append_attribute(svg->out, "cx", x);
    append_attribute(svg->out, "cy", y);
    append_attribute(svg->out, "r", radius);
    pal_buffer_append_text(svg->out, "/>\n");
}

void pal_svg_label(struct pal_svg *svg, const char *class, enum pal_anchor anchor,
                   double x, double y, struct pal_view text)
{
    open_shape(svg, "text", class);
    append_attribute(svg->out, "x", x);
    append_attribute(svg->out, "y", y);
    if (anchor != PAL_ANCHOR_START) {
        pal_buffer_append_format(svg->out, " text-anchor=\"%s\"",
                                 anchor == PAL_ANCHOR_END ? "end" : "middle");
    }
    pal_buffer_append_char(svg->out, '>');
    pal_xml_append(svg->out, text);
    pal_buffer_append_text(svg->out, "</text>\n");
}

void pal_svg_path_open(struct pal_svg *svg, const char *class)
{
    open_shape(svg, "path", class);
    pal_buffer_append_text(svg->out, " d=\"");
}

void pal_svg_path_point(struct pal_svg *svg, bool is_move, double x, double y)
{
    pal_buffer_append_char(svg->out, is_move ? 'M' : 'L');
    append_place(svg->out, x);
    pal_buffer_append_char(svg->out, ' ');
    append_place(svg->out, y);
}

void pal_svg_path_close(struct pal_svg *svg)
{
    pal_buffer_append_text(svg->out, "\"/>\n");
}
