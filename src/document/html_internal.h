/*
 * A tag of a page: its name and the few attributes that are looked at. html_tag.c reads tags
 * and knows elements; html.c makes passages of what stands between them.
 */
#ifndef PAL_DOCUMENT_HTML_INTERNAL_H
#define PAL_DOCUMENT_HTML_INTERNAL_H

#include "document/document_internal.h"

enum { PAL_TAG_NAME_MAX = 32, PAL_TAG_VALUE_MAX = 1024 };

struct pal_tag {
    size_t size; /* bytes from "<" to ">", both included */
    bool is_end;
    bool is_closed;              /* "/>" */
    char name[PAL_TAG_NAME_MAX]; /* lower-case; "" for comments and the like */
    struct pal_view id;
    struct pal_view classes;
    struct pal_view role;
    struct pal_view property; /* property or name of meta, rel of link */
    struct pal_view content;  /* content of meta, href of link, datetime of time */
    struct pal_view charset;
    bool is_hidden;
};

/* The tag, comment or declaration that begins with the "<" at text.data; size 0: the "<" is
 * text. A tag that the end of the text cuts off takes the rest. */
void pal_tag_read(struct pal_view text, struct pal_tag *out);

enum pal_element_role {
    PAL_ELEMENT_INLINE,
    PAL_ELEMENT_BLOCK,
    PAL_ELEMENT_HEADING,
    PAL_ELEMENT_ITEM,
    PAL_ELEMENT_CELL,
    PAL_ELEMENT_QUOTATION,
    PAL_ELEMENT_VOID_BLOCK, /* has no end: hr */
    PAL_ELEMENT_VOID,       /* has no end: img, input */
    PAL_ELEMENT_BREAK,      /* br */
    PAL_ELEMENT_RAW,        /* script, style: text up to the end tag */
    PAL_ELEMENT_RAW_TEXT    /* title, textarea: the same, with entities */
};

enum pal_element_role pal_element_role_of(const char *name);
/* Why what stands in such an element is no part of what the page says; NULL: it may be. */
const char *pal_element_reason(const struct pal_tag *tag);
/* A tag's value with its entities read, blanks trimmed. */
pal_status pal_tag_value(struct pal_view value, struct pal_buffer *out,
                         struct pal_error *err) PAL_MUST_USE;

#endif
