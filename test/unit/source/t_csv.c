#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "helper_csv.h"

static const struct pal_source_limits small = {
    .inflated_size_max = 1024 * 1024,
    .row_max = 100,
    .column_max = 300,
    .cell_size_max = 64,
};

static const size_t piece_sizes[] = {SIZE_MAX, 1, 2, 7, 4096};
static const size_t slice_sizes[] = {0, 1, 5};

/* Reads `content` in pieces and slices of all sizes; all must agree with what is wanted. */
static void check(const char *label, struct pal_view content, char delimiter,
                  enum pal_encoding encoding, pal_status want_status, const char *want)
{
    for (size_t i = 0; i < sizeof piece_sizes / sizeof *piece_sizes; i++) {
        for (size_t j = 0; j < sizeof slice_sizes / sizeof *slice_sizes; j++) {
            struct pal_csv_options options = {encoding, delimiter, slice_sizes[j]};
            struct pal_error err = {0};
            struct pal_buffer out;
            pal_status status;

            pal_buffer_init(&out, 1024 * 1024);
            pal_buffer_append_text(&out, "");
            status =
                helper_csv_rows(content, piece_sizes[i], &options, &small, &out, &err);
            if (status != want_status ||
                !pal_view_is_equal(pal_buffer_view(&out), pal_view_of(want))) {
                print_error(
                    "%s, pieces of %zu, slices of %zu: status %d, rows\n%.*s%s\n",
                    label, piece_sizes[i], slice_sizes[j], (int)status,
                    PAL_VIEW_ARG(pal_buffer_view(&out)), err.text);
                fail();
            }
            pal_buffer_clear(&out);
        }
    }
}

static void records_are_cut_as_the_file_means_them(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *content;
        char delimiter;
        const char *want;
    } rows[] = {
        {"nothing", "", ',', ""},
        {"one field", "a", ',', "1: 0=a\n"},
        {"last line without end", "a,b\nc,d", ',', "1: 0=a 1=b\n2: 0=c 1=d\n"},
        {"last line with end", "a,b\nc,d\n", ',', "1: 0=a 1=b\n2: 0=c 1=d\n"},
        {"crlf", "a,b\r\nc,d\r\n", ',', "1: 0=a 1=b\n2: 0=c 1=d\n"},
        {"cr alone", "a,b\rc,d\r", ',', "1: 0=a 1=b\n2: 0=c 1=d\n"},
        {"cr alone, no end", "a,b\rc", ',', "1: 0=a 1=b\n2: 0=c\n"},
        {"mixed ends", "a\rb\nc\r\nd", ',', "1: 0=a\n2: 0=b\n3: 0=c\n4: 0=d\n"},
        {"blank lines are rows", "a\n\n\r\n\rb\n", ',', "1: 0=a\n2:\n3:\n4:\n5: 0=b\n"},
        {"empty fields are left out", "a,,c\n,,\n", ',', "1: 0=a 2=c\n2:\n"},
        {"padded banner", "\"Unit\"||\n||\n\"a\"|\"b\"|c\n", '|',
         "1: 0=Unit\n2:\n3: 0=a 1=b 2=c\n"},
        {"differing widths", "a,b,c\nd\ne,f\n", ',',
         "1: 0=a 1=b 2=c\n2: 0=d\n3: 0=e 1=f\n"},
        {"quotes", "\"a,b\",\"c\"\n", ',', "1: 0=a,b 1=c\n"},
        {"doubled quotes", "\"a \"\"b\"\"\",\"\"\"\"\n", ',', "1: 0=a \"b\" 1=\"\n"},
        {"empty quotes", "\"\",\"x\",\"\"\n\"\"", ',', "1: 1=x\n2:\n"},
        {"lf in quotes", "\"a\nb\",c\n", ',', "1: 0=a\nb 1=c\n"},
        {"crlf in quotes", "\"a\r\nb\",c\n", ',', "1: 0=a\r\nb 1=c\n"},
        {"cr in quotes", "\"a\rb\"\r\"c\"\r", ',', "1: 0=a\rb\n2: 0=c\n"},
        {"blank before quote", "\"a\", \"b, c\",  \"d\"\n", ',', "1: 0=a 1=b, c 2=d\n"},
        {"blank behind quote", "\"a\" ,\"b\"  \n", ',', "1: 0=a 1=b\n"},
        {"blanks without quotes stay", " a, b ,\tc\n  ", ',',
         "1: 0= a 1= b  2=\tc\n2: 0=  \n"},
        {"quote within a field", "a\"b,5\" pipe,c\"\n", ',',
         "1: 0=a\"b 1=5\" pipe 2=c\"\n"},
        {"text behind a quote", "\"a\"b,\"c\" d\"e\n", ',', "1: 0=ab 1=c d\"e\n"},
        {"doubled, then text", "\"a\"\"b\"c\"\"\n", ',', "1: 0=a\"bc\"\"\n"},
        {"nothing, then text", "\"\"\"\",\"\"x\n", ',', "1: 0=\" 1=x\n"},
        {"tab", "a\t b\t\"c\td\"\t\n", '\t', "1: 0=a 1= b 2=c\td\n"},
        {"other delimiters inside", "a|b,c;d|e\n", '|', "1: 0=a 1=b,c;d 2=e\n"},
        {"numbers stay as written", "1,2.50,1e5,10/1/2015,007\n", ',',
         "1: 0=1 1=2.50 2=1e5 3=10/1/2015 4=007\n"},
        {"control characters", "a\vb\fc\x01,d\n", ',', "1: 0=a\vb\fc\x01 1=d\n"},
        {"long fields", "abcdefghijklmnopqrstuvwxyz,0123456789012345678901234567890\n",
         ',', "1: 0=abcdefghijklmnopqrstuvwxyz 1=0123456789012345678901234567890\n"},
        {"byte order mark", "\xEF\xBB\xBF\"a\",b\n", ',', "1: 0=a 1=b\n"},
        {"only a byte order mark", "\xEF\xBB\xBF", ',', ""},
        {"utf-8", "Le\xC3\xB3n,\xE2\x82\xAC,\xF0\x9F\x98\x80\n", ',',
         "1: 0=Le\xC3\xB3n 1=\xE2\x82\xAC 2=\xF0\x9F\x98\x80\n"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check(rows[i].label, pal_view_of(rows[i].content), rows[i].delimiter,
              PAL_ENCODING_UTF8, PAL_OK, rows[i].want);
    }
}

