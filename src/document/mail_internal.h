/*
 * What mail does to bytes, undone (mail_decode.c) for the one who walks a mail's parts (mail.c).
 */
#ifndef PAL_DOCUMENT_MAIL_INTERNAL_H
#define PAL_DOCUMENT_MAIL_INTERNAL_H

#include "document/document_internal.h"

/* The body's bytes with their places, by its transfer encoding; false for one not known. */
bool pal_mail_undo(struct pal_view encoding, struct pal_view body, size_t body_at,
                   struct pal_mapped *out);
/* A header's value as UTF-8: unfolded, encoded words read (RFC 2047). */
void pal_mail_words(struct pal_view value, struct pal_buffer *out);

#endif
