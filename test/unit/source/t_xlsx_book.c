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

#define DATE_STYLES                                                                    \
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[$-409]m/d/yyyy;@\"/>" \
    "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"            \
    "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf/></cellXfs>"

static const struct {
    const char *label;
    struct helper_book book;
    const char *want; /* rows, or NULL: refused */
    const char *error;
} books[] = {
    {"strings and styles",
     {.sheet = HELPER_SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
                            "<c r=\"B1\" s=\"1\"><v>43000</v></c>"
                            "<c r=\"C1\" s=\"2\"><v>43000</v></c>"
                            "<c r=\"D1\" s=\"3\"><v>43000</v></c>"
                            "<c r=\"E1\"><v>43000</v></c></row>"),
      .strings = "<si><t>no</t></si><si><t>yes</t></si>",
      .styles = DATE_STYLES},
     "1: A=t:yes B=d:43000:43000 C=d:43000:43000 D=n:43000:43000 E=n:43000:43000\n",
     NULL},
    {"no strings and no styles",
     {.sheet = HELPER_SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c></row>")},
     "1: A=n:1:1\n",
     NULL},
    {"counted from 1904",
     {.sheet = HELPER_SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>0</v></c></row>"),
      .styles = DATE_STYLES,
      .settings = "<workbookPr date1904=\"1\"/>"},
     "1: A=d:0:1462\n",
     NULL},
    {"not counted from 1904",
     {.sheet = HELPER_SHEET("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>61</v></c></row>"),
      .styles = DATE_STYLES,
      .settings = "<workbookPr date1904=\"false\"/>"},
     "1: A=d:61:61\n",
     NULL},
    {"a shared string without a table",
     {.sheet = HELPER_SHEET("<row r=\"8\"><c r=\"A8\" t=\"s\"><v>0</v></c></row>")},
     NULL,
     "row 8: the cell in its column 1 asks for shared string 0, but the workbook has "
     "0"},
    {"damaged strings",
     {.sheet = HELPER_SHEET(""), .strings = "<si><t>a</si>"},
     NULL,
     "shared strings: "},
    {"damaged styles",
     {.sheet = HELPER_SHEET(""), .styles = "<cellXfs>"},
     NULL,
     "styles: "},
    {"a damaged workbook",
     {.sheet = HELPER_SHEET(""), .settings = "<a></b>"},
     NULL,
     "xl/workbook.xml: "},
    {"a document type", {.sheet = "<!DOCTYPE x><worksheet/>"}, NULL, "DOCTYPE"},
};

static void every_workbook_gives_its_rows_stored_or_deflated(void **state)
{
    struct pal_buffer zip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < 2 * sizeof books / sizeof *books; i++) {
        struct helper_book book = books[i / 2].book;
        const char *want = books[i / 2].want;
        struct pal_error err = {0};
        pal_status status;

        book.is_deflated = i % 2 == 1;
        pal_buffer_reset(&zip);
        pal_buffer_reset(&out);
        helper_pack_book(&zip, &book);
        status = helper_read_book(pal_buffer_view(&zip), &helper_limits, &out, &err);
        if (want == NULL
                ? status != PAL_INPUT || strstr(err.text, books[i / 2].error) == NULL
                : status != PAL_OK || strcmp(out.data, want) != 0) {
            print_error("%s: %d %s\n%.*s", books[i / 2].label, (int)status, err.text,
                        PAL_VIEW_ARG(pal_buffer_view(&out)));
            fail();
        }
    }
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static void sheets_have_their_names_and_say_that_they_are_hidden(void **state)
{
    static const struct {
        const char *state;
        bool is_hidden;
    } states[] = {{NULL, false},
                  {"state=\"visible\"", false},
                  {"state=\"hidden\"", true},
                  {"state=\"veryHidden\"", true}};

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        struct helper_book made = {.sheet = HELPER_SHEET("<row/>"),
                                   .state = states[i].state};
        struct pal_archive *archive = NULL;
        struct pal_workbook *book = NULL;
        struct pal_sheet_info info;
        struct pal_buffer zip;

        pal_buffer_init(&zip, ROOM);
        helper_pack_book(&zip, &made);
        assert_int_equal(
            pal_archive_open(pal_buffer_view(&zip), &helper_limits, &archive, NULL),
            PAL_OK);
        assert_int_equal(pal_workbook_open(archive, &helper_limits, &book, NULL),
                         PAL_OK);
        assert_int_equal(pal_workbook_sheet_count(book), 1);
        info = pal_workbook_sheet_info(book, 0);
        assert_true(pal_view_is_equal(info.name, PAL_VIEW("One & only")));
        assert_int_equal(info.is_hidden, states[i].is_hidden);
        assert_int_equal(info.stored_size, strlen(made.sheet));
        pal_workbook_close(book);
        pal_archive_close(archive);
        pal_buffer_clear(&zip);
    }
}

