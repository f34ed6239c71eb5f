#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/json.h"

static void texts_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"", "\"\""},
        {"a\"b\\c/", "\"a\\\"b\\\\c/\""},
        {"\n\r\t\b\f", "\"\\n\\r\\t\\b\\f\""},
        {"\x01\x1F\x7F", "\"\\u0001\\u001f\\u007f\""},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80",
         "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
        {"a\xFFz", "\"a\\ufffdz\""},
        {"\xC3", "\"\\ufffd\""},
        {"\xC0\x80", "\"\\ufffd\\ufffd\""},                       /* overlong NUL */
        {"\xE0\x80\x80", "\"\\ufffd\\ufffd\\ufffd\""},            /* overlong */
        {"\xED\xA0\x80", "\"\\ufffd\\ufffd\\ufffd\""},            /* surrogate */
        {"\xF4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\""}, /* beyond U+10FFFF */
        {"\xE2\x82z", "\"\\ufffd\\ufffdz\""},
    };
    struct pal_buffer out;
    pal_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_json json;
        pal_buffer_reset(&out);
        pal_json_init(&json, &out, false);
        pal_json_text(&json, rows[i].text);
        assert_string_equal(rows[i].want, out.data);
    }
    struct pal_json json;
    pal_buffer_reset(&out);
    pal_json_init(&json, &out, false);
    pal_json_view(&json, (struct pal_view){"a\0b", 3});
    assert_string_equal("\"a\\u0000b\"", out.data);
    pal_buffer_clear(&out);
}

static void write_sample(struct pal_json *json)
{
    pal_json_begin_object(json);
    pal_json_key(json, "name");
    pal_json_text(json, "x");
    pal_json_key(json, "none");
    pal_json_text(json, NULL);
    pal_json_key(json, "list");
    pal_json_begin_array(json);
    pal_json_i64(json, INT64_MIN);
    pal_json_double(json, 0.5);
    pal_json_double(json, (double)NAN);
    pal_json_bool(json, true);
    pal_json_begin_object(json);
    pal_json_end_object(json);
    pal_json_end_array(json);
    pal_json_key(json, "empty");
    pal_json_begin_array(json);
    pal_json_end_array(json);
    pal_json_key(json, "last");
    pal_json_bool(json, false);
    pal_json_end_object(json);
}

static void nesting_is_written_compact_or_indented(void **state)
{
    (void)state;
    struct pal_buffer out;
    struct pal_json json;
    pal_buffer_init(&out, 1000);
    pal_json_init(&json, &out, false);
    write_sample(&json);
    assert_string_equal(
        "{\"name\":\"x\",\"none\":null,\"list\":[-9223372036854775808,0.5,"
        "null,true,{}],\"empty\":[],\"last\":false}",
        out.data);
    pal_buffer_reset(&out);
    pal_json_init(&json, &out, true);
    write_sample(&json);
    assert_string_equal("{\n  \"name\": \"x\",\n  \"none\": null,\n  \"list\": [\n"
                        "    -9223372036854775808,\n    0.5,\n    null,\n    true,\n"
                        "    {}\n  ],\n  \"empty\": [],\n  \"last\": false\n}",
                        out.data);
    pal_buffer_clear(&out);
}

/* Jansson refuses what is not JSON, so it judges every pair of bytes. */
static void another_reader_accepts_any_bytes_we_write(void **state)
{
    (void)state;
    struct pal_buffer out;
    pal_buffer_init(&out, 1000);
    for (unsigned pair = 0; pair < 65536; pair++) {
        char text[3] = {(char)(pair >> 8), (char)(pair & 255u), 'z'};
        struct pal_json json;
        pal_buffer_reset(&out);
        pal_json_init(&json, &out, false);
        pal_json_begin_array(&json);
        pal_json_view(&json, (struct pal_view){text, sizeof text});
        pal_json_end_array(&json);
        json_t *read = json_loadb(out.data, out.size, JSON_ALLOW_NUL, NULL);
        assert_non_null(read);
        if ((pair & 0x8080u) == 0) {
            const json_t *item = json_array_get(read, 0);
            assert_int_equal(sizeof text, json_string_length(item));
            assert_memory_equal(text, json_string_value(item), sizeof text);
        }
        json_decref(read);
    }
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(nesting_is_written_compact_or_indented),
        cmocka_unit_test(another_reader_accepts_any_bytes_we_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
