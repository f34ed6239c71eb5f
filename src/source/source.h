/*
 * source -- the rows of a released file, whatever it was saved as, each cell with its place.
 *
 * Takes    a path (or bytes in memory): xlsx; csv in any delimiter and UTF-8, UTF-16 or
 *          Windows-1252; gzip of a csv; zip of any of these. Parquet is read by store behind
 *          the same struct pal_row.
 * Gives    the file's digest and form, its sheets, and per sheet rows of typed cells
 * Owns     all it gives: info and sheet views until pal_source_close, a row until the next
 *          pal_sheet_next on the same sheet
 * Never    knows what a column means; drops a row; trusts a size that the file declares
 * Threads  one source, and the sheets opened from it, belong to one thread, beside which it may
 *          have one that inflates (pal_source_read_ahead)
 * Limits   struct pal_source_limits, each with a default in pal_source_limits_default
 */
#ifndef PAL_SOURCE_SOURCE_H
#define PAL_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"

struct pal_source_limits {
    uint64_t inflated_size_max;      /* bytes of one part after inflating */
    uint32_t inflate_ratio_max;      /* inflated : stored, checked beyond 16 MB */
    uint64_t row_max;                /* rows of one sheet */
    uint32_t column_max;             /* columns of one sheet */
    uint32_t cell_size_max;          /* bytes of one cell's text */
    uint32_t shared_string_max;      /* count */
    uint64_t shared_string_size_max; /* bytes, all together */
    uint32_t nesting_max; /* depth of XML elements; of archives in archives: 2 */
    uint32_t part_max;    /* members of an archive */
};
extern const struct pal_source_limits pal_source_limits_default;

enum pal_form { PAL_FORM_XLSX, PAL_FORM_CSV, PAL_FORM_PARQUET };

enum pal_cell_kind {
    PAL_CELL_TEXT,   /* text: decoded UTF-8 */
    PAL_CELL_NUMBER, /* text: the number as written; number: its value */
    PAL_CELL_DATE, /* a number in a date format, or t="d": days since 1899-12-30 in number
                         (1904 books already shifted), text: as written */
    PAL_CELL_BOOLEAN, /* number 0 or 1, text TRUE or FALSE */
    PAL_CELL_ERROR    /* text: #REF! and so on */
};

struct pal_cell {
    uint32_t column; /* from 0 */
    enum pal_cell_kind kind;
    struct pal_view text; /* never empty */
    double number;
    uint32_t shared; /* not 0: cells of the sheet with this number have the same text */
};

/* Sparse: blank cells are left out, columns ascend. `number` is the row as a spreadsheet
 * shows it, from 1 (in a csv: the record, so that embedded line ends do not shift it). */
struct pal_row {
    uint64_t number;
    const struct pal_cell *cells; /* NULL at the end of the sheet */
    size_t cell_count;            /* 0: a blank row that the file holds */
};

struct pal_sheet_info {
    struct pal_view name; /* sheet name; for a csv its file name without extensions */
    struct pal_view
        member; /* path inside the zip that holds it, "" outside an archive */
    enum pal_form form;
    enum pal_encoding encoding; /* csv: found */
    char delimiter;             /* csv: found, 0 otherwise */
    bool is_hidden;
    bool is_protected;
    bool
        is_1904; /* a number that stands for a day counts from 1904-01-01; days are shifted
                     already (PAL_CELL_DATE), bare numbers are not */
    uint64_t stored_size; /* bytes of its part before inflating, for progress */
};

/* A member of an archive that holds no table (a PDF): said, not hidden. */
struct pal_source_skip {
    struct pal_view member;
    const char *reason; /* a constant */
};

struct pal_source_info {
    struct pal_view path; /* as given */
    struct pal_view file; /* its name without folders */
    struct pal_digest digest;
    uint64_t size;
    size_t sheet_count;
    const struct pal_sheet_info *sheets;
    size_t skip_count;
    const struct pal_source_skip *skips;
};

struct pal_source;
struct pal_sheet;

/* Opens and looks at the file: digest, form, sheets. PAL_INPUT names a thing for what it is:
 * an encrypted workbook, a Git LFS pointer, a symbolic link's target text, an HTML page saved
 * as .xlsx, an old .xls, an empty file, a folder, a truncated or damaged zip. limits NULL
 * takes the defaults. */
pal_status pal_source_open(const char *path, const struct pal_source_limits *limits,
                           struct pal_source **out, struct pal_error *err) PAL_MUST_USE;
/* The same from memory (borrowed until close); `name` stands for the path. */
pal_status pal_source_open_memory(struct pal_view content, const char *name,
                                  const struct pal_source_limits *limits,
                                  struct pal_source **out,
                                  struct pal_error *err) PAL_MUST_USE;
void pal_source_close(struct pal_source *source);
const struct pal_source_info *pal_source_borrow_info(const struct pal_source *source);

/* Sheets opened from here on are inflated by a thread of their own, in front of the one that
 * reads them; then one sheet at a time is open. What is read is the same. */
void pal_source_read_ahead(struct pal_source *source);

/* Starts reading sheet `index` from its first row. Several may be open one after another. */
pal_status pal_sheet_open(struct pal_source *source, size_t index,
                          struct pal_sheet **out, struct pal_error *err) PAL_MUST_USE;
/* The next row that the file holds. Errors name file, sheet and row. At the end cells is
 * NULL and, for a zip part, size and CRC have been checked. */
pal_status pal_sheet_next(struct pal_sheet *sheet, struct pal_row *row,
                          struct pal_error *err) PAL_MUST_USE;
/* Bytes of the stored part read so far, for progress against stored_size. */
uint64_t pal_sheet_bytes_read(const struct pal_sheet *sheet);
void pal_sheet_close(struct pal_sheet *sheet);

#endif