static void other_encodings_come_out_as_utf8(void **state)
{
    (void)state;
    static const char utf16le[] = "\xFF\xFE"
                                  "\"\0a\0\n\0\"\0,\0\xF3\0\r\0\n\0\x3D\xD8\0\xDE";
    static const char utf16be[] = "\0a\0,\0\"\0b\0\"\0\n\x20\xAC";
    struct pal_view le = {utf16le, sizeof utf16le - 1};
    struct pal_view be = {utf16be, sizeof utf16be - 1};

    check("utf-16le", le, ',', PAL_ENCODING_UTF16LE, PAL_OK,
          "1: 0=a\n 1=\xC3\xB3\n2: 0=\xF0\x9F\x98\x80\n");
    check("utf-16be", be, ',', PAL_ENCODING_UTF16BE, PAL_OK,
          "1: 0=a 1=b\n2: 0=\xE2\x82\xAC\n");
    check("windows-1252", PAL_VIEW("Le\xF3n,\x93x\x94\n"), ',',
          PAL_ENCODING_WINDOWS1252, PAL_OK,
          "1: 0=Le\xC3\xB3n 1=\xE2\x80\x9Cx\xE2\x80\x9D\n");
    check("windows-1252 found late", PAL_VIEW("abc\nLe\xCC_n\xCC"), ',',
          PAL_ENCODING_UTF8, PAL_OK, "1: 0=abc\n2: 0=Le\xC3\x8C_n\xC3\x8C\n");
}

