#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_expat.h"

enum { ROOM = 1 << 22, SHEETS = 20000, STRINGS = 8000 };

static uint32_t seed;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % limit;
}

static const char *pick(const char *const *from, size_t count)
{
    return from[random_below((uint32_t)count)];
}
#define PICK(list) pick(list, sizeof(list) / sizeof *(list))

/* What text may hold, and a little of what it may not. */
static void add_text(struct pal_buffer *out)
{
    static const char *const bits[] = {"a",          "Dallas Area",
                                       "1",          "42",
                                       "7.25",       " ",
                                       "&amp;",      "&lt;",
                                       "&#65;",      "&#x20AC;",
                                       "\r\n",       "\r",
                                       "\n",         "_x000D_",
                                       "_x",         "_x00",
                                       "41_",        "_",
                                       "]",          "]]",
                                       "\xc3\xa9",   "\xf0\x9f\x98\x80",
                                       "-",          "12345678901234567890",
                                       "1E5",        "0",
                                       "<!-- c -->", "<![CDATA[<&]]>",
                                       "<?p i?>",    "<x/>",
                                       "&#13;",      "&gt;",
                                       "\t",         "_x005F_",
                                       "'",          "\""};

    for (uint32_t n = random_below(4); n > 0; n--) {
        pal_buffer_append_text(out, PICK(bits));
    }
}

static void add_value(struct pal_buffer *out)
{
    static const char *const numbers[] = {"0",
                                          "1",
                                          "2",
                                          "3",
                                          "4",
                                          "5",
                                          "43831",
                                          "0.5",
                                          "-1",
                                          "1e3",
                                          "59",
                                          "60",
                                          "61",
                                          "",
                                          "00",
                                          "3.14159",
                                          "0.67400000000000004",
                                          "123456789012345",
                                          "1234567890123456",
                                          "1.",
                                          ".5",
                                          "-",
                                          "--1",
                                          "1.5.2",
                                          "1e400",
                                          "1e",
                                          " 4 ",
                                          "-0"};

    if (random_below(3) > 0) {
        pal_buffer_append_text(out, "<v>");
        pal_buffer_append_text(out, PICK(numbers));
        pal_buffer_append_text(out, "</v>");
    } else if (random_below(2) > 0) {
        pal_buffer_append_text(out, "<v>");
        add_text(out);
        pal_buffer_append_text(out, "</v>");
    } else {
        static const char *const others[] = {"<v/>",
                                             "",
                                             "<f>A1</f>",
                                             "<f>A1</f><v>2</v>",
                                             "<extLst><v>1</v></extLst>",
                                             "<v >3</v >",
                                             " "};

        pal_buffer_append_text(out, PICK(others));
    }
}

static void add_runs(struct pal_buffer *out)
{
    for (uint32_t n = random_below(3); n > 0; n--) {
        static const char *const begins[] = {"<t>", "<t xml:space=\"preserve\">",
                                             "<r><t>", "<r><rPr><b/></rPr><t>",
                                             "<rPh sb=\"0\"><t>"};
        static const char *const ends[] = {"</t>", "</t>", "</t></r>", "</t></r>",
                                           "</t></rPh>"};
        uint32_t form = random_below(5);

        pal_buffer_append_text(out, begins[form]);
        add_text(out);
        pal_buffer_append_text(out, ends[form]);
    }
}

static void add_cell(struct pal_buffer *out, unsigned row, unsigned *column)
{
    static const char *const types[] = {"",           " t=\"s\"",         " t=\"n\"",
                                        " t=\"str\"", " t=\"inlineStr\"", " t=\"b\"",
                                        " t=\"e\"",   " t=\"zz\"",        " t='s'"};
    static const char *const styles[] = {
        "",          "",         " s=\"0\"",  " s=\"1\"",
        " s=\"77\"", " s=\"x\"", " cm=\"1\"", "\n s = \"1\" "};
    const char *type = PICK(types);

    *column += random_below(8) == 0 ? random_below(30) : 1;
    if (random_below(60) == 0) {
        *column = random_below(5);
    }
    pal_buffer_append_text(out, "<c");
    if (random_below(10) > 0) {
        char name[8] = {0};
        size_t at = sizeof name - 1;

        for (unsigned left = *column + 1; left > 0; left = (left - 1) / 26) {
            name[--at] = (char)('A' + (left - 1) % 26);
        }
        pal_buffer_append_format(out, " r=\"%s%u\"", name + at,
                                 random_below(200) == 0 ? row + 1 : row);
    }
    pal_buffer_append_text(out, PICK(styles));
    pal_buffer_append_text(out, type);
    if (random_below(6) == 0) {
        pal_buffer_append_text(out, random_below(2) > 0 ? "/>" : " />");
        return;
    }
    pal_buffer_append_text(out, ">");
    if (strstr(type, "inline") != NULL) {
        pal_buffer_append_text(out, "<is>");
        add_runs(out);
        pal_buffer_append_text(out, "</is>");
    } else {
        add_value(out);
    }
    pal_buffer_append_text(out, "</c>");
}

