/*
 * Zips and workbooks made in memory, true or lying, and what is read from them as text.
 */
#ifndef HELPER_ZIP_H
#define HELPER_ZIP_H

#include "source/sheet_internal.h"

struct helper_part {
    const char *name;
    struct pal_view content;
    bool is_deflated;
    bool is_encrypted; /* says so; is not */
    uint16_t method;   /* another compression method than the one used; 0: true */
    int64_t size_lie;  /* added to the size that the directory gives */
    uint32_t crc_lie;  /* mixed into the CRC */
};

struct helper_book {
    const char *sheet;    /* the XML of its one sheet */
    const char *strings;  /* what stands in <sst>, or NULL for no such part */
    const char *styles;   /* what stands in <styleSheet>, or NULL */
    const char *settings; /* what stands in front of <sheets>, or NULL */
    const char *state;    /* attributes of <sheet>, or NULL */
    bool is_deflated;
};

/* Low enough for hostile input, high enough for every test. */
extern const struct pal_source_limits helper_limits;

#define HELPER_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define HELPER_SHEET(rows)                                                             \
    "<worksheet xmlns=\"" HELPER_MAIN "\"><sheetData>" rows "</sheetData></worksheet>"

/* Appends `content` as a raw deflate stream. */
void helper_deflate(struct pal_buffer *out, struct pal_view content);
void helper_gzip_deflated(struct pal_buffer *out, struct pal_view content);
void helper_pack(struct pal_buffer *out, const struct helper_part *parts, size_t count);
void helper_pack_book(struct pal_buffer *out, const struct helper_book *book);

/* Appends "7: A=t:text B=n:1.50:1.5\n"; kinds t n d b e. */
void helper_show_row(struct pal_buffer *out, const struct pal_row *row);
/* Reads a sheet's XML, in pieces of at most `piece` bytes (0: as large as can be). */
pal_status helper_read_sheet(struct pal_view xml,
                             const struct pal_sheet_context *context,
                             const struct pal_source_limits *limits, size_t piece,
                             struct pal_buffer *out, struct pal_error *err);
/* Reads the one sheet of a workbook in a zip. */
pal_status helper_read_book(struct pal_view zip, const struct pal_source_limits *limits,
                            struct pal_buffer *out, struct pal_error *err);
/* Shared strings alpha, nothing, beta, a blank, "gamma <&"; style 1 is a date, 0 none. */
struct pal_sheet_context helper_context(void);

#endif
