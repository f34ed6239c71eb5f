/*
 * Text values as they are stored: trimmed, every run of blanks, tabs and line ends a single
 * blank, without marks that have no width, UTF-8 in form NFC. Spelling and case stay as
 * released.
 */
#ifndef PAL_RECORD_TEXT_H
#define PAL_RECORD_TEXT_H

#include "base/base.h"

/* `out` is `text` itself where nothing had to change, else in `room`, which is the caller's. */
pal_status pal_text_clean(struct pal_view text, struct pal_buffer *room,
                          struct pal_view *out, struct pal_error *err) PAL_MUST_USE;
bool pal_text_is_blank(struct pal_view text);

#endif
