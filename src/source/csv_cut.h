/*
 * One csv record out of bytes in memory. Private to room source: the reader (csv.c) and the
 * search for the delimiter (csv_sniff.c) stand on the same cutter.
 *
 * RFC 4180, and what real files do beside it: LF, CRLF and CR alone end a record, also mixed;
 * a quote opens a field only as its first character, blanks before it aside; behind the
 * closing quote blanks are dropped, and anything else up to the delimiter is taken as it
 * stands; a quote within an unquoted field is a character like others.
 */
#ifndef PAL_SOURCE_CSV_CUT_H
#define PAL_SOURCE_CSV_CUT_H

#include "source/source.h"

enum {
    PAL_CSV_PADDING = 8
}; /* zero bytes that must be readable behind the bytes given */

struct pal_csv_record {
    struct pal_cell *cells; /* not empty ones, views into the bytes given */
    size_t cell_count;
    uint32_t width; /* fields, the empty ones too; 0 in a blank line */
    /* the record's own */
    uint32_t *untidy; /* cells that still hold quotes to be taken out */
    size_t untidy_count;
    size_t room; /* of cells and of untidy */
    uint32_t column_max;
    uint32_t cell_size_max;
    char delimiter;
};

pal_status pal_csv_record_init(struct pal_csv_record *record, char delimiter,
                               const struct pal_source_limits *limits,
                               struct pal_error *err) PAL_MUST_USE;
void pal_csv_record_clear(struct pal_csv_record *record);

/* Cuts the record that begins at bytes[0]; bytes are not empty and hold no NUL. *used is its
 * size with its line end, or 0 when its end is not yet among the bytes: call again with more
 * (the bytes are as they were). With is_last the end of the bytes ends the record.
 * PAL_INPUT: a quote never closed. PAL_LIMIT: too many columns, too long a cell. */
pal_status pal_csv_cut(struct pal_csv_record *record, char *bytes, size_t size,
                       bool is_last, size_t *used, struct pal_error *err) PAL_MUST_USE;

#endif
