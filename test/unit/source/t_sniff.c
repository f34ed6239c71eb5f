#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "source/sniff.h"

#define BYTES(literal)                                                                 \
    {                                                                                  \
        "" literal, sizeof(literal) - 1                                                \
    }

static void a_thing_is_named_for_what_it_is(void **state)
{
    (void)state;
    static const struct {
        struct pal_view bytes;
        enum pal_content want;
        const char *what; /* refused: a word of the name */
    } rows[] = {
        {BYTES("a,b\n1,2\n"), PAL_CONTENT_TEXT, NULL},
        {BYTES("PK\x03\x04 and so on"), PAL_CONTENT_ZIP, NULL},
        {BYTES("PK\x05\x06 and so on"), PAL_CONTENT_ZIP, NULL},
        {BYTES("PKG,name\n1,2\n"), PAL_CONTENT_TEXT, NULL},
        {BYTES("\x1F\x8B\x08"), PAL_CONTENT_GZIP, NULL},
        {BYTES("PAR1\x15\x04 and so on PAR1"), PAL_CONTENT_PARQUET, NULL},
        {BYTES("PAR1\x15\x00 cut off"), PAL_CONTENT_REFUSED, "cut off"},
        {BYTES("PAR1|PAR2\n1|2\n"), PAL_CONTENT_TEXT, NULL},
        {BYTES(""), PAL_CONTENT_REFUSED, "empty"},
        {BYTES("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n"),
         PAL_CONTENT_REFUSED, "Git LFS pointer"},
        {BYTES("%PDF-1.7\n"), PAL_CONTENT_REFUSED, "PDF"},
        {BYTES("\x89PNG\r\n"), PAL_CONTENT_REFUSED, "picture"},
        {BYTES("<!DOCTYPE html><html>"), PAL_CONTENT_REFUSED, "web page"},
        {BYTES("<!doctype HTML>"), PAL_CONTENT_REFUSED, "web page"},
        {BYTES("\xEF\xBB\xBF \r\n<HTML lang=en>"), PAL_CONTENT_REFUSED, "web page"},
        {BYTES("<table><tr><td>"), PAL_CONTENT_REFUSED, "web page"},
        {BYTES("<?xml version=\"1.0\"?><Workbook>"), PAL_CONTENT_REFUSED, "XML"},
        {BYTES("{\"rows\": []}"), PAL_CONTENT_REFUSED, "JSON"},
        {BYTES("../../share/x.csv.gz"), PAL_CONTENT_REFUSED, "symbolic link"},
        {BYTES("share/arrests 2019.CSV"), PAL_CONTENT_REFUSED, "symbolic link"},
        {BYTES("../../share/x.csv.gz\n"), PAL_CONTENT_TEXT, NULL},
        {BYTES("name"), PAL_CONTENT_TEXT, NULL},
        {BYTES("10/1/2015"), PAL_CONTENT_TEXT, NULL},
        {BYTES("a,../x.csv"), PAL_CONTENT_TEXT, NULL},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0W\0o\0r\0k\0b\0o\0o\0k\0"),
         PAL_CONTENT_REFUSED, ".xls"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"
               "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
         PAL_CONTENT_REFUSED, "encrypted"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"
               "E\0n\0c\0r\0y\0p\0t\0i\0o\0n\0I\0n\0f\0o\0"),
         PAL_CONTENT_REFUSED, "encrypted"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_sniffed sniffed = pal_sniff(rows[i].bytes, true);
        bool is_right = sniffed.content == rows[i].want;

        if (is_right && rows[i].what != NULL) {
            is_right = sniffed.what != NULL &&
                       strstr(sniffed.what, rows[i].what) != NULL &&
                       sniffed.advice != NULL;
        }
        if (!is_right) {
            print_error("row %zu, %.*s: %d, %s\n", i, PAL_VIEW_ARG(rows[i].bytes),
                        (int)sniffed.content,
                        sniffed.what != NULL ? sniffed.what : "-");
            fail();
        }
    }
}

static void a_link_is_told_only_from_the_whole_file(void **state)
{
    (void)state;
    struct pal_view text = PAL_VIEW("../../share/x.csv.gz");

    assert_int_equal(pal_sniff(text, false).content, PAL_CONTENT_TEXT);
    assert_true(pal_view_is_equal(pal_sniff(text, true).link, text));
}

static void a_sheet_is_named_after_its_file(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *want;
    } rows[] = {
        {"EROArrests_FY2016.csv.gz", "EROArrests_FY2016"},
        {"a.TXT", "a"},
        {"a.b.tsv", "a.b"},
        {"a.parquet", "a"},
        {".csv", ".csv"},
        {"plain", "plain"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_view got = pal_name_without_extensions(pal_view_of(rows[i].name));

        if (!pal_view_is_equal(got, pal_view_of(rows[i].want))) {
            print_error("%s: %.*s\n", rows[i].name, PAL_VIEW_ARG(got));
            fail();
        }
    }
}

static void side_files_are_left_out_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool is_left_out;
    } rows[] = {
        {"__MACOSX/._a.csv", true}, {"x/__MACOSX/a.csv", true}, {".DS_Store", true},
        {"x/.hidden.csv", true},    {"~$a.xlsx", true},         {"a.csv", false},
        {".folder/a.csv", false},   {"x/a~$.csv", false},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *reason = pal_name_skip_reason(pal_view_of(rows[i].name));

        if ((reason != NULL) != rows[i].is_left_out) {
            print_error("%s\n", rows[i].name);
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thing_is_named_for_what_it_is),
        cmocka_unit_test(a_link_is_told_only_from_the_whole_file),
        cmocka_unit_test(a_sheet_is_named_after_its_file),
        cmocka_unit_test(side_files_are_left_out_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
