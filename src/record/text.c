#include "record/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes of the blank at `at`, 0 when there is none: ASCII blanks and U+00A0. */
static size_t blank_size(struct pal_view text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];
    if (c <= ' ' || c == 0x7F) {
        return 1;
    }
    if (c == 0xC2 && at + 1 < text.size && (unsigned char)text.data[at + 1] == 0xA0) {
        return 2;
    }
    return 0;
}

bool pal_text_is_blank(struct pal_view text)
{
    for (size_t at = 0; at < text.size;) {
        size_t size = blank_size(text, at);
        if (size == 0) {
            return false;
        }
        at += size;
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
        size_t size = blank_size(text, at);
        if (size > 0) {
            is_blank_due = room->size > 0;
            at += size;
            continue;
        }
        if (is_blank_due) {
            pal_buffer_append_char(room, ' ');
            is_blank_due = false;
        }
        pal_buffer_append_char(room, text.data[at]);
        at++;
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
