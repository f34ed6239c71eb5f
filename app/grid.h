/*
 * A grid: the one way a command prints a table. Aligned text (numbers to the right) for
 * people, a list of objects with --json, csv where a command offers it. Cells are added row
 * by row in the order of the columns; what is written does not depend on the terminal.
 */
#ifndef PAL_APP_GRID_H
#define PAL_APP_GRID_H

#include "app/app.h"

enum { PAL_GRID_COLUMN_MAX = 32 };

enum pal_grid_format { PAL_GRID_TEXT, PAL_GRID_CSV, PAL_GRID_JSON };

struct pal_grid_cell;

struct pal_grid {
    struct pal_arena arena;
    size_t column_count;
    const char *names[PAL_GRID_COLUMN_MAX];
    bool is_number[PAL_GRID_COLUMN_MAX]; /* every value so far is one */
    size_t cell_count;
    size_t cell_room;
    struct pal_grid_cell *cells;
    pal_status status; /* the first failure; later calls do nothing */
};

void pal_grid_init(struct pal_grid *grid);
void pal_grid_clear(struct pal_grid *grid);
/* All columns before the first cell. `name` is copied. */
void pal_grid_column(struct pal_grid *grid, const char *name);
void pal_grid_text(struct pal_grid *grid, struct pal_view text);
void pal_grid_integer(struct pal_grid *grid, int64_t value);
void pal_grid_number(struct pal_grid *grid, double value);
void pal_grid_bool(struct pal_grid *grid, bool value);
void pal_grid_null(struct pal_grid *grid);
/* Writes it to app's output. PAL_BUG when the last row is not full. */
pal_status pal_grid_write(struct pal_grid *grid, struct pal_app *app,
                          enum pal_grid_format format,
                          struct pal_error *err) PAL_MUST_USE;
/* As a list of objects, into what is being written. */
pal_status pal_grid_put_json(const struct pal_grid *grid, struct pal_json *json,
                             struct pal_error *err) PAL_MUST_USE;
/* As text or JSON, as --json says. */
pal_status pal_grid_show(struct pal_grid *grid, struct pal_app *app,
                         struct pal_error *err) PAL_MUST_USE;

#endif