static void add_rows(struct pal_buffer *out)
{
    static const char *const between[] = {
        "", "", "", "\n", " ", "<!-- r -->", "<?p?>", "<mc/>", "<v>1</v>"};
    unsigned row = 0;

    for (uint32_t n = random_below(5); n > 0; n--) {
        unsigned column = UINT32_MAX;
        bool has_number = random_below(8) > 0;

        row += random_below(4) == 0 ? 1 + random_below(1000000) : 1;
        pal_buffer_append_format(out, has_number ? "<row r=\"%u\"" : "<row", row);
        if (random_below(3) == 0) {
            pal_buffer_append_text(out, " spans=\"1:9\" ht='15'");
        }
        pal_buffer_append_text(out, ">");
        for (uint32_t m = random_below(6); m > 0; m--) {
            add_cell(out, row, &column);
            pal_buffer_append_text(out, PICK(between));
        }
        pal_buffer_append_text(out, "</row>");
        pal_buffer_append_text(out, PICK(between));
    }
}

static void make_sheet(struct pal_buffer *out)
{
    static const char *const begins[] = {
        "<worksheet xmlns=\"" HELPER_MAIN "\"><dimension ref=\"A1:AMJ99\"/><sheetData>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<worksheet>"
        "<sheetData>",
        "<worksheet xmlns:x=\"" HELPER_MAIN "\" xmlns=\"" HELPER_MAIN "\"><sheetData>"};

    pal_buffer_reset(out);
    pal_buffer_append_text(out, PICK(begins));
    add_rows(out);
    pal_buffer_append_text(out,
                           "</sheetData><sheetProtection sheet=\"1\"/></worksheet>");
}

/* Damages a text behind its first element in one to three places. */
static void damage(struct pal_buffer *text)
{
    static const char *const bits[] = {
        "<",         ">",         "&",      "\"",   "'",         "/",
        "=",         " ",         "]]>",    "<v>",  "</v>",      "</c>",
        "<c>",       "<row>",     "</row>", "\x01", "\xff",      "\xc3",
        "x",         "0",         "<!--",   "-->",  "<![CDATA[", "<is><t>q</t></is>",
        " r=\"A1\"", "xmlns='u'", "x:"};
    char *begin = memchr(text->data + 1, '<', text->size - 1);

    for (uint32_t n = 1 + random_below(3); n > 0 && begin != NULL; n--) {
        size_t first = (size_t)(begin - text->data);
        size_t at = first + random_below((uint32_t)(text->size - first));
        struct pal_buffer copy;
        size_t cut = random_below(3) == 0 ? random_below(12) : random_below(2);

        cut = cut > text->size - at ? text->size - at : cut;
        pal_buffer_init(&copy, ROOM);
        pal_buffer_append(&copy, text->data, at);
        if (random_below(3) > 0) {
            pal_buffer_append_text(&copy, PICK(bits));
        }
        pal_buffer_append(&copy, text->data + at + cut, text->size - at - cut);
        pal_buffer_reset(text);
        pal_buffer_append_view(text, pal_buffer_view(&copy));
        pal_buffer_clear(&copy);
        begin = memchr(text->data + 1, '<', text->size - 1);
    }
}

struct tally {
    unsigned read;
    unsigned refused;
};