static void protection_is_known_once_the_sheet_is_read(void **state)
{
    static const struct helper_book made = {
        .sheet = "<worksheet><sheetData><row/></sheetData>"
                 "<sheetProtection sheet=\"true\"/></worksheet>"};
    struct pal_archive *archive = NULL;
    struct pal_workbook *book = NULL;
    struct pal_row_reader *reader = NULL;
    struct pal_row row = {0};
    struct pal_buffer zip;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    helper_pack_book(&zip, &made);
    assert_int_equal(
        pal_archive_open(pal_buffer_view(&zip), &helper_limits, &archive, NULL),
        PAL_OK);
    assert_int_equal(pal_workbook_open(archive, &helper_limits, &book, NULL), PAL_OK);
    assert_int_equal(pal_workbook_open_sheet(book, 0, false, &reader, NULL), PAL_OK);
    assert_int_equal(reader->next(reader, &row, NULL), PAL_OK);
    assert_non_null(row.cells);
    assert_int_equal(row.cell_count, 0);
    assert_false(pal_workbook_sheet_info(book, 0).is_protected);
    assert_int_equal(reader->next(reader, &row, NULL), PAL_OK);
    assert_null(row.cells);
    assert_true(pal_workbook_sheet_info(book, 0).is_protected);
    assert_int_equal(reader->bytes_read(reader), strlen(made.sheet));
    assert_int_equal(reader->next(reader, &row, NULL), PAL_OK);
    assert_null(row.cells);
    reader->close(reader);
    pal_workbook_close(book);
    pal_archive_close(archive);
    pal_buffer_clear(&zip);
}

/* The parts of a workbook, one of them changed. */
static void a_workbook_that_lacks_a_part_says_which(void **state)
{
    static const char *const wants[] = {"lacks its workbook.xml", "workbook.xml.rels",
                                        "lacks the part that holds the sheet"};
    static const struct helper_book made = {.sheet = HELPER_SHEET("<row/>")};
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                        "xl/worksheets/sheet1.xml"};
    struct pal_buffer zip;
    struct pal_buffer out;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    for (size_t i = 0; i < 3; i++) {
        struct pal_view rest;
        struct pal_error err = {0};
        size_t at;

        pal_buffer_reset(&zip);
        helper_pack_book(&zip, &made);
        /* Its name gets another first letter wherever a header gives it. */
        for (rest = pal_buffer_view(&zip);
             (at = pal_view_find(rest, pal_view_of(names[i]))) < rest.size;
             rest = (struct pal_view){rest.data + at + 1, rest.size - at - 1}) {
            zip.data[(size_t)(rest.data - zip.data) + at] = 'q';
        }
        assert_int_equal(
            helper_read_book(pal_buffer_view(&zip), &helper_limits, &out, &err),
            PAL_INPUT);
        if (strstr(err.text, wants[i]) == NULL) {
            print_error("%s: %s\n", names[i], err.text);
            fail();
        }
    }
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static void reading_a_workbook_fails_cleanly_at_any_allocation(void **state)
{
    static const struct helper_book made = {
        .sheet =
            HELPER_SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
                         "<c r=\"B1\" t=\"inlineStr\"><is><t>a&amp;b</t></is></c>"
                         "</row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>1</v></c></row>"),
        .strings = "<si><r><t>yes</t></r></si>",
        .styles = DATE_STYLES,
        .is_deflated = true};
    struct pal_buffer zip;
    struct pal_buffer out;
    pal_status status = PAL_MEMORY;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    pal_buffer_init(&out, ROOM);
    helper_pack_book(&zip, &made);
    pal_buffer_append_text(&out,
                           "made room in good time, for the rows of one workbook");
    for (size_t n = 1; status != PAL_OK; n++) {
        struct pal_error err = {0};

        pal_buffer_reset(&out);
        pal_alloc_fail_after(n);
        status = helper_read_book(pal_buffer_view(&zip), &helper_limits, &out, &err);
        if (status != PAL_OK) {
            assert_int_equal(status, PAL_MEMORY);
            assert_non_null(strstr(err.text, "memory"));
        }
        assert_true(n < 1000);
    }
    pal_alloc_fail_after(0);
    assert_string_equal(out.data, "1: A=t:yes B=t:a&b\n2: A=d:1:2\n");
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static const struct {
    const char *code;
    bool is_date;
} formats[] = {
    {"General", false},
    {"0.00", false},
    {"m/d/yyyy", true},
    {"[$-409]d-mmm-yy;@", true},
    {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", true},
    {"h:mm AM/PM", true},
    {"mm:ss.0", true},
    {"[h]:mm:ss", false},
    {"[mm]:ss", false},
    {"#,##0 \"days\"", false},
    {"0\\d", false},
    {"[Red]0;[Blue]-0", false},
    {"[Red]yyyy", true},
    {"_(* #,##0_);_(* (#,##0)", false},
    {"_-* d", true},
    {"\"y\"@", false},
    {"0.0E+00", false},
    {";;;", false},
    {"@", false},
    {"", false},
    {"\"open", false},
    {"[open", false},
    {"\\", false},
    {"YYYY\"年\"M\"月\"", true},
};

static void number_formats_show_dates_or_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (pal_format_is_date(pal_view_of(formats[i].code)) != formats[i].is_date) {
            print_error("%s\n", formats[i].code);
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_workbook_gives_its_rows_stored_or_deflated),
        cmocka_unit_test(sheets_have_their_names_and_say_that_they_are_hidden),
        cmocka_unit_test(protection_is_known_once_the_sheet_is_read),
        cmocka_unit_test(a_workbook_that_lacks_a_part_says_which),
        cmocka_unit_test(reading_a_workbook_fails_cleanly_at_any_allocation),
        cmocka_unit_test(number_formats_show_dates_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
