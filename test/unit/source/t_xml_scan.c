#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_zip.h"

#include "source/xml_text.h"

enum { ROOM = 1 << 22 };

static const size_t pieces[] = {0, 1, 2, 7, 4096};

/* All tokens: "<name", ">depth", "'text'"; elements outside the main namespace get a tilde. */
static pal_status show(struct pal_view text, uint32_t depth_max, size_t piece,
                       struct pal_buffer *out, struct pal_error *err)
{
    struct pal_source_limits limits = helper_limits;
    struct pal_part *part = NULL;
    struct pal_xml_token token;
    struct pal_xml *xml = calloc(1, sizeof *xml);
    pal_status status;

    assert_non_null(xml);
    limits.nesting_max = depth_max;
    pal_buffer_reset(out);
    assert_int_equal(pal_part_open_memory(text, false, &limits, &part, NULL), PAL_OK);
    if (piece > 0) {
        pal_part_limit_piece(part, piece);
    }
    pal_xml_init(xml, part, &limits);
    while ((status = pal_xml_next(xml, &token, err)) == PAL_OK &&
           token.kind != PAL_XML_DONE) {
        struct pal_view value;

        if (token.kind == PAL_XML_START) {
            pal_buffer_append_format(out, "%s<%.*s", token.is_main ? "" : "~",
                                     PAL_VIEW_ARG(token.name));
            if (pal_xml_attribute(xml, "a", &value)) {
                pal_buffer_append_text(out, " a=");
                pal_xml_append_value(out, value);
            }
            if (pal_xml_attribute_prefixed(xml, "a", &value)) {
                pal_buffer_append_text(out, " :a=");
                pal_xml_append_value(out, value);
            }
        } else if (token.kind == PAL_XML_END) {
            pal_buffer_append_format(out, ">%u", (unsigned)token.depth);
        } else {
            pal_buffer_append_char(out, '\'');
            pal_xml_append_text(out, &token);
            pal_buffer_append_char(out, '\'');
        }
    }
    pal_xml_clear(xml);
    free(xml);
    return status;
}

static const struct {
    const char *xml;
    const char *want; /* NULL: refused */
} rows[] = {
    {"<a/>", "<a>1"},
    {"<a></a >", "<a>1"},
    {"<?xml version=\"1.0\"?>\n<!-- x --><?p?><a>t<b/>u</a>\n<!-- y -->",
     "<a't'<b>2'u'>1"},
    {"<a a='1 &lt; \"2\"' b=\"'\"/>", "<a a=1 < \"2\">1"},
    {"<a a = \"x\r\n\ty>\" />", "<a a=x  y>>1"},
    {"<a xmlns:p='urn:p' p:a='1' a='2'/>", "<a a=2 :a=1>1"},
    {"<p:a xmlns:p='" HELPER_MAIN "'><a/><p:b/></p:a>", "<a<a>2<b>2>1"},
    {"<a xmlns='urn:x'><b xmlns='" HELPER_MAIN "'><c/></b><d/></a>",
     "~<a<b<c>3>2~<d>2>1"},
    {"<a xmlns='urn:x'><b xmlns=''/></a>", "~<a~<b>2>1"},
    {"<a xml:space='preserve'> </a>", "<a' '>1"},
    {"<a><![CDATA[]]><![CDATA[]]]]><![CDATA[>]]></a>", "<a''']]''>'>1"},
    {"<a>x]]y</a>", "<a'x]]y'>1"},
    {"<a>&#x1F600;&#9;</a>", "<a'\xf0\x9f\x98\x80\t'>1"},
    {"<\xc3\xa9l\xc3\xa9ment/>", "<\xc3\xa9l\xc3\xa9ment>1"},
    {"<a-b.c_d/>", "<a-b.c_d>1"},
    {"", NULL},
    {"   ", NULL},
    {"<", NULL},
    {"<a", NULL},
    {"<a>", NULL},
    {"</a>", NULL},
    {"<a></b>", NULL},
    {"<a></aa>", NULL},
    {"<a><b></a></b>", NULL},
    {"<a/><b/>", NULL},
    {"x<a/>", NULL},
    {"<a/>x", NULL},
    {"<a/>&amp;", NULL},
    {"<![CDATA[]]><a/>", NULL},
    {"<1a/>", NULL},
    {"< a/>", NULL},
    {"<a b/>", NULL},
    {"<a b=c/>", NULL},
    {"<a b='<'/>", NULL},
    {"<a b='&x;'/>", NULL},
    {"<a b='1'c='2'/>", NULL},
    {"<a b='1' b='2'/>", NULL},
    {"<a / >", NULL},
    {"<a:b/>", NULL},
    {"<a b:c='1'/>", NULL},
    {"<a:b:c xmlns:a='u'/>", NULL},
    {"<:a/>", NULL},
    {"<a: xmlns:a='u'/>", NULL},
    {"<a xmlns:b=''/>", NULL},
    {"<a>]]></a>", NULL},
    {"<a>&</a>", NULL},
    {"<a>&#;</a>", NULL},
    {"<a>&#x;</a>", NULL},
    {"<a>&#x110000;</a>", NULL},
    {"<a>&#xFFFE;</a>", NULL},
    {"<a>&#12</a>", NULL},
    {"<a>&amp</a>", NULL},
    {"<a><!-- -- --></a>", NULL},
    {"<a><!-- --", NULL},
    {"<a><![CDATA[ ]]", NULL},
    {"<a><!ELEMENT b></a>", NULL},
    {"<!DOCTYPE a><a/>", NULL},
    {" <?xml version='1.0'?><a/>", NULL},
    {"   <?xml version='1.0'?><a/>", NULL},
    {"<a/><?XML ?>", NULL},
    {"<?xml version='1.0' encoding='utf-16'?><a/>", NULL},
    {"<a><? x?></a>", NULL},
    {"<a>\xff\xfe</a>", NULL},
    {"<a>\xc0\xaf</a>", NULL},
    {"<a>\xed\xa0\x80</a>", NULL},
    {"<a>\xf4\x90\x80\x80</a>", NULL},
    {"<a>\xef\xbf\xbf</a>", NULL},
    {"<a/>\xe2\x82", NULL},
    {"\xff\xfe<\0a\0", NULL},
};

