/*
 * A listing: the one way a command prints a table. Aligned text (numbers to the right) for
 * people, a list of objects with --json, csv where a command offers it. Cells are added row
 * by row in the order of the columns; what is written does not depend on the terminal.
 */
#ifndef PAL_APP_LISTING_H
#define PAL_APP_LISTING_H

#include "app/app.h"

enum { PAL_LISTING_COLUMN_MAX = 32 };

enum pal_listing_format { PAL_LISTING_TEXT, PAL_LISTING_CSV, PAL_LISTING_JSON };

struct pal_listing_cell;

struct pal_listing {
    struct pal_arena arena;
    size_t column_count;
    const char *names[PAL_LISTING_COLUMN_MAX];
    bool is_number[PAL_LISTING_COLUMN_MAX]; /* every value so far is one */
    size_t cell_count;
    size_t cell_room;
    struct pal_listing_cell *cells;
    pal_status status; /* the first failure; later calls do nothing */
};

/* What --format says, "table", "csv" or "json"; --json goes before it. */
enum pal_listing_format pal_listing_format_of(const struct pal_app *app,
                                              const char *format);

void pal_listing_init(struct pal_listing *listing);
void pal_listing_clear(struct pal_listing *listing);
/* All columns before the first cell. `name` is copied. */
void pal_listing_column(struct pal_listing *listing, const char *name);
void pal_listing_text(struct pal_listing *listing, struct pal_view text);
void pal_listing_integer(struct pal_listing *listing, int64_t value);
void pal_listing_number(struct pal_listing *listing, double value);
void pal_listing_bool(struct pal_listing *listing, bool value);
void pal_listing_null(struct pal_listing *listing);
/* Writes it to app's output. PAL_BUG when the last row is not full. */
pal_status pal_listing_write(struct pal_listing *listing, struct pal_app *app,
                             enum pal_listing_format format,
                             struct pal_error *err) PAL_MUST_USE;
/* As a list of objects, into what is being written. */
pal_status pal_listing_put_json(const struct pal_listing *listing,
                                struct pal_json *json,
                                struct pal_error *err) PAL_MUST_USE;
/* As text or JSON, as --json says. */
pal_status pal_listing_show(struct pal_listing *listing, struct pal_app *app,
                            struct pal_error *err) PAL_MUST_USE;

#endif