static void compare(struct pal_view xml, bool is_good, pal_status status,
                    struct pal_buffer out[2], struct tally *tally)
{
    bool is_same = is_good
                       ? status == PAL_OK && pal_view_is_equal(pal_buffer_view(&out[0]),
                                                               pal_buffer_view(&out[1]))
                       : status != PAL_OK;

    if (status == PAL_LIMIT) {
        return;
    }
    if (!is_same) {
        print_error("%.*s\nexpat %d: %.*s\nhere %d: %.*s\n", PAL_VIEW_ARG(xml),
                    (int)is_good, PAL_VIEW_ARG(pal_buffer_view(&out[0])), (int)status,
                    PAL_VIEW_ARG(pal_buffer_view(&out[1])));
        fail();
    }
    tally->read += is_good;
    tally->refused += !is_good;
}

static void generated_sheets_read_as_expat_reads_them(void **state)
{
    static const size_t pieces[] = {0, 1, 2, 7, 4096};
    struct pal_buffer xml;
    struct pal_buffer out[2];
    struct tally tally = {0};

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out[0], ROOM);
    pal_buffer_init(&out[1], ROOM);
    seed = 2020;
    for (int i = 0; i < SHEETS; i++) {
        struct pal_sheet_context context = helper_context();
        bool is_good;
        pal_status status;

        context.is_1904 = i % 7 == 0;
        context.is_slow = i % 5 == 0;
        make_sheet(&xml);
        if (i % 2 == 1) {
            damage(&xml);
        }
        pal_buffer_reset(&out[0]);
        pal_buffer_reset(&out[1]);
        is_good = helper_expat_sheet(pal_buffer_view(&xml), &context, &out[0]);
        status = helper_read_sheet(pal_buffer_view(&xml), &context, &helper_limits,
                                   pieces[random_below(5)], &out[1], NULL);
        compare(pal_buffer_view(&xml), is_good, status, out, &tally);
    }
    assert_true(tally.read > SHEETS / 3 && tally.refused > SHEETS / 10);
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out[0]);
    pal_buffer_clear(&out[1]);
}

static void generated_strings_read_as_expat_reads_them(void **state)
{
    struct pal_buffer xml;
    struct pal_buffer out[2];
    struct tally tally = {0};

    (void)state;
    pal_buffer_init(&xml, ROOM);
    pal_buffer_init(&out[0], ROOM);
    pal_buffer_init(&out[1], ROOM);
    seed = 2021;
    for (int i = 0; i < STRINGS; i++) {
        struct pal_shared_strings table;
        struct pal_part *part = NULL;
        bool is_good;
        pal_status status;

        pal_buffer_reset(&xml);
        pal_buffer_append_text(&xml, "<sst>");
        for (uint32_t n = random_below(6); n > 0; n--) {
            pal_buffer_append_text(&xml, random_below(9) == 0 ? "<si />\n" : "<si>");
            if (xml.data[xml.size - 1] == '>') {
                add_runs(&xml);
                pal_buffer_append_text(&xml, "</si>");
            }
        }
        pal_buffer_append_text(&xml, "</sst>");
        if (i % 2 == 1) {
            damage(&xml);
        }
        pal_buffer_reset(&out[0]);
        pal_buffer_reset(&out[1]);
        is_good = helper_expat_strings(pal_buffer_view(&xml), &out[0]);
        pal_shared_strings_init(&table, &helper_limits);
        assert_int_equal(pal_part_open_memory(pal_buffer_view(&xml), false,
                                              &helper_limits, &part, NULL),
                         PAL_OK);
        pal_part_limit_piece(part, 1 + random_below(40));
        status = pal_shared_strings_read(&table, part, &helper_limits, NULL);
        for (size_t j = 0; j < table.count; j++) {
            pal_buffer_append_view(&out[1], pal_shared_string(&table, j));
            pal_buffer_append_char(&out[1], '|');
        }
        compare(pal_buffer_view(&xml), is_good, status, out, &tally);
        pal_shared_strings_clear(&table);
    }
    assert_true(tally.read > STRINGS / 3 && tally.refused > STRINGS / 10);
    pal_buffer_clear(&xml);
    pal_buffer_clear(&out[0]);
    pal_buffer_clear(&out[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generated_sheets_read_as_expat_reads_them),
        cmocka_unit_test(generated_strings_read_as_expat_reads_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