static void what_cannot_be_read_is_refused_behind_the_rows_before_it(void **state)
{
    (void)state;
    static const char long_cell[] =
        "a\n12345678901234567890123456789012345678901234567890123456789012345\n";
    static const char open_long[] =
        "a\n\"5678901234567890123456789012345678901234567890123456789012345\n"
        "1234567890123456789012345678901234567890123456789012345678901234\n"
        "1234567890123456789012345678901234567890123456789012345678901234\n";
    char wide[400];
    char rows[300];

    check("open quote", PAL_VIEW("a,b\nc,\"d\ne,f\n"), ',', PAL_ENCODING_UTF8,
          PAL_INPUT, "1: 0=a 1=b\n");
    check("open quote at the end", PAL_VIEW("a\n\""), ',', PAL_ENCODING_UTF8, PAL_INPUT,
          "1: 0=a\n");
    check("stray quote swallows rows", PAL_VIEW("a,b\nc,\"d\ne,f\ng,\"h\"\n"), ',',
          PAL_ENCODING_UTF8, PAL_INPUT, "1: 0=a 1=b\n");
    check("stray quote, cr", PAL_VIEW("a,b\rc,\"d\re,f\rg,\"h\"\r"), ',',
          PAL_ENCODING_UTF8, PAL_INPUT, "1: 0=a 1=b\n");
    check("open after doubled", PAL_VIEW("a\n\"x\"\""), ',', PAL_ENCODING_UTF8,
          PAL_INPUT, "1: 0=a\n");
    check("nul", (struct pal_view){"a,b\nc\0d\ne", 9}, ',', PAL_ENCODING_UTF8,
          PAL_INPUT, "1: 0=a 1=b\n");
    check("nul between rows", (struct pal_view){"a\n\0b\n", 5}, ',', PAL_ENCODING_UTF8,
          PAL_INPUT, "1: 0=a\n");
    check("nul at the end", (struct pal_view){"a\n\0", 3}, ',', PAL_ENCODING_UTF8,
          PAL_INPUT, "1: 0=a\n");
    check("long cell", pal_view_of(long_cell), ',', PAL_ENCODING_UTF8, PAL_LIMIT,
          "1: 0=a\n");
    check("long open cell", pal_view_of(open_long), ',', PAL_ENCODING_UTF8, PAL_LIMIT,
          "1: 0=a\n");
    memset(wide, ',', sizeof wide);
    check("columns", (struct pal_view){wide, sizeof wide}, ',', PAL_ENCODING_UTF8,
          PAL_LIMIT, "");
    memset(wide, 0, sizeof wide);
    memset(wide, ',', 299);
    wide[299] = 'z';
    check("as many columns as may be", (struct pal_view){wide, 300}, ',',
          PAL_ENCODING_UTF8, PAL_OK, "1: 299=z\n");
    memset(rows, '\n', sizeof rows);
    {
        struct pal_csv_options options = {PAL_ENCODING_UTF8, ',', 0};
        struct pal_error err = {0};
        struct pal_buffer out;

        pal_buffer_init(&out, 4096);
        assert_int_equal(helper_csv_rows((struct pal_view){rows, 101}, 4096, &options,
                                         &small, &out, &err),
                         PAL_LIMIT);
        assert_non_null(strstr(err.text, "more than 100 rows"));
        pal_buffer_clear(&out);
        pal_buffer_init(&out, 4096);
        assert_int_equal(helper_csv_rows((struct pal_view){rows, 100}, 4096, &options,
                                         &small, &out, &err),
                         PAL_OK);
        pal_buffer_clear(&out);
    }
}

static void more_cells_than_the_first_room_are_kept(void **state)
{
    (void)state;
    struct pal_csv_options options = {PAL_ENCODING_UTF8, ',', 0};
    struct pal_error err = {0};
    struct pal_buffer content;
    struct pal_buffer out;
    struct pal_buffer want;

    pal_buffer_init(&content, 65536);
    pal_buffer_init(&out, 65536);
    pal_buffer_init(&want, 65536);
    pal_buffer_append_text(&want, "1:");
    for (unsigned i = 0; i < 300; i++) {
        pal_buffer_append_format(&content, "%s\"%u\"\"\"", i > 0 ? "," : "", i);
        pal_buffer_append_format(&want, " %u=%u\"", i, i);
    }
    pal_buffer_append_text(&want, "\n");
    assert_int_equal(
        helper_csv_rows(pal_buffer_view(&content), 7, &options, &small, &out, &err),
        PAL_OK);
    assert_string_equal(out.data, want.data);
    pal_buffer_clear(&content);
    pal_buffer_clear(&out);
    pal_buffer_clear(&want);
}

