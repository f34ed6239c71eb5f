/*
 * A sheet written down as lines, harvested, and what came of it written down again, so that a
 * person can read both sides of an expectation.
 *
 * A line is cells parted by '|'; a cell that begins with '#' is a number, '@' a number in a
 * date format, '!' a spreadsheet error; an empty cell is blank. "-" alone leaves the row out.
 */
#ifndef HELPER_SHEET_H
#define HELPER_SHEET_H

#include "record/record.h"

struct helper_sheet {
    const char *name;    /* of the sheet; NULL: "Sheet1" */
    const char *release; /* NULL: none */
    bool keep_ids;
    bool wants_notes; /* banner and note cells in the output */
};

/* One line an item, in this order for each batch:
 *   7: apprehension_date=2019-01-02 gender=Male operation=(redacted)
 *   reject 7:1 date.impossible '07/02/0999'
 *   row reject 9 row.repeated_header 'a b'
 *   extra 7:3 'text'
 *   note 1:0 'text'
 *   fact 20:9 2020-10 book_ins ICE all 11425
 * and before them "table arrest, header 2, read 3, stored 2, rejected 1, blank 0".
 * An id shows as "id1", "id2", ... in order of first sight. The text is good until the next
 * call. */
const char *helper_harvest(const struct helper_sheet *sheet, const char *const *lines,
                           size_t line_count);
#define HELPER_HARVEST(sheet, lines)                                                   \
    helper_harvest(sheet, lines, sizeof(lines) / sizeof((lines)[0]))

/* The columns of the last harvest: "0 Birth Date direct withheld 2 redacted 1", ... */
const char *helper_columns(void);
/* Fields of which the last sheet says something, in storage order, a blank behind each. */
const char *helper_recorded(void);
/* Release, title and period of the last harvest. */
const char *helper_banner(void);

/* The same for rows of any stream; the dictionary is shared by a program's tests. */
const struct pal_dictionary *helper_dictionary(void);
void helper_clear(void); /* the group's teardown */

/* For calls that must not fail: HELPER_OK(pal_intern_new(&terms, helper_err)). */
extern struct pal_error *const helper_err;
void helper_check(pal_status status);
#define HELPER_OK(call) helper_check(call)

/* Rows of lines, for tests that harvest themselves. */
struct helper_rows {
    struct pal_row_stream base;
    const char *const *lines;
    size_t line_count;
    size_t at;
    uint64_t number;
    struct pal_cell cells[256];
    char text[16384];
};
void helper_rows_init(struct helper_rows *rows, const char *const *lines,
                      size_t line_count);

#endif
