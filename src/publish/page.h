/*
 * The page: HTML put together piece by piece, every text escaped, every table with a caption
 * and heads. Markup comes from this room's literals only.
 */
#ifndef PAL_PUBLISH_PAGE_H
#define PAL_PUBLISH_PAGE_H

#include "base/base.h"

struct pal_page {
    struct pal_buffer *out; /* the caller's */
};

/* Markup, a literal. */
void pal_page_markup(struct pal_page *page, const char *markup);
/* Text, escaped. */
void pal_page_text(struct pal_page *page, struct pal_view text);
/* The same with a capital first. */
void pal_page_sentence(struct pal_page *page, struct pal_view text);
/* Formatted, then escaped; at most PAL_PAGE_TEXT_MAX bytes, else the page fails. */
enum { PAL_PAGE_TEXT_MAX = 4096 };
void pal_page_format(struct pal_page *page, const char *format, ...) PAL_PRINTF(2, 3);
/* A paragraph of formatted text. */
void pal_page_paragraph(struct pal_page *page, const char *format, ...)
    PAL_PRINTF(2, 3);
/* A literal of some attributes' value, made of a-z, 0-9 and hyphens out of any text. */
void pal_page_slug(struct pal_buffer *out, struct pal_view text);

/* From the doctype to the open body; both style sheets are put in. */
void pal_page_open(struct pal_page *page, struct pal_view title,
                   struct pal_view description);
void pal_page_close(struct pal_page *page);
/* A numbered section that can be linked to as #id. */
void pal_page_section(struct pal_page *page, int number, const char *id,
                      const char *title);
void pal_page_section_close(struct pal_page *page);

/* ---- tables ---- */

struct pal_column {
    const char *title;
    bool is_number; /* stands right */
};
/* Opens a table that scrolls sideways inside itself where the paper is too narrow. */
void pal_page_table_open(struct pal_page *page, const char *caption,
                         const struct pal_column *columns, size_t column_count);
void pal_page_table_row(struct pal_page *page, bool is_sum);
/* The first cell of a row names it. */
void pal_page_table_name(struct pal_page *page, struct pal_view text);
void pal_page_table_cell(struct pal_page *page, struct pal_view text);
void pal_page_table_number(struct pal_page *page, struct pal_view text);
/* A number with its interval below; `range` may be "". */
void pal_page_table_interval(struct pal_page *page, const char *value,
                             const char *range);
/* A cell that has no number, and says why: hatched, so that nobody reads it as zero. */
void pal_page_table_none(struct pal_page *page, const char *why);
void pal_page_table_row_close(struct pal_page *page);
void pal_page_table_close(struct pal_page *page);

#endif
