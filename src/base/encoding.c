#include "base/encoding.h"

#include <stdint.h>
#include <string.h>

enum { REPLACEMENT = 0xFFFD, HEAD_SIZE_MAX = 64 * 1024 };

/* Windows-1252, 0x80 to 0x9F. The five bytes it leaves undefined keep their number, as the
 * WHATWG encoding standard has it. */
static const uint16_t windows1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static size_t put(uint32_t code, char *out)
{
    unsigned char bytes[4];
    size_t size;

    if (code < 0x80) {
        bytes[0] = (unsigned char)code;
        size = 1;
    } else if (code < 0x800) {
        bytes[0] = (unsigned char)(0xC0 | (code >> 6));
        bytes[1] = (unsigned char)(0x80 | (code & 0x3F));
        size = 2;
    } else if (code < 0x10000) {
        bytes[0] = (unsigned char)(0xE0 | (code >> 12));
        bytes[1] = (unsigned char)(0x80 | ((code >> 6) & 0x3F));
        bytes[2] = (unsigned char)(0x80 | (code & 0x3F));
        size = 3;
    } else {
        bytes[0] = (unsigned char)(0xF0 | (code >> 18));
        bytes[1] = (unsigned char)(0x80 | ((code >> 12) & 0x3F));
        bytes[2] = (unsigned char)(0x80 | ((code >> 6) & 0x3F));
        bytes[3] = (unsigned char)(0x80 | (code & 0x3F));
        size = 4;
    }
    memcpy(out, bytes, size);
    return size;
}

/* The size of the ASCII run at the start of `bytes`. */
static size_t ascii_run(const unsigned char *bytes, size_t size)
{
    size_t i = 0;

    for (; i + 8 <= size; i += 8) {
        uint64_t word;

        memcpy(&word, bytes + i, 8);
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
    }
    while (i < size && bytes[i] < 0x80) {
        i++;
    }
    return i;
}

/* The size of the UTF-8 sequence at `bytes` (Unicode 15, table 3-7); 0 when there is none;
 * SIZE_MAX when the end cuts off what may become one. */
static size_t sequence_size(const unsigned char *bytes, size_t size)
{
    unsigned char lead = bytes[0];
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    size_t want;

    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    want = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead == 0xE0) {
        low = 0xA0;
    } else if (lead == 0xED) {
        high = 0x9F;
    } else if (lead == 0xF0) {
        low = 0x90;
    } else if (lead == 0xF4) {
        high = 0x8F;
    }
    for (size_t i = 1; i < want; i++) {
        if (i == size) {
            return SIZE_MAX;
        }
        if (bytes[i] < low || bytes[i] > high) {
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return want;
}

void pal_decoder_init(struct pal_decoder *decoder, enum pal_encoding encoding)
{
    *decoder = (struct pal_decoder){.encoding = encoding};
}

size_t pal_decoder_room(size_t size)
{
    return 3 * (size + sizeof(((struct pal_decoder *)0)->carry));
}

/* Reads bytes as UTF-8 or Windows-1252; what the end cuts off stays unread unless is_last. */
static size_t decode_bytes(struct pal_decoder *decoder, const unsigned char *bytes,
                           size_t size, bool is_last, char *out)
{
    size_t at = 0;
    size_t written = 0;

    while (at < size) {
        size_t run = ascii_run(bytes + at, size - at);
        size_t sequence;

        memcpy(out + written, bytes + at, run);
        at += run;
        written += run;
        if (at == size) {
            break;
        }
        sequence = sequence_size(bytes + at, size - at);
        if (sequence == SIZE_MAX && !is_last) {
            break;
        }
        if (sequence == 0 || sequence == SIZE_MAX) {
            uint32_t code =
                bytes[at] < 0xA0 ? windows1252[bytes[at] - 0x80] : bytes[at];

            decoder->encoding = PAL_ENCODING_WINDOWS1252;
            written += put(code, out + written);
            at++;
        } else {
            memcpy(out + written, bytes + at, sequence);
            at += sequence;
            written += sequence;
        }
    }
    decoder->carry_size = size - at;
    memmove(decoder->carry, bytes + at, size - at);
    return written;
}

static uint32_t unit_at(const unsigned char *bytes, enum pal_encoding encoding)
{
    return encoding == PAL_ENCODING_UTF16LE ? (uint32_t)(bytes[0] | bytes[1] << 8)
                                            : (uint32_t)(bytes[1] | bytes[0] << 8);
}

static size_t decode_units(struct pal_decoder *decoder, const unsigned char *bytes,
                           size_t size, bool is_last, char *out)
{
    size_t at = 0;
    size_t written = 0;

    while (size - at >= 2) {
        uint32_t code = unit_at(bytes + at, decoder->encoding);

        if (code >= 0xD800 && code < 0xDC00) {
            uint32_t low = 0;

            if (size - at < 4 && !is_last) {
                break;
            }
            if (size - at >= 4) {
                low = unit_at(bytes + at + 2, decoder->encoding);
            }
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            } else {
                code = REPLACEMENT;
            }
        } else if (code >= 0xDC00 && code < 0xE000) {
            code = REPLACEMENT;
        }
        at += 2;
        written += put(code, out + written);
    }
    if (is_last && at < size) {
        written += put(REPLACEMENT, out + written);
        at = size;
    }
    decoder->carry_size = size - at;
    memmove(decoder->carry, bytes + at, size - at);
    return written;
}

