/*
 * An e-mail's parts. mail.c walks them; mail_decode.c undoes what mail does to bytes.
 */
#ifndef PAL_DOCUMENT_MAIL_INTERNAL_H
#define PAL_DOCUMENT_MAIL_INTERNAL_H

#include "document/document_internal.h"

/* Header lines and body of a part, as places in the file. */
struct pal_mail_part {
    struct pal_view head;
    struct pal_view body;
};

void pal_mail_split(struct pal_view part, struct pal_mail_part *out);
/* The value of a header, unfolded by its reader; data NULL: there is none. */
struct pal_view pal_mail_header(struct pal_view head, const char *name);
/* "name=value" among the parameters of a header's value. */
struct pal_view pal_mail_parameter(struct pal_view value, const char *name);

/* The body's bytes with their places, by its transfer encoding; false for one not known. */
bool pal_mail_undo(struct pal_view encoding, struct pal_view body, size_t body_at,
                   struct pal_mapped *out);
/* A header's value as UTF-8: unfolded, encoded words read (RFC 2047). */
void pal_mail_words(struct pal_view value, struct pal_buffer *out);

#endif