static void every_text_gives_the_same_tokens_in_pieces_of_any_size(void **state)
{
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            struct pal_error err = {0};
            pal_status status =
                show(pal_view_of(rows[i].xml), 32, pieces[j], &out, &err);
            bool is_right =
                rows[i].want == NULL
                    ? status == PAL_INPUT
                    : status == PAL_OK && strcmp(out.data, rows[i].want) == 0;

            if (!is_right) {
                print_error("%s, pieces of %zu: %d %s %.*s\n", rows[i].xml, pieces[j],
                            (int)status, err.text, PAL_VIEW_ARG(pal_buffer_view(&out)));
                fail();
            }
        }
    }
    pal_buffer_clear(&out);
}

static void nesting_has_a_cap(void **state)
{
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&out, ROOM);
    assert_int_equal(show(PAL_VIEW("<a><a><a/></a></a>"), 3, 0, &out, NULL), PAL_OK);
    assert_int_equal(show(PAL_VIEW("<a><a><a/></a></a>"), 2, 0, &out, NULL), PAL_LIMIT);
    pal_buffer_clear(&out);
}

static void namespaces_attributes_and_long_things_have_caps(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&xml, 40 << 20);
    pal_buffer_init(&out, 40 << 20);
    pal_buffer_append_text(&xml, "<a");
    for (int i = 0; i < 129; i++) {
        pal_buffer_append_format(&xml, " a%d='1'", i);
    }
    pal_buffer_append_text(&xml, "/>");
    assert_int_equal(show(pal_buffer_view(&xml), 9, 0, &out, NULL), PAL_INPUT);
    pal_buffer_reset(&xml);
    for (int i = 0; i < 129; i++) {
        pal_buffer_append_format(&xml, "<a xmlns:p%d='u'>", i);
    }
    assert_int_equal(show(pal_buffer_view(&xml), 255, 0, &out, NULL), PAL_LIMIT);
    pal_buffer_reset(&xml);
    pal_buffer_append_text(&xml, "<a><!-- ");
    while (xml.size < 17 << 20) {
        pal_buffer_append_text(&xml,
                               "0123456789012345678901234567890123456789012345678901");
    }
    assert_int_equal(show(pal_buffer_view(&xml), 9, 0, &out, NULL), PAL_LIMIT);
    pal_buffer_reset(&xml);
    pal_buffer_append_text(&xml, "<");
    for (int i = 0; i < 2000; i++) {
        pal_buffer_append_text(&xml, "ninechars");
    }
    pal_buffer_append_text(&xml, "/>");
    assert_int_equal(show(pal_buffer_view(&xml), 9, 0, &out, NULL), PAL_LIMIT);
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

static void a_character_cut_by_the_window_comes_out_whole(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t shift = 0; shift < 4; shift++) {
        pal_buffer_reset(&xml);
        pal_buffer_append_text(&xml, "<a>");
        pal_buffer_append(&xml, "xxxx", shift);
        while (xml.size < 300 * 1000) {
            pal_buffer_append_text(&xml, "\xf0\x9f\x98\x80");
        }
        pal_buffer_append_text(&xml, "</a>");
        assert_int_equal(show(pal_buffer_view(&xml), 9, 0, &out, NULL), PAL_OK);
        assert_int_equal(out.size, xml.size - 7 + 2 + 2 + 2);
        assert_memory_equal(out.data + 3, xml.data + 3, xml.size - 7);
    }
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_gives_the_same_tokens_in_pieces_of_any_size),
        cmocka_unit_test(nesting_has_a_cap),
        cmocka_unit_test(namespaces_attributes_and_long_things_have_caps),
        cmocka_unit_test(a_character_cut_by_the_window_comes_out_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
