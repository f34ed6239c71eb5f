#include "record/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The next character: a blank, nothing on paper, or `size` bytes of text. */
enum glyph_kind { GLYPH_TEXT, GLYPH_BLANK, GLYPH_NOTHING };
struct glyph {
    enum glyph_kind kind;
    size_t size;
};

/* U+2000 to U+206F: the blanks of typesetting, and the marks without width that spreadsheets
 * and copied text bring along (a mark of direction in front of a date). */
static struct glyph general_mark(unsigned char second, unsigned char third)
{
    bool is_blank = (second == 0x80 && (third <= 0x8A || third == 0xA8 ||
                                        third == 0xA9 || third == 0xAF)) ||
                    (second == 0x81 && third == 0x9F);
    bool is_nothing = (second == 0x80 && ((third >= 0x8B && third <= 0x8F) ||
                                          (third >= 0xAA && third <= 0xAE))) ||
                      (second == 0x81 && third >= 0xA0);
    if (is_blank || is_nothing) {
        return (struct glyph){is_blank ? GLYPH_BLANK : GLYPH_NOTHING, 3};
    }
    return (struct glyph){GLYPH_TEXT, 1};
}

static struct glyph glyph_at(struct pal_view text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.size - at;
    if (bytes[0] <= ' ' || bytes[0] == 0x7F) {
        return (struct glyph){GLYPH_BLANK, 1};
    }
    if (bytes[0] == 0xC2 && left > 1 && (bytes[1] == 0xA0 || bytes[1] == 0xAD)) {
        return (struct glyph){bytes[1] == 0xA0 ? GLYPH_BLANK : GLYPH_NOTHING, 2};
    }
    if (bytes[0] == 0xE2 && left > 2) {
        return general_mark(bytes[1], bytes[2]);
    }
    if (left > 2 && memcmp(bytes, "\xE3\x80\x80", 3) == 0) {
        return (struct glyph){GLYPH_BLANK, 3};
    }
    if (left > 2 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        return (struct glyph){GLYPH_NOTHING, 3};
    }
    return (struct glyph){GLYPH_TEXT, 1};
}

bool pal_text_is_blank(struct pal_view text)
{
    for (size_t at = 0; at < text.size;) {
        struct glyph glyph = glyph_at(text, at);
        if (glyph.kind == GLYPH_TEXT) {
            return false;
        }
        at += glyph.size;
    }
    return true;
}

struct look {
    bool is_ascii;
    bool is_squeezed;
};

/* Eight bytes of ASCII without a blank or a control among them. */
static bool is_dense(const char *bytes)
{
    const uint64_t every = UINT64_C(0x0101010101010101);
    const uint64_t high = 0x80 * every;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t above = (word & ~high) + (0x80 - '!') * every; /* from '!' on */
    uint64_t last = (word & ~high) + every;                 /* 0x7F */
    return ((above & ~last & ~word) & high) == high;
}

static struct look look_at(struct pal_view text)
{
    struct look look = {true, true};
    size_t at = 0;
    while (text.size - at >= sizeof(uint64_t) && is_dense(text.data + at)) {
        at += sizeof(uint64_t);
    }
    for (; at < text.size; at++) {
        unsigned char c = (unsigned char)text.data[at];
        if (c >= 0x80) {
            look.is_ascii = false;
        }
        if ((c < ' ' || c == 0x7F) || (c == ' ' && (at == 0 || at + 1 == text.size ||
                                                    text.data[at + 1] == ' '))) {
            look.is_squeezed = false;
        }
    }
    return look;
}

static void squeeze(struct pal_view text, struct pal_buffer *room)
{
    bool is_blank_due = false;
    for (size_t at = 0; at < text.size;) {
        struct glyph glyph = glyph_at(text, at);
        if (glyph.kind == GLYPH_BLANK) {
            is_blank_due = room->size > 0;
        } else if (glyph.kind == GLYPH_TEXT) {
            if (is_blank_due) {
                pal_buffer_append_char(room, ' ');
                is_blank_due = false;
            }
            pal_buffer_append_char(room, text.data[at]);
        }
        at += glyph.size;
    }
}

/* Text that is not valid UTF-8 stays as it is: nothing is dropped. */
static void compose(struct pal_buffer *room)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)room->data, (utf8proc_ssize_t)room->size,
                     &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size >= 0 && composed != NULL) {
        pal_buffer_reset(room);
        pal_buffer_append(room, composed, (size_t)size);
    }
    free(composed);
}

pal_status pal_text_clean(struct pal_view text, struct pal_buffer *room,
                          struct pal_view *out, struct pal_error *err)
{
    struct look look = look_at(text);
    *out = text;
    if (look.is_ascii && look.is_squeezed) {
        return PAL_OK;
    }
    pal_buffer_reset(room);
    squeeze(text, room);
    if (!look.is_ascii && room->size > 0) {
        compose(room);
    }
    pal_status status = pal_buffer_status(room, err);
    if (status == PAL_OK) {
        *out = pal_buffer_view(room);
    }
    return status;
}
