/*
 * Named and numbered characters of HTML (data/html_entities.csv, sorted by name). A name is
 * known with its semicolon; the old ones without it too, and of those the longest that fits is
 * taken, as browsers do.
 */
#include <string.h>

#include "document/document_internal.h"

enum { NAME_SIZE_MAX = 33, CODE_MAX = 0x10FFFF };

size_t pal_utf8_put(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | (code >> 6));
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | (code >> 12));
        out[1] = (char)(0x80 | ((code >> 6) & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (code >> 18));
    out[1] = (char)(0x80 | ((code >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((code >> 6) & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* Numbers 0x80 to 0x9F mean what Windows-1252 has there. */
static size_t put_number(uint32_t code, char out[16])
{
    if (code >= 0x80 && code <= 0x9F) {
        struct pal_decoder decoder;
        char byte = (char)code;
        pal_decoder_init(&decoder, PAL_ENCODING_WINDOWS1252);
        return pal_decode(&decoder, (struct pal_view){&byte, 1}, true, out);
    }
    if (code == 0 || code > CODE_MAX || (code >= 0xD800 && code < 0xE000)) {
        code = 0xFFFD;
    }
    return pal_utf8_put(code, out);
}

static int digit_of(char c, bool is_hex)
{
    if (pal_is_digit(c)) {
        return c - '0';
    }
    char low = pal_lower(c);
    return is_hex && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static size_t find_number(struct pal_view text, char out[16], size_t *out_size)
{
    bool is_hex = text.size > 1 && pal_lower(text.data[1]) == 'x';
    size_t at = is_hex ? 2 : 1;
    size_t begin = at;
    uint32_t code = 0;
    while (at < text.size && digit_of(text.data[at], is_hex) >= 0) {
        if (code <= CODE_MAX) {
            code =
                code * (is_hex ? 16 : 10) + (uint32_t)digit_of(text.data[at], is_hex);
        }
        at++;
    }
    if (at == begin) {
        return 0;
    }
    *out_size = put_number(code, out);
    return at < text.size && text.data[at] == ';' ? at + 1 : at;
}

/* The line that begins at or before `at`. */
static size_t line_begin(struct pal_view table, size_t at)
{
    while (at > 0 && table.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

static struct pal_view name_at(struct pal_view table, size_t at)
{
    const char *bar = memchr(table.data + at, '|', table.size - at);
    return (struct pal_view){table.data + at,
                             bar == NULL ? 0 : (size_t)(bar - (table.data + at))};
}

static bool find_name(struct pal_view table, struct pal_view name, size_t *at)
{
    size_t low = 0;
    size_t high = table.size;
    while (low < high) {
        size_t middle = line_begin(table, low + (high - low) / 2);
        struct pal_view here = name_at(table, middle);
        int order = pal_view_compare(here, name);
        if (order == 0) {
            *at = middle + here.size + 1;
            return true;
        }
        if (order < 0) {
            const char *end = memchr(table.data + middle, '\n', table.size - middle);
            low = end == NULL ? table.size : (size_t)(end - table.data) + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

static size_t put_codes(struct pal_view table, size_t at, char out[16])
{
    size_t size = 0;
    uint32_t code = 0;
    for (; at <= table.size; at++) {
        char c = '\n';
        if (at < table.size) {
            c = table.data[at];
        }
        if (digit_of(c, true) >= 0) {
            code = code * 16 + (uint32_t)digit_of(c, true);
            continue;
        }
        size += pal_utf8_put(code, out + size);
        code = 0;
        if (c != ' ' || size > 8) {
            break;
        }
    }
    return size;
}

size_t pal_entity_find(struct pal_view text, char out[16], size_t *out_size)
{
    *out_size = 0;
    if (text.size > 1 && text.data[0] == '#') {
        return find_number(text, out, out_size);
    }
    struct pal_view table = pal_asset_find(&pal_document_assets, "html_entities.csv");
    size_t head = line_begin(table, 0);
    const char *first = memchr(table.data, '\n', table.size);
    head = first == NULL ? head : (size_t)(first - table.data) + 1;
    table.data += head;
    table.size -= head;
    size_t size = 0;
    while (size < text.size && size < NAME_SIZE_MAX &&
           (pal_is_digit(text.data[size]) ||
            (pal_lower(text.data[size]) >= 'a' && pal_lower(text.data[size]) <= 'z'))) {
        size++;
    }
    if (size < text.size && text.data[size] == ';') {
        size++;
    }
    for (; size > 1; size--) {
        size_t at = 0;
        if (find_name(table, (struct pal_view){text.data, size}, &at)) {
            *out_size = put_codes(table, at, out);
            return size;
        }
    }
    return 0;
}
