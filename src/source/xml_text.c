#include "source/xml_text.h"

#include <string.h>

#include "source/xml_markup.h"

/* The value of a hexadecimal digit, or -1. */
static int hex_value(char c)
{
    if (pal_is_digit(c)) {
        return c - '0';
    }
    c = pal_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_character(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) &&
            code != 0xfffe && code != 0xffff);
}

static size_t numeric_reference(struct pal_view text, uint32_t *code)
{
    bool is_hex = text.size > 2 && text.data[2] == 'x';
    size_t at = is_hex ? 3 : 2;
    size_t begin = at;

    *code = 0;
    for (; at < text.size && text.data[at] != ';'; at++) {
        int digit = is_hex ? hex_value(text.data[at])
                           : (pal_is_digit(text.data[at]) ? text.data[at] - '0' : -1);

        if (digit < 0) {
            return 0;
        }
        *code = *code * (is_hex ? 16 : 10) + (uint32_t)digit;
        if (*code > 0x10ffff) {
            return 0;
        }
    }
    return at == begin || at == text.size || !is_character(*code) ? 0 : at + 1;
}

size_t pal_xml_reference(struct pal_view text, uint32_t *code)
{
    static const struct {
        struct pal_view text;
        uint32_t code;
    } known[] = {
        {{"&amp;", 5}, '&'},  {{"&lt;", 4}, '<'},    {{"&gt;", 4}, '>'},
        {{"&quot;", 6}, '"'}, {{"&apos;", 6}, '\''},
    };

    if (text.size > 2 && text.data[1] == '#') {
        return numeric_reference(text, code);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (pal_view_has_prefix(text, known[i].text)) {
            *code = known[i].code;
            return known[i].text.size;
        }
    }
    *code = 0;
    return 0;
}

/* Writes a character as UTF-8 and gives its size. */
static size_t put_character(uint32_t code, char out[4])
{
    size_t size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(lead[size] | code);
    return size;
}

/* One step of text with references or carriage returns in it: a stretch of plain bytes, or
 * one special thing. Gives what it took off the front. XML reads CR and CRLF as LF, and any
 * line end or tab in an attribute as a blank. */
static size_t append_step(struct pal_buffer *out, struct pal_view rest,
                          bool has_references, bool is_attribute)
{
    size_t size = 0;
    uint32_t code;
    char bytes[4];

    if (rest.data[0] == '\r') {
        pal_buffer_append_char(out, is_attribute ? ' ' : '\n');
        return rest.size > 1 && rest.data[1] == '\n' ? 2 : 1;
    }
    if (is_attribute && pal_xml_is_space(rest.data[0])) {
        pal_buffer_append_char(out, ' ');
        return 1;
    }
    if (has_references && rest.data[0] == '&') {
        size = pal_xml_reference(rest, &code);
        PAL_BUG_IF(size == 0);
        pal_buffer_append(out, bytes, put_character(code, bytes));
        return size;
    }
    while (size < rest.size && rest.data[size] != '\r' &&
           !(has_references && rest.data[size] == '&') &&
           !(is_attribute && pal_xml_is_space(rest.data[size]))) {
        size++;
    }
    pal_buffer_append(out, rest.data, size);
    return size;
}

static void append(struct pal_buffer *out, struct pal_view text, bool has_references,
                   bool is_attribute)
{
    while (text.size > 0) {
        size_t size = append_step(out, text, has_references, is_attribute);

        text = (struct pal_view){text.data + size, text.size - size};
    }
}

void pal_xml_append_text(struct pal_buffer *out, const struct pal_xml_token *token)
{
    if (token->is_plain) {
        pal_buffer_append_view(out, token->text);
    } else {
        append(out, token->text, !token->is_cdata, false);
    }
}

void pal_xml_append_value(struct pal_buffer *out, struct pal_view value)
{
    append(out, value, true, true);
}

/* The UTF-16 unit of an _xHHHH_ at the front of `text`, or UINT32_MAX. */
static uint32_t escaped_unit(struct pal_view text)
{
    uint32_t unit = 0;

    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' ||
        text.data[6] != '_') {
        return UINT32_MAX;
    }
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_value(text.data[i]);

        if (digit < 0) {
            return UINT32_MAX;
        }
        unit = unit << 4 | (uint32_t)digit;
    }
    return unit;
}

/* The character escaped at the front of `text`: *size is what it takes, 0 for none. */
static uint32_t escaped_character(struct pal_view text, size_t *size)
{
    uint32_t unit = escaped_unit(text);
    uint32_t second = UINT32_MAX;

    *size = 0;
    if (unit == UINT32_MAX || unit == 0) {
        return 0;
    }
    if (unit >= 0xd800 && unit <= 0xdbff) {
        second = escaped_unit((struct pal_view){text.data + 7, text.size - 7});
        if (second == UINT32_MAX || second < 0xdc00 || second > 0xdfff) {
            return 0;
        }
        *size = 14;
        return 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
    }
    if (unit >= 0xdc00 && unit <= 0xdfff) {
        return 0;
    }
    *size = 7;
    return unit;
}

void pal_xml_unescape(struct pal_buffer *out, size_t begin)
{
    char *data = out->data;
    size_t from = begin;
    size_t to = begin;

    if (out->size == begin ||
        pal_view_find((struct pal_view){data + begin, out->size - begin},
                      PAL_VIEW("_x")) == out->size - begin) {
        return;
    }
    while (from < out->size) {
        size_t size;
        uint32_t code =
            escaped_character((struct pal_view){data + from, out->size - from}, &size);

        if (size == 0) {
            data[to++] = data[from++];
        } else {
            to += put_character(code, data + to);
            from += size;
        }
    }
    data[to] = '\0';
    out->size = to;
}

pal_status pal_xml_read_text(struct pal_xml *xml, uint32_t depth,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_xml_token token;
    pal_status status;

    for (;;) {
        status = pal_xml_next(xml, &token, err);
        if (status == PAL_OK && token.kind == PAL_XML_START) {
            status = pal_xml_skip(xml, token.depth, err);
        }
        if (status != PAL_OK || (token.kind == PAL_XML_END && token.depth == depth)) {
            return status;
        }
        if (token.kind == PAL_XML_TEXT) {
            pal_xml_append_text(out, &token);
        }
        if (out->status != PAL_OK) {
            return pal_buffer_status(out, err);
        }
    }
}

pal_status pal_xml_read_runs(struct pal_xml *xml, uint32_t depth,
                             struct pal_buffer *out, struct pal_error *err)
{
    struct pal_xml_token token;
    size_t begin;
    pal_status status;

    for (;;) {
        status = pal_xml_next(xml, &token, err);
        if (status != PAL_OK || (token.kind == PAL_XML_END && token.depth == depth)) {
            return status;
        }
        if (pal_xml_is_start(&token, "t")) {
            begin = out->size;
            status = pal_xml_read_text(xml, token.depth, out, err);
            if (status == PAL_OK) {
                pal_xml_unescape(out, begin);
            }
        } else if (token.kind == PAL_XML_START && !pal_xml_is_start(&token, "r")) {
            status = pal_xml_skip(xml, token.depth, err);
        }
        if (status != PAL_OK) {
            return status;
        }
    }
}
