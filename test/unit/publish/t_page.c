/* Escaping, slugs, tables, and drawings as text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "publish/page.h"
#include "publish/svg.h"

static void text_is_escaped_wherever_it_stands(void **state)
{
    static const struct {
        const char *text;
        const char *escaped;
    } rows[] = {
        {"plain", "plain"},
        {"<b>&\"", "&lt;b&gt;&amp;&quot;"},
        {"</script><script>", "&lt;/script&gt;&lt;script&gt;"},
        {"a\x01"
         "b\x1f",
         "ab"},
        {"caf\xC3\xA9 \xE2\x80\x93", "caf\xC3\xA9 \xE2\x80\x93"},
        {"", ""},
    };
    struct pal_buffer out;
    (void)state;
    pal_buffer_init(&out, 4096);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_reset(&out);
        pal_xml_append(&out, pal_view_of(rows[i].text));
        assert_string_equal(out.size == 0 ? "" : out.data, rows[i].escaped);
    }
    pal_buffer_clear(&out);
}

static void a_slug_holds_letters_digits_and_single_hyphens(void **state)
{
    static const struct {
        const char *text;
        const char *slug;
    } rows[] = {
        {"New York City", "new-york-city"},
        {"St. Paul", "st-paul"},
        {"287(g)", "287-g"},
        {"  not stated ", "not-stated"},
        {"../../etc", "etc"},
        {"\xC3\xA9", ""},
    };
    struct pal_buffer out;
    (void)state;
    pal_buffer_init(&out, 4096);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pal_buffer_reset(&out);
        pal_page_slug(&out, pal_view_of(rows[i].text));
        assert_string_equal(out.size == 0 ? "" : out.data, rows[i].slug);
    }
    pal_buffer_clear(&out);
}

static void a_table_has_heads_and_says_why_a_cell_has_no_number(void **state)
{
    static const struct pal_column columns[] = {{"Area", false}, {"Arrests", true}};
    struct pal_buffer out;
    struct pal_page page = {&out};
    (void)state;
    pal_buffer_init(&out, 4096);
    pal_page_table_open(&page, "A & B", columns, 2);
    pal_page_table_row(&page, false);
    pal_page_table_name(&page, PAL_VIEW("Boston"));
    pal_page_table_none(&page, "not covered");
    pal_page_table_row_close(&page);
    pal_page_table_row(&page, true);
    pal_page_table_name(&page, PAL_VIEW("All"));
    pal_page_table_interval(&page, "12.3", "11.9-12.7");
    pal_page_table_row_close(&page);
    pal_page_table_close(&page);
    assert_string_equal(
        out.data,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"A &amp; "
        "B\"><table>\n<caption>A &amp; B</caption>\n<thead><tr><th scope=\"col\">Area"
        "</th><th scope=\"col\" "
        "class=\"n\">Arrests</th></tr></thead>\n<tbody>\n<tr><th "
        "scope=\"row\">Boston</th><td class=\"n\"><span class=\"none\">not "
        "covered</span></td></tr>\n<tr class=\"sum\"><th scope=\"row\">All</th><td "
        "class=\"n\">12.3<small>11.9-12.7</small></td></tr>\n</tbody></table></div>\n");
    pal_buffer_clear(&out);
}

static void a_text_that_is_too_long_fails_the_page(void **state)
{
    struct pal_buffer out;
    struct pal_page page = {&out};
    char text[PAL_PAGE_TEXT_MAX + 1];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    pal_buffer_init(&out, 1U << 20);
    pal_page_paragraph(&page, "%s", text);
    assert_int_equal(out.status, PAL_LIMIT);
    pal_buffer_clear(&out);
}

static void places_are_rounded_to_a_tenth_and_never_minus_zero(void **state)
{
    struct pal_buffer out;
    struct pal_svg svg = {&out, PAL_VIEW("x"), false};
    (void)state;
    pal_buffer_init(&out, 4096);
    pal_svg_line(&svg, "f-grid", -0.04, 1.25, 10, -2.96);
    assert_string_equal(
        out.data, "<line class=\"f-grid\" x1=\"0\" y1=\"1.3\" x2=\"10\" y2=\"-3\"/>\n");
    pal_buffer_reset(&out);
    pal_svg_rect(&svg, "f-part", 1, 2, -3, 4);
    assert_string_equal(out.data, "<rect class=\"f-part\" x=\"1\" y=\"2\" width=\"0\" "
                                  "height=\"4\"/>\n");
    pal_buffer_clear(&out);
}

static void a_drawing_has_title_description_and_role(void **state)
{
    static const struct pal_svg_text text = {{"A <chart>", 9}, {"B & C", 5}};
    struct pal_buffer out;
    struct pal_svg svg = {&out, PAL_VIEW("x"), true};
    (void)state;
    pal_buffer_init(&out, 1U << 16);
    pal_svg_open(&svg, 10, 20, &text);
    pal_svg_close(&svg);
    assert_non_null(
        strstr(out.data, "role=\"img\" aria-labelledby=\"x-title x-desc\""));
    assert_non_null(strstr(out.data, "<title id=\"x-title\">A &lt;chart&gt;</title>"));
    assert_non_null(strstr(out.data, "<desc id=\"x-desc\">B &amp; C</desc>"));
    assert_non_null(
        strstr(out.data, "<style>")); /* a file of its own brings its style */
    pal_buffer_clear(&out);
}

static void text_is_as_wide_as_its_letters(void **state)
{
    double narrow = pal_svg_text_width(PAL_VIEW("iiii"), 13);
    double wide = pal_svg_text_width(PAL_VIEW("MMMM"), 13);
    (void)state;
    assert_true(narrow > 0 && wide > 2 * narrow);
    assert_true(pal_svg_text_width(PAL_VIEW(""), 13) == 0);
    /* A dash is one character, whatever its bytes. */
    assert_true(pal_svg_text_width(PAL_VIEW("\xE2\x80\x93"), 10) < 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped_wherever_it_stands),
        cmocka_unit_test(a_slug_holds_letters_digits_and_single_hyphens),
        cmocka_unit_test(a_table_has_heads_and_says_why_a_cell_has_no_number),
        cmocka_unit_test(a_text_that_is_too_long_fails_the_page),
        cmocka_unit_test(places_are_rounded_to_a_tenth_and_never_minus_zero),
        cmocka_unit_test(a_drawing_has_title_description_and_role),
        cmocka_unit_test(text_is_as_wide_as_its_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
