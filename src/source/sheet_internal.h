/*
 * The rows of one sheet of a workbook. Private to room source: sheet_reader.c reads any
 * sheet through the tokenizer, sheet_fast.c takes the cells that programs write nearly always
 * straight out of the window, cell.c gives a cell its value. The first two must agree: what
 * the fast way is not sure of, it leaves to the other.
 */
#ifndef PAL_SOURCE_SHEET_INTERNAL_H
#define PAL_SOURCE_SHEET_INTERNAL_H

#include "source/shared_strings.h"
#include "source/styles.h"
#include "source/xml_scan.h"

enum {
    PAL_ROW_TEXT_MAX = 64 * 1024 * 1024, /* bytes of one row's texts */
    PAL_ROW_TAIL_MAX = 96
};

enum pal_cell_type {
    PAL_TYPE_NUMBER,
    PAL_TYPE_SHARED,
    PAL_TYPE_STRING, /* str: a formula's text */
    PAL_TYPE_INLINE,
    PAL_TYPE_BOOLEAN,
    PAL_TYPE_ERROR,
    PAL_TYPE_DATE,
    PAL_TYPE_OTHER
};

/* What a cell is read with; shared by all sheets of a workbook. */
struct pal_sheet_context {
    const struct pal_shared_strings *strings;
    const struct pal_styles *styles;
    bool is_1904;
    bool is_slow;       /* leave the fast way out: tests compare the two */
    bool *is_protected; /* set when the sheet says so; may be NULL */
};

struct pal_sheet_reader {
    struct pal_row_reader base;
    struct pal_xml_keeper keeper;
    struct pal_sheet_context context;
    struct pal_source_limits limits;
    struct pal_buffer scratch; /* a text that had to be put together */
    struct pal_cell *cells;    /* of this row */
    size_t cell_count;
    size_t cell_room;
    char *text; /* texts of this row's cells that are nowhere else */
    size_t text_size;
    size_t text_room;
    uint64_t row_number; /* of this row, 0 before the first */
    uint64_t row_count;
    size_t row_text_size; /* of row_number in digits */
    uint64_t row_word;    /* its first 8 digits as they lie in memory */
    uint64_t row_mask;    /* the bytes of row_word that count; 0: they are not enough */
    char row_tail[PAL_ROW_TAIL_MAX]; /* what stood behind r="7" in a row's start tag */
    size_t row_tail_size; /* 0: the next row's tag is the tokenizer's to read */
    int64_t column;       /* of the last cell, also a blank one; -1 before the first */
    bool is_unsorted;     /* a cell came behind one to its right */
    bool has_row_number;  /* the row's element or one of its cells named it */
    bool is_in_data;      /* within sheetData */
    bool is_done;
    struct pal_xml xml;
};

/* Takes the part over, on failure too. */
pal_status pal_sheet_reader_open(struct pal_part *part,
                                 const struct pal_sheet_context *context,
                                 const struct pal_source_limits *limits,
                                 struct pal_row_reader **out,
                                 struct pal_error *err) PAL_MUST_USE;

/* sheet_fast.c: takes cells off the window, as many as it can, up to something unusual. */
pal_status pal_sheet_take_cells(struct pal_sheet_reader *reader,
                                struct pal_error *err) PAL_MUST_USE;

/* Keeps what stands behind the number in the start tag of a row, which the tokenizer has just
 * read: most rows of a sheet differ in nothing else there. */
void pal_sheet_keep_tail(struct pal_sheet_reader *reader);
/* Takes the start tag of such a row off the window: its number in digits, empty when there
 * stands something else. The digits are good until the window moves. */
struct pal_view pal_sheet_take_row(struct pal_sheet_reader *reader);

/* cell.c */
/* Where a cell with this text goes: makes the cell, or none for an empty text. The text is
 * good until the row after it is read. */
pal_status pal_sheet_add(struct pal_sheet_reader *reader, struct pal_cell cell,
                         struct pal_error *err) PAL_MUST_USE;
/* Gives a cell its value from what stands in it, which may be gone after the call. */
pal_status pal_sheet_add_value(struct pal_sheet_reader *reader, uint32_t column,
                               enum pal_cell_type type, size_t style,
                               struct pal_view text,
                               struct pal_error *err) PAL_MUST_USE;
/* Copies the texts that stand in the window, which is about to move. */
pal_status pal_sheet_keep_window(struct pal_sheet_reader *reader,
                                 struct pal_error *err) PAL_MUST_USE;
/* Orders a row's cells by column; PAL_INPUT when one comes twice. */
pal_status pal_sheet_sort(struct pal_sheet_reader *reader,
                          struct pal_error *err) PAL_MUST_USE;

/* Excel's serial number of a day as days since 1899-12-30. Excel counts a 29 February 1900
 * that never was, so serials before it are one day off (ECMA-376 part 1, 18.17.4.1). */
static inline double pal_days_of_serial(double serial, bool is_1904)
{
    if (is_1904) {
        return serial + 1462;
    }
    return serial >= 1 && serial < 60 ? serial + 1 : serial;
}

static inline bool pal_sheet_style_is_date(const struct pal_sheet_reader *reader,
                                           size_t style)
{
    return style < reader->context.styles->count &&
           reader->context.styles->is_date[style];
}

#endif