static size_t decode_some(struct pal_decoder *decoder, const unsigned char *bytes,
                          size_t size, bool is_last, char *out)
{
    switch (decoder->encoding) {
    case PAL_ENCODING_UTF16LE:
    case PAL_ENCODING_UTF16BE:
        return decode_units(decoder, bytes, size, is_last, out);
    case PAL_ENCODING_UTF8:
    case PAL_ENCODING_WINDOWS1252:
        break;
    }
    return decode_bytes(decoder, bytes, size, is_last, out);
}

/* A byte order mark comes out as U+FEFF in every encoding; it can only be the first text. */
static size_t without_mark(struct pal_decoder *decoder, char *out, size_t written)
{
    if (decoder->has_begun || written == 0) {
        return written;
    }
    decoder->has_begun = true;
    if (written >= 3 && memcmp(out, "\xEF\xBB\xBF", 3) == 0) {
        memmove(out, out + 3, written - 3);
        return written - 3;
    }
    return written;
}

size_t pal_decode(struct pal_decoder *decoder, struct pal_view piece, bool is_last,
                  char *out)
{
    const unsigned char *bytes = (const unsigned char *)piece.data;
    size_t size = piece.size;
    size_t written = 0;

    /* A character begun in the piece before is finished byte by byte: at most 3 steps. */
    while (decoder->carry_size > 0 && size > 0) {
        unsigned char joined[sizeof decoder->carry + 1];
        size_t joined_size = decoder->carry_size;

        memcpy(joined, decoder->carry, joined_size);
        joined[joined_size] = *bytes;
        bytes++;
        size--;
        written += decode_some(decoder, joined, joined_size + 1, false, out + written);
    }
    if (size > 0) {
        written += decode_some(decoder, bytes, size, is_last, out + written);
    } else if (is_last && decoder->carry_size > 0) {
        unsigned char rest[sizeof decoder->carry];
        size_t rest_size = decoder->carry_size;

        memcpy(rest, decoder->carry, rest_size);
        written += decode_some(decoder, rest, rest_size, true, out + written);
    }
    return without_mark(decoder, out, written);
}

size_t pal_utf8_find_invalid(struct pal_view bytes, bool is_whole)
{
    const unsigned char *data = (const unsigned char *)bytes.data;
    size_t at = 0;

    while (at < bytes.size) {
        size_t sequence;

        at += ascii_run(data + at, bytes.size - at);
        if (at == bytes.size) {
            break;
        }
        sequence = sequence_size(data + at, bytes.size - at);
        if (sequence == SIZE_MAX && !is_whole) {
            return bytes.size;
        }
        if (sequence == 0 || sequence == SIZE_MAX) {
            return at;
        }
        at += sequence;
    }
    return bytes.size;
}

/* Western text in UTF-16 has a zero in almost every pair, always on the same side. */
static bool has_zero_pattern(struct pal_view head, size_t zero_side)
{
    size_t pair_count = head.size / 2;
    size_t zero_count = 0;
    size_t other_count = 0;

    for (size_t i = 0; i < pair_count; i++) {
        zero_count += head.data[2 * i + zero_side] == 0;
        other_count += head.data[2 * i + 1 - zero_side] == 0;
    }
    return pair_count >= 2 && zero_count * 2 > pair_count &&
           other_count * 20 < pair_count;
}

enum pal_encoding pal_encoding_find(struct pal_view head, bool is_whole)
{
    struct pal_view start = {head.data, head.size < 4096 ? head.size : 4096};

    if (pal_view_has_prefix(head, PAL_VIEW("\xEF\xBB\xBF"))) {
        return pal_utf8_find_invalid(head, is_whole) == head.size
                   ? PAL_ENCODING_UTF8
                   : PAL_ENCODING_WINDOWS1252;
    }
    if (pal_view_has_prefix(head, PAL_VIEW("\xFF\xFE"))) {
        return PAL_ENCODING_UTF16LE;
    }
    if (pal_view_has_prefix(head, PAL_VIEW("\xFE\xFF"))) {
        return PAL_ENCODING_UTF16BE;
    }
    if (has_zero_pattern(start, 1)) {
        return PAL_ENCODING_UTF16LE;
    }
    if (has_zero_pattern(start, 0)) {
        return PAL_ENCODING_UTF16BE;
    }
    return pal_utf8_find_invalid(head, is_whole) == head.size
               ? PAL_ENCODING_UTF8
               : PAL_ENCODING_WINDOWS1252;
}

bool pal_is_text(struct pal_view head, enum pal_encoding encoding)
{
    size_t size = head.size < HEAD_SIZE_MAX ? head.size : HEAD_SIZE_MAX;
    size_t control_count = 0;

    if (encoding == PAL_ENCODING_UTF16LE || encoding == PAL_ENCODING_UTF16BE) {
        return true;
    }
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)head.data[i];

        control_count += c < 0x20 && (c < 0x09 || c > 0x0D) && c != 0x1A;
    }
    return control_count * 32 <= size;
}