static void the_delimiter_is_the_one_that_most_records_agree_on(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        const char *content;
        char delimiter;
        uint32_t column_count;
    } rows[] = {
        {"comma", "a,b,c\n1,2,3\n", ',', 3},
        {"semicolon, decimal commas", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ';', 3},
        {"tab", "a\tb\n1\t2,5\n2\t3,5\n", '\t', 2},
        {"bar, commas in names",
         "\"Unit\"||\n\"Only\"||\n||\n\"a\"|\"b\"|\"c\"\nX|CHINA, PEOPLES REPUBLIC "
         "OF|1\n"
         "Y|MEXICO|2\nZ|KOREA, SOUTH|3\n",
         '|', 3},
        {"banner not padded",
         "ERO-LESA, Statistical, Tracking Unit\nFor Official Use Only\n\nArrests\n"
         "a,b,c,d,e\n1,2,3,4,5\n1,2,3,4,5\n1,2,3,4,5\n",
         ',', 5},
        {"blank behind comma",
         "\"office_name\", \"state_name\"\n\"Atlanta\", \"Georgia\"\n", ',', 2},
        {"commas in quotes", "\"a, b, c\";\"d\"\n\"e, f\";\"g\"\n", ';', 2},
        {"line ends in quotes", "a;\"b\nc,d\ne,f\ng,h\"\n1;2\n3;4\n", ';', 2},
        {"caret", "a^b^c\n1^2^3\n", '^', 3},
        {"tilde", "a~b\n1~2\n", '~', 2},
        {"caret, commas in some names",
         "a^b^c\nPERU^JAIL^1\nCHINA, PEOPLES REPUBLIC OF^JAIL^2\nPERU^JAIL, TX^3\n",
         '^', 3},
        {"colon", "a:b\n1:2\n", ':', 2},
        {"times are no columns", "day,time\n1,10:30:00\n2,11:30:00\n3,12:30:00\n", ',',
         2},
        {"one column", "name\nalpha\nbeta\n", ',', 1},
        {"said", "sep=;\na;b\n", ';', 2},
        {"cr alone", "a,b\r1,2\r3,4\r", ',', 2},
        {"nothing", "", ',', 1},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_csv_look look;
        struct pal_error err = {0};

        assert_int_equal(pal_csv_look(pal_view_of(rows[i].content), true, &look, &err),
                         PAL_OK);
        if (look.delimiter != rows[i].delimiter ||
            look.column_count != rows[i].column_count) {
            print_error("%s: '%c', %u columns\n", rows[i].label, look.delimiter,
                        look.column_count);
            fail();
        }
    }
}

static void bytes_that_are_no_text_are_no_csv(void **state)
{
    (void)state;
    char noise[512];
    enum pal_encoding encoding;
    char delimiter;

    for (size_t i = 0; i < sizeof noise; i++) {
        noise[i] = (char)(i * 37 % 251);
    }
    assert_int_equal(pal_csv_sniff((struct pal_view){noise, sizeof noise}, &encoding,
                                   &delimiter, NULL),
                     PAL_INPUT);
    assert_int_equal(
        pal_csv_sniff(PAL_VIEW("a\tb\nc\td\n"), &encoding, &delimiter, NULL), PAL_OK);
    assert_int_equal(encoding, PAL_ENCODING_UTF8);
    assert_int_equal(delimiter, '\t');
}

static void running_out_of_memory_is_said_and_leaks_nothing(void **state)
{
    (void)state;
    struct pal_csv_options options = {PAL_ENCODING_UTF8, ',', 16};
    struct pal_source_limits limits = pal_source_limits_default;
    struct pal_buffer content;
    pal_status status = PAL_MEMORY;
    size_t n = 0;

    pal_buffer_init(&content, 65536);
    for (unsigned i = 0; i < 200; i++) {
        pal_buffer_append_format(&content, "\"%u\"\"\",", i);
    }
    while (status != PAL_OK) {
        struct pal_csv_look look;
        struct pal_error err = {0};
        struct pal_buffer out;

        pal_buffer_init(&out, 65536);
        pal_alloc_fail_after(++n);
        status = pal_csv_look(pal_buffer_view(&content), true, &look, &err);
        if (status == PAL_OK) {
            status = helper_csv_rows(pal_buffer_view(&content), 100, &options, &limits,
                                     &out, &err);
        }
        if (status == PAL_OK) {
            status = pal_buffer_status(&out, &err);
        }
        pal_alloc_fail_after(0);
        pal_buffer_clear(&out);
        assert_true(status == PAL_OK || status == PAL_MEMORY);
    }
    assert_true(n > 10);
    pal_buffer_clear(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_cut_as_the_file_means_them),
        cmocka_unit_test(other_encodings_come_out_as_utf8),
        cmocka_unit_test(what_cannot_be_read_is_refused_behind_the_rows_before_it),
        cmocka_unit_test(more_cells_than_the_first_room_are_kept),
        cmocka_unit_test(the_delimiter_is_the_one_that_most_records_agree_on),
        cmocka_unit_test(bytes_that_are_no_text_are_no_csv),
        cmocka_unit_test(running_out_of_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
