/*
 * A heat map: rows by columns, shaded, with its number in every cell, so that it can be read
 * without the shades. Wide paper has the rows' names at the left, narrow paper above each row.
 */
#include "publish/chart.h"

#include <string.h>

enum {
    NAME_ROOM = 150,
    HEAD = 34,
    ROW_WIDE = 34,
    ROW_NARROW = 56,
    NAME_HEIGHT = 22,
    GAP = 3
};

struct frame {
    double width;
    double left;
    double row_height;
    double cell_top; /* in a row */
    double cell_width;
};

static const char *class_of(enum pal_fill fill)
{
    switch (fill) {
    case PAL_FILL_DARK:
    case PAL_FILL_MIDDLE:
        return "f-part f-middle";
    case PAL_FILL_LIGHT:
        return "f-part f-light";
    case PAL_FILL_OUTLINE:
    case PAL_FILL_UNKNOWN:
        break;
    }
    return "f-part f-outline";
}

static void draw_row(const struct pal_heat_map *map, const struct frame *frame,
                     size_t row, struct pal_svg *svg)
{
    double top = HEAD + frame->row_height * (double)row;
    double height = frame->row_height - frame->cell_top - GAP;
    double middle = top + frame->cell_top + height / 2 + 5;
    pal_svg_label(svg, "f-label f-plain", PAL_ANCHOR_START, 0,
                  frame->cell_top > 0 ? top + NAME_HEIGHT - 7 : middle, map->rows[row]);
    for (size_t i = 0; i < map->column_count; i++) {
        const struct pal_heat_cell *cell = &map->cells[row * map->column_count + i];
        double x = frame->left + frame->cell_width * (double)i;
        double width = frame->cell_width - GAP;
        if (cell->fill == PAL_FILL_UNKNOWN) {
            pal_svg_hatch(svg, x, top + frame->cell_top, width, height);
        } else {
            pal_svg_rect(svg, class_of(cell->fill), x, top + frame->cell_top, width,
                         height);
        }
        pal_svg_label(svg, "f-label", PAL_ANCHOR_MIDDLE, x + width / 2, middle,
                      cell->text);
    }
}

static void draw(const struct pal_chart *self, struct pal_svg *svg,
                 enum pal_paper paper)
{
    const struct pal_heat_map *map = (const struct pal_heat_map *)self;
    bool is_wide = paper == PAL_PAPER_WIDE;
    struct frame frame = {.width = is_wide ? 840 : 360,
                          .left = is_wide ? NAME_ROOM : 1,
                          .row_height = is_wide ? ROW_WIDE : ROW_NARROW,
                          .cell_top = is_wide ? 0 : NAME_HEIGHT};
    frame.cell_width = (frame.width - frame.left) / (double)map->column_count;
    pal_svg_open(svg, frame.width, HEAD + frame.row_height * (double)map->row_count,
                 &self->text);
    for (size_t i = 0; i < map->column_count; i++) {
        pal_svg_label(svg, "f-tick", PAL_ANCHOR_MIDDLE,
                      frame.left + frame.cell_width * ((double)i + 0.5) - GAP / 2.0, 20,
                      map->columns[i]);
    }
    for (size_t row = 0; row < map->row_count; row++) {
        draw_row(map, &frame, row, svg);
    }
    pal_svg_close(svg);
}

void pal_heat_map_init(struct pal_heat_map *map)
{
    memset(map, 0, sizeof *map);
    map->chart.draw = draw;
}
