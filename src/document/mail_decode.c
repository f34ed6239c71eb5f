#include <string.h>

#include "document/mail_internal.h"

enum { WORD_SIZE_MAX = 4096 };

static int hex_of(char c)
{
    if (pal_is_digit(c)) {
        return c - '0';
    }
    c = pal_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int base64_of(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (pal_is_digit(c)) {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* The size of a soft line break that begins at body[at] == '=', 0 when it is none: blanks may
 * stand before the line's end (RFC 2045, 6.7). */
static size_t soft_break(struct pal_view body, size_t at)
{
    size_t end = at + 1;
    while (end < body.size && (body.data[end] == ' ' || body.data[end] == '\t' ||
                               body.data[end] == '\r')) {
        end++;
    }
    if (end == body.size) {
        return end - at;
    }
    return body.data[end] == '\n' ? end + 1 - at : 0;
}

static void undo_quoted(struct pal_view body, size_t body_at, struct pal_mapped *out)
{
    size_t at = 0;
    while (at < body.size && out->status == PAL_OK) {
        const char *mark = memchr(body.data + at, '=', body.size - at);
        size_t stop = mark == NULL ? body.size : (size_t)(mark - body.data);
        pal_mapped_put(out, (struct pal_view){body.data + at, stop - at}, body_at + at,
                       stop - at);
        at = stop;
        if (at == body.size) {
            break;
        }
        size_t soft = soft_break(body, at);
        if (soft > 0) {
            at += soft;
        } else if (body.size - at >= 3 && hex_of(body.data[at + 1]) >= 0 &&
                   hex_of(body.data[at + 2]) >= 0) {
            char byte =
                (char)(hex_of(body.data[at + 1]) * 16 + hex_of(body.data[at + 2]));
            pal_mapped_put(out, (struct pal_view){&byte, 1}, body_at + at, 3);
            at += 3;
        } else {
            pal_mapped_put(out, PAL_VIEW("="), body_at + at, 1);
            at++;
        }
    }
}

static void put_group(const char *group, int count, size_t first, size_t end,
                      struct pal_mapped *out)
{
    unsigned bits = 0;
    char bytes[3];
    for (int i = 0; i < 4; i++) {
        bits = bits << 6 | (unsigned)(i < count ? base64_of(group[i]) : 0);
    }
    bytes[0] = (char)(bits >> 16 & 0xFF);
    bytes[1] = (char)(bits >> 8 & 0xFF);
    bytes[2] = (char)(bits & 0xFF);
    if (count > 1) {
        pal_mapped_put(out, (struct pal_view){bytes, (size_t)count - 1}, first,
                       end - first);
    }
}

static void undo_base64(struct pal_view body, size_t body_at, struct pal_mapped *out)
{
    char group[4];
    int count = 0;
    size_t first = 0;
    size_t at = 0;
    for (; at < body.size && body.data[at] != '=' && out->status == PAL_OK; at++) {
        if (base64_of(body.data[at]) < 0) {
            continue;
        }
        if (count == 0) {
            first = at;
        }
        group[count++] = body.data[at];
        if (count == 4) {
            put_group(group, 4, body_at + first, body_at + at + 1, out);
            count = 0;
        }
    }
    put_group(group, count, body_at + first, body_at + at, out);
}

bool pal_mail_undo(struct pal_view encoding, struct pal_view body, size_t body_at,
                   struct pal_mapped *out)
{
    encoding = pal_view_trim(encoding);
    if (pal_view_is_equal_fold(encoding, PAL_VIEW("quoted-printable"))) {
        undo_quoted(body, body_at, out);
    } else if (pal_view_is_equal_fold(encoding, PAL_VIEW("base64"))) {
        undo_base64(body, body_at, out);
    } else if (encoding.size == 0 ||
               pal_view_is_equal_fold(encoding, PAL_VIEW("7bit")) ||
               pal_view_is_equal_fold(encoding, PAL_VIEW("8bit")) ||
               pal_view_is_equal_fold(encoding, PAL_VIEW("binary"))) {
        pal_mapped_put(out, body, body_at, body.size);
    } else {
        return false;
    }
    return true;
}

/* "=?charset?Q?text?=": gives its size, 0 when there is none here. */
static size_t read_word(struct pal_view text, struct pal_view parts[3])
{
    size_t at = 2;
    if (!pal_view_has_prefix(text, PAL_VIEW("=?"))) {
        return 0;
    }
    for (int i = 0; i < 3; i++) {
        const char *end = memchr(text.data + at, '?', text.size - at);
        if (end == NULL) {
            return 0;
        }
        parts[i] = (struct pal_view){text.data + at, (size_t)(end - (text.data + at))};
        at = (size_t)(end - text.data) + 1;
    }
    return at < text.size && text.data[at] == '=' && parts[1].size == 1 ? at + 1 : 0;
}

static void put_word(struct pal_view parts[3], struct pal_buffer *out)
{
    struct pal_mapped bytes;
    struct pal_mapped text;
    enum pal_encoding encoding = PAL_ENCODING_UTF8;
    pal_mapped_init(&bytes, WORD_SIZE_MAX);
    pal_mapped_init(&text, 4 * (size_t)WORD_SIZE_MAX);
    if (pal_lower(parts[1].data[0]) == 'b') {
        undo_base64(parts[2], 0, &bytes);
    } else {
        undo_quoted(parts[2], 0, &bytes);
        for (size_t i = 0; i < bytes.text.size; i++) {
            if (bytes.text.data[i] == '_') {
                bytes.text.data[i] = ' ';
            }
        }
    }
    if (pal_charset_find(parts[0], &encoding)) {
        pal_mapped_decode(&bytes, encoding, &text);
        pal_buffer_append_view(out, pal_buffer_view(&text.text));
    } else {
        pal_buffer_append_text(out, "?");
    }
    pal_mapped_clear(&bytes);
    pal_mapped_clear(&text);
}

/* Blanks between two encoded words are nothing. */
static bool are_blanks_before_word(struct pal_view text)
{
    struct pal_view parts[3];
    size_t at = 0;
    while (at < text.size && pal_is_space(text.data[at])) {
        at++;
    }
    return at > 0 &&
           read_word((struct pal_view){text.data + at, text.size - at}, parts) > 0;
}

void pal_mail_words(struct pal_view value, struct pal_buffer *out)
{
    bool is_behind_word = false;
    for (size_t at = 0; at < value.size;) {
        struct pal_view rest = {value.data + at, value.size - at};
        struct pal_view parts[3];
        size_t size = read_word(rest, parts);
        if (size > 0 && size < WORD_SIZE_MAX) {
            put_word(parts, out);
            at += size;
            is_behind_word = true;
            continue;
        }
        if (is_behind_word && are_blanks_before_word(rest)) {
            at++;
            continue;
        }
        unsigned char c = (unsigned char)rest.data[0];
        is_behind_word = is_behind_word && pal_is_space(rest.data[0]);
        if (c == '\r' || c == '\n') {
            at++; /* unfolding: the blank behind it stays */
            continue;
        }
        pal_buffer_append_char(out, (char)(c < 0x20 || c == 0x7F ? 0x20 : c));
        at++;
    }
}
