/*
 * Bytes of a text file into UTF-8, piece by piece.
 *
 * UTF-8 and Windows-1252 share one rule: a byte that is no part of a valid UTF-8 sequence is
 * read as Windows-1252. So a file put together from both comes out whole, and what comes out
 * does not depend on where the pieces are cut or on how much was looked at beforehand.
 * UTF-16 is read unit by unit; a lone surrogate or half a unit at the end gives U+FFFD.
 */
#ifndef PAL_BASE_ENCODING_H
#define PAL_BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

enum pal_encoding {
    PAL_ENCODING_UTF8,
    PAL_ENCODING_UTF16LE,
    PAL_ENCODING_UTF16BE,
    PAL_ENCODING_WINDOWS1252
};

struct pal_decoder {
    enum pal_encoding encoding; /* UTF-8 becomes Windows-1252 when a byte asks for it */
    unsigned char carry[4]; /* the beginning of a character, cut off by a piece's end */
    size_t carry_size;
    bool has_begun; /* the place where a byte order mark may stand is behind us */
};

void pal_decoder_init(struct pal_decoder *decoder, enum pal_encoding encoding);
/* Room that the text of `size` more bytes may need. */
size_t pal_decoder_room(size_t size);
/* Writes the text of `piece` and gives its size; a byte order mark is left out. After the
 * last piece, call once with is_last and an empty or a last piece. */
size_t pal_decode(struct pal_decoder *decoder, struct pal_view piece, bool is_last,
                  char *out);

/* Where the first byte stands that is no valid UTF-8, or bytes.size. A character cut off by
 * the end counts as valid unless is_whole. */
size_t pal_utf8_find_invalid(struct pal_view bytes, bool is_whole);
/* By byte order mark, else UTF-16 by its zero bytes, else by UTF-8 being valid. */
enum pal_encoding pal_encoding_find(struct pal_view head, bool is_whole);
/* false for bytes that no text in that encoding holds (pictures, programs). A few stray
 * control characters are still text. */
bool pal_is_text(struct pal_view head, enum pal_encoding encoding);

#endif
