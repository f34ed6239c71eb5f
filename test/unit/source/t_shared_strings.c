#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_zip.h"

enum { ROOM = 1 << 22 };

static const size_t pieces[] = {0, 1, 2, 7, 4096};

/* Gives the strings, each with a bar behind it. */
static pal_status read_strings(struct pal_view xml,
                               const struct pal_source_limits *limits, size_t piece,
                               struct pal_buffer *out, struct pal_error *err)
{
    struct pal_shared_strings table;
    struct pal_part *part = NULL;
    pal_status status = pal_part_open_memory(xml, false, limits, &part, err);

    pal_buffer_reset(out);
    if (status != PAL_OK) {
        return status;
    }
    if (piece > 0) {
        pal_part_limit_piece(part, piece);
    }
    pal_shared_strings_init(&table, limits);
    status = pal_shared_strings_read(&table, part, limits, err);
    for (size_t i = 0; status == PAL_OK && i < table.count; i++) {
        pal_buffer_append_view(out, pal_shared_string(&table, i));
        pal_buffer_append_char(out, '|');
    }
    pal_shared_strings_clear(&table);
    return status;
}

static const struct {
    const char *label;
    const char *strings;
    const char *want; /* NULL: refused */
} rows[] = {
    {"plain", "<si><t>one</t></si><si><t>two</t></si>", "one|two|"},
    {"none", "", ""},
    {"empty ones count", "<si/><si></si><si><t/></si><si><t></t></si><si><t>5</t></si>",
     "||||5|"},
    {"runs are joined",
     "<si><r><rPr><b/><sz val=\"9\"/></rPr><t>a</t></r><r><t> b</t></r></si>", "a b|"},
    {"reading aids are left out",
     "<si><t>kanji</t><rPh sb=\"0\" eb=\"2\"><t>kana</t></rPh><phoneticPr "
     "fontId=\"1\"/></si>",
     "kanji|"},
    {"blanks are kept", "<si><t xml:space=\"preserve\"> a </t></si><si><t> b </t></si>",
     " a | b |"},
    {"escapes",
     "<si><t>x_x000D_y</t></si><si><t>a_b_xyz_</t></si><si><t>_x005F_x0041_</t></si>",
     "x\ry|a_b_xyz_|_x0041_|"},
    {"an escape does not reach over runs",
     "<si><r><t>_x00</t></r><r><t>41_</t></r></si>", "_x0041_|"},
    {"references and line ends", "<si><t>a &amp;&#10;b\r\nc</t></si>", "a &\nb\nc|"},
    {"CDATA and comments", "<si><t>a<![CDATA[ & ]]><!-- x -->b</t></si>", "a & b|"},
    {"brackets", "<si><t>[8C] Excludable ]]</t></si><si><t>]</t></si>",
     "[8C] Excludable ]]|]|"},
    {"blanks between", "\n<si>\n<t>a</t>\n</si>\n<si><t>b</t></si>\n", "a|b|"},
    {"another namespace",
     "<si xmlns=\"urn:x\"><t>a</t></si><si><t xmlns=\"urn:x\">b</t></si>", "|"},
    {"not within another element",
     "<extLst><si><t>a</t></si></extLst><si><t>b</t></si>", "b|"},
    {"tags that do not match", "<si><t>a</si></t>", NULL},
    {"]]> in text", "<si><t>a]]>b</t></si>", NULL},
    {"a bare &", "<si><t>a & b</t></si>", NULL},
    {"one cut off", "<si><t>a</t>", NULL},
};

static void every_table_reads_the_same_in_pieces_of_any_size(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pal_buffer_reset(&xml);
        pal_buffer_append_format(
            &xml, "<sst xmlns=\"" HELPER_MAIN "\" count=\"9999999\">%s</sst>",
            rows[i].strings);
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            struct pal_error err = {0};
            pal_status status = read_strings(pal_buffer_view(&xml), &helper_limits,
                                             pieces[j], &out, &err);
            bool is_right =
                rows[i].want == NULL
                    ? status == PAL_INPUT
                    : status == PAL_OK && pal_view_is_equal(pal_buffer_view(&out),
                                                            pal_view_of(rows[i].want));

            if (!is_right) {
                print_error("%s, pieces of %zu: %d %s %.*s\n", rows[i].label, pieces[j],
                            (int)status, err.text, PAL_VIEW_ARG(pal_buffer_view(&out)));
                fail();
            }
        }
    }
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out);
}

static void count_size_and_each_string_have_a_cap(void **state)
{
    static const struct {
        uint32_t count;
        uint64_t size;
        uint32_t cell;
        pal_status want;
    } caps[] = {
        {3, 9, 4, PAL_OK},
        {2, 9, 4, PAL_LIMIT},
        {3, 8, 4, PAL_LIMIT},
        {3, 9, 3, PAL_LIMIT},
    };
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < 2 * sizeof caps / sizeof *caps; i++) {
        struct pal_source_limits limits = helper_limits;
        struct pal_error err = {0};
        struct pal_view xml =
            i % 2 == 0
                ? PAL_VIEW("<sst><si><t>1234</t></si><si><t>12</t></si><si><t>123"
                           "</t></si></sst>")
                : PAL_VIEW("<sst><si><r><t>1234</t></r></si><si ><t>12</t></si>"
                           "<si><t >123</t></si></sst>");

        limits.shared_string_max = caps[i / 2].count;
        limits.shared_string_size_max = caps[i / 2].size;
        limits.cell_size_max = caps[i / 2].cell;
        assert_int_equal(read_strings(xml, &limits, 0, &out, &err), caps[i / 2].want);
    }
    pal_buffer_clear(&out);
}

static void many_strings_come_out_in_order(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer want;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&want, ROOM);
    pal_buffer_init(&out, ROOM);
    pal_buffer_append_text(&xml, "<sst>");
    for (int i = 0; i < 30000; i++) {
        pal_buffer_append_format(
            &xml, i % 97 == 0 ? "<si><r><t>s%d</t></r></si>" : "<si><t>s%d</t></si>",
            i);
        pal_buffer_append_format(&want, "s%d|", i);
    }
    pal_buffer_append_text(&xml, "</sst>");
    assert_int_equal(read_strings(pal_buffer_view(&xml), &helper_limits, 0, &out, NULL),
                     PAL_OK);
    assert_true(pal_view_is_equal(pal_buffer_view(&out), pal_buffer_view(&want)));
    pal_buffer_clear(&xml);
    pal_buffer_clear(&want);
    pal_buffer_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_reads_the_same_in_pieces_of_any_size),
        cmocka_unit_test(count_size_and_each_string_have_a_cap),
        cmocka_unit_test(many_strings_come_out_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
