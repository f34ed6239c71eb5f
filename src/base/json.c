#include "base/json.h"

#include <string.h>

#include "base/parse.h"

void pal_json_init(struct pal_json *json, struct pal_buffer *out, bool is_indented)
{
    *json = (struct pal_json){.out = out, .is_indented = is_indented};
}

static void new_line(struct pal_json *json)
{
    if (!json->is_indented) {
        return;
    }
    pal_buffer_append_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++) {
        pal_buffer_append(json->out, "  ", 2);
    }
}

static void begin_item(struct pal_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->has_item[json->depth]) {
        pal_buffer_append_char(json->out, ',');
    }
    json->has_item[json->depth] = true;
    if (json->depth > 0) {
        new_line(json);
    }
}

static void begin_nest(struct pal_json *json, char bracket)
{
    begin_item(json);
    PAL_BUG_IF(json->depth + 1 >= PAL_JSON_DEPTH_MAX);
    pal_buffer_append_char(json->out, bracket);
    json->depth++;
    json->has_item[json->depth] = false;
}

static void end_nest(struct pal_json *json, char bracket)
{
    PAL_BUG_IF(json->depth <= 0 || json->after_key);
    bool has_item = json->has_item[json->depth];
    json->depth--;
    if (has_item) {
        new_line(json);
    }
    pal_buffer_append_char(json->out, bracket);
}

void pal_json_begin_object(struct pal_json *json)
{
    begin_nest(json, '{');
}

void pal_json_end_object(struct pal_json *json)
{
    end_nest(json, '}');
}

void pal_json_begin_array(struct pal_json *json)
{
    begin_nest(json, '[');
}

void pal_json_end_array(struct pal_json *json)
{
    end_nest(json, ']');
}

/* The size of the well-formed UTF-8 sequence at the start of `text`, 0 if there is none
 * (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF). */
static size_t sequence_size(const unsigned char *text, size_t size)
{
    unsigned char lead = text[0];
    if (lead < 0x80u) {
        return 1;
    }
    size_t want = lead >= 0xF0u ? 4 : lead >= 0xE0u ? 3 : 2;
    if (lead < 0xC2u || lead > 0xF4u || size < want) {
        return 0;
    }
    unsigned char low = lead == 0xE0u ? 0xA0u : lead == 0xF0u ? 0x90u : 0x80u;
    unsigned char high = lead == 0xEDu ? 0x9Fu : lead == 0xF4u ? 0x8Fu : 0xBFu;
    if (text[1] < low || text[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < want; i++) {
        if ((text[i] & 0xC0u) != 0x80u) {
            return 0;
        }
    }
    return want;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20u && c < 0x7Fu && c != '"' && c != '\\';
}

static void append_escape(struct pal_buffer *out, unsigned char c)
{
    static const char from[] = "\"\\\n\r\t\b\f";
    static const char to[] = "\"\\nrtbf";
    const char *hit = c != 0 ? strchr(from, c) : NULL;
    if (hit != NULL) {
        char two[2] = {'\\', to[hit - from]};
        pal_buffer_append(out, two, 2);
    } else {
        pal_buffer_append_format(out, "\\u%04x", (unsigned)c);
    }
}

static void append_quoted(struct pal_buffer *out, struct pal_view view)
{
    const unsigned char *text = (const unsigned char *)view.data;
    size_t at = 0;
    pal_buffer_append_char(out, '"');
    while (at < view.size) {
        size_t run = at;
        while (run < view.size && is_plain(text[run])) {
            run++;
        }
        pal_buffer_append(out, text + at, run - at);
        at = run;
        if (at == view.size) {
            break;
        }
        if (text[at] < 0x80u) {
            append_escape(out, text[at]);
            at++;
            continue;
        }
        size_t size = sequence_size(text + at, view.size - at);
        if (size == 0) {
            /* What the byte once meant is not known, so no character is made up for it. */
            pal_buffer_append(out, "\\ufffd", 6);
            at++;
        } else {
            pal_buffer_append(out, text + at, size);
            at += size;
        }
    }
    pal_buffer_append_char(out, '"');
}

void pal_json_key(struct pal_json *json, const char *key)
{
    PAL_BUG_IF(json->after_key);
    begin_item(json);
    append_quoted(json->out, pal_view_of(key));
    pal_buffer_append_char(json->out, ':');
    if (json->is_indented) {
        pal_buffer_append_char(json->out, ' ');
    }
    json->after_key = true;
}

void pal_json_view(struct pal_json *json, struct pal_view text)
{
    begin_item(json);
    append_quoted(json->out, text);
}

void pal_json_text(struct pal_json *json, const char *text)
{
    if (text == NULL) {
        pal_json_null(json);
        return;
    }
    pal_json_view(json, pal_view_of(text));
}

void pal_json_i64(struct pal_json *json, int64_t value)
{
    begin_item(json);
    pal_buffer_append_format(json->out, "%lld", (long long)value);
}

void pal_json_double(struct pal_json *json, double value)
{
    char text[32];
    pal_double_text(value, text);
    begin_item(json);
    pal_buffer_append_text(json->out, text[0] != '\0' ? text : "null");
}

void pal_json_bool(struct pal_json *json, bool value)
{
    begin_item(json);
    pal_buffer_append_text(json->out, value ? "true" : "false");
}

void pal_json_null(struct pal_json *json)
{
    begin_item(json);
    pal_buffer_append_text(json->out, "null");
}
