/* What released files do to a reader, each case through the room's front door. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "helper_csv.h"
#include "helper_pack.h"
#include "helper_zip.h"
#include "source/source.h"

enum { ROOM = 1 << 20 };

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
static void read_rows(struct pal_source *source, size_t index, struct pal_buffer *out)
{
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};

    assert_int_equal(pal_sheet_open(source, index, &sheet, NULL), PAL_OK);
    do {
        assert_int_equal(pal_sheet_next(sheet, &row, NULL), PAL_OK);
        if (row.cells != NULL) {
            helper_write_row(out, &row);
        }
    } while (row.cells != NULL);
    pal_sheet_close(sheet);
}

/* Each sheet's "[name]", then its rows. */
static void check_rows(const char *label, struct pal_view content, const char *name,
                       const struct pal_source_limits *limits, const char *want)
{
    struct pal_source *source = NULL;
    struct pal_error err = {0};
    struct pal_buffer out;

    pal_buffer_init(&out, ROOM);
    if (pal_source_open_memory(content, name, limits, &source, &err) != PAL_OK) {
        fail_msg("%s: %s", label, err.text);
    }
    const struct pal_source_info *info = pal_source_borrow_info(source);
    for (size_t i = 0; i < info->sheet_count; i++) {
        pal_buffer_append_format(&out, "[%.*s]\n", PAL_VIEW_ARG(info->sheets[i].name));
        read_rows(source, i, &out);
    }
    if (!pal_view_is_equal(pal_buffer_view(&out), pal_view_of(want))) {
        fail_msg("%s:\n%.*s", label, PAL_VIEW_ARG(pal_buffer_view(&out)));
    }
    pal_source_close(source);
    pal_buffer_clear(&out);
}

#define SUMMARY_ROWS                                                                   \
    "<sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c><c r=\"J1\"><v>9</v></c></row>"   \
    "<row r=\"40\"><c r=\"A40\"><v>8</v></c></row></sheetData>"

static void oddity_04_a_declared_dimension_is_not_believed(void **state)
{
#define SUMMARY(dimension)                                                             \
    "<worksheet><dimension ref=\"" dimension "\"/>" SUMMARY_ROWS "</worksheet>"
    static const char *const sheets[] = {
        SUMMARY("A1:AMJ1416"), SUMMARY("A1:BD330"), SUMMARY("A1:XFD1048576"),
        SUMMARY("A1:J4364"),   SUMMARY("A1"),       SUMMARY("nonsense"),
    };
#undef SUMMARY
    struct pal_source_limits limits = pal_source_limits_default;
    struct pal_buffer zip;

    (void)state;
    limits.column_max = 10;
    limits.row_max = 40;
    pal_buffer_init(&zip, ROOM);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        pal_buffer_reset(&zip);
        helper_pack_book(&zip, &(struct helper_book){.sheet = sheets[i]});
        check_rows(sheets[i], pal_buffer_view(&zip), "x.xlsx", &limits,
                   "[One & only]\n1: 0=7 9=9\n40: 0=8\n");
    }
    pal_buffer_clear(&zip);
}

static void oddity_07_sheet_names_that_differ_in_a_blank_are_two_sheets(void **state)
{
    static const char sheet[] =
        HELPER_SHEET("<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>");
    static const char workbook[] =
        "<workbook xmlns=\"" HELPER_MAIN "\" xmlns:r=\"" RELATION "\"><sheets>"
        "<sheet name=\"Facilities FY22 \" sheetId=\"1\" r:id=\"r1\"/>"
        "<sheet name=\"Facilities FY22\" sheetId=\"2\" r:id=\"r2\"/>"
        "<sheet name=\" ICLOS and Detainees\" sheetId=\"3\" r:id=\"r3\"/>"
        "</sheets></workbook>";
    static const char relations[] =
        "<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"r1\" Type=\"" RELATION "/worksheet\" Target=\"a.xml\"/>"
        "<Relationship Id=\"r2\" Type=\"" RELATION "/worksheet\" Target=\"b.xml\"/>"
        "<Relationship Id=\"r3\" Type=\"" RELATION "/worksheet\" Target=\"c.xml\"/>"
        "</Relationships>";
    const struct helper_member members[] = {
        {"xl/workbook.xml", pal_view_of(workbook)},
        {"xl/_rels/workbook.xml.rels", pal_view_of(relations)},
        {"xl/a.xml", pal_view_of(sheet)},
        {"xl/b.xml", pal_view_of(sheet)},
        {"xl/c.xml", pal_view_of(sheet)},
    };
    struct pal_buffer zip;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    helper_zip(&zip, members, sizeof members / sizeof *members);
    check_rows("three names", pal_buffer_view(&zip), "FY21_detentionStats.xlsx", NULL,
               "[Facilities FY22 ]\n1: 0=7\n[Facilities FY22]\n1: 0=7\n"
               "[ ICLOS and Detainees]\n1: 0=7\n");
    pal_buffer_clear(&zip);
}

#define PROTECTED_ROWS                                                                 \
    "<sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c><c "                              \
    "r=\"B1\"><v>11425</v></c></row>"                                                  \
    "</sheetData>"

static void oddity_08_a_protected_sheet_is_read_like_any_other(void **state)
{
#define PROTECTED(protection) "<worksheet>" PROTECTED_ROWS protection "</worksheet>"
    static const struct {
        const char *label;
        const char *sheet;
        const char *settings;
    } rows[] = {
        {"not protected", PROTECTED(""), NULL},
        {"sheet", PROTECTED("<sheetProtection sheet=\"1\" objects=\"1\"/>"), NULL},
        {"sheet with password",
         PROTECTED("<sheetProtection algorithmName=\"SHA-512\" hashValue=\"eA==\" "
                   "saltValue=\"eA==\" spinCount=\"100000\" sheet=\"1\"/>"),
         NULL},
        {"sheet and workbook",
         PROTECTED("<sheetProtection password=\"CC1A\" sheet=\"1\"/>"),
         "<workbookProtection workbookPassword=\"CC1A\" lockStructure=\"1\"/>"},
    };
#undef PROTECTED
    struct pal_buffer zip;

    (void)state;
    pal_buffer_init(&zip, ROOM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pal_buffer_reset(&zip);
        helper_pack_book(&zip, &(struct helper_book){.sheet = rows[i].sheet,
                                                     .settings = rows[i].settings});
        check_rows(rows[i].label, pal_buffer_view(&zip), "x.xlsx", NULL,
                   "[One & only]\n1: 0=7 1=11425\n");
    }
    pal_buffer_clear(&zip);
}

static void oddity_30_any_delimiter_is_found_plain_or_in_gzip(void **state)
{
    static const struct {
        const char *label;
        const char *content;
        const char *want;
    } rows[] = {
        {"bars, a comma inside", "Date|Landmark\n1/2/2019|JAIL, HOUSTON, TX\n",
         "[x]\n1: 0=Date 1=Landmark\n2: 0=1/2/2019 1=JAIL, HOUSTON, TX\n"},
        {"commas", "Date,Gender\n1/2/2019,Male\n",
         "[x]\n1: 0=Date 1=Gender\n2: 0=1/2/2019 1=Male\n"},
        {"tabs", "AGY\tAGYSUB\nHS\tHSBB\n", "[x]\n1: 0=AGY 1=AGYSUB\n2: 0=HS 1=HSBB\n"},
        {"a blank before each quote",
         "\"office_name\", \"state_name\"\n\"Boston\", \"Maine\"\n",
         "[x]\n1: 0=office_name 1=state_name\n2: 0=Boston 1=Maine\n"},
        {"row numbers below an empty name",
         "\"\",\"Date\",\"Gender\"\n\"1\",\"1/2/2019\",\"Male\"\n",
         "[x]\n1: 1=Date 2=Gender\n2: 0=1 1=1/2/2019 2=Male\n"},
    };
    struct pal_buffer gzip;

    (void)state;
    pal_buffer_init(&gzip, ROOM);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_view content = pal_view_of(rows[i].content);

        pal_buffer_reset(&gzip);
        helper_gzip(&gzip, content);
        check_rows(rows[i].label, content, "x.csv", NULL, rows[i].want);
        check_rows(rows[i].label, pal_buffer_view(&gzip), "x.csv.gz", NULL,
                   rows[i].want);
    }
    pal_buffer_clear(&gzip);
}

static void oddity_31_any_line_end_ends_a_row_even_mixed(void **state)
{
    static const struct {
        const char *label;
        const char *content;
    } rows[] = {
        {"lf", "name,count\nBoston,\"21,022\"\nDallas,7\n"},
        {"crlf", "name,count\r\nBoston,\"21,022\"\r\nDallas,7\r\n"},
        {"cr alone", "name,count\rBoston,\"21,022\"\rDallas,7\r"},
        {"cr alone, none at the end", "name,count\rBoston,\"21,022\"\rDallas,7"},
        {"lf, then cr", "name,count\nBoston,\"21,022\"\rDallas,7\r"},
        {"cr, then lf", "name,count\rBoston,\"21,022\"\nDallas,7\r\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_rows(rows[i].label, pal_view_of(rows[i].content), "x.csv", NULL,
                   "[x]\n1: 0=name 1=count\n2: 0=Boston 1=21,022\n"
                   "3: 0=Dallas 1=7\n");
    }
}

static void oddity_32_a_file_that_is_no_utf8_is_read_as_windows_1252(void **state)
{
    static const struct {
        const char *label;
        const char *content;
        const char *want;
        enum pal_encoding encoding;
    } rows[] = {
        {"a lone 0xCC", "name,state\nLe\xCC_n,NM\n",
         "[x]\n1: 0=name 1=state\n2: 0=Le\xC3\x8C_n 1=NM\n", PAL_ENCODING_WINDOWS1252},
        {"a lone 0xCC at the very end", "name,state\nNM,Le\xCC",
         "[x]\n1: 0=name 1=state\n2: 0=NM 1=Le\xC3\x8C\n", PAL_ENCODING_WINDOWS1252},
        {"the same letter in UTF-8", "name,state\nLe\xC3\xB3n,NM\n",
         "[x]\n1: 0=name 1=state\n2: 0=Le\xC3\xB3n 1=NM\n", PAL_ENCODING_UTF8},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_view content = pal_view_of(rows[i].content);
        struct pal_source *source = NULL;

        check_rows(rows[i].label, content, "x.csv", NULL, rows[i].want);
        assert_int_equal(pal_source_open_memory(content, "x.csv", NULL, &source, NULL),
                         PAL_OK);
        assert_int_equal(pal_source_borrow_info(source)->sheets[0].encoding,
                         rows[i].encoding);
        pal_source_close(source);
    }
}

static void oddity_33_a_pointer_in_place_of_data_is_named_for_what_it_is(void **state)
{
    static const struct {
        const char *content;
        const char *file;
        const char *want; /* two words of the error, the second what to do */
        const char *advice;
    } rows[] = {
        {"version https://git-lfs.github.com/spec/v1\noid sha256:"
         "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
         "size 2097152\n",
         "ERORemovals.csv.gz", "Git LFS pointer", "git lfs pull"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:01\nsize 9\n",
         "arrests.xlsx", "Git LFS pointer", "git lfs pull"},
        {"../../../import/output/arrests.csv.gz", "arrests.csv.gz", "symbolic link",
         "../../../import/output/arrests.csv.gz"},
        {"../../share/encounters-fy2019-x.csv.gz", "encounters.csv.gz", "symbolic link",
         "give the file that it points to"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_source *source = NULL;
        struct pal_error err = {0};
        pal_status status = pal_source_open_memory(pal_view_of(rows[i].content),
                                                   rows[i].file, NULL, &source, &err);

        if (status != PAL_INPUT || strstr(err.text, rows[i].want) == NULL ||
            strstr(err.text, rows[i].advice) == NULL ||
            strstr(err.text, rows[i].file) == NULL) {
            fail_msg("%s: status %d, %s", rows[i].file, (int)status, err.text);
        }
        pal_source_close(source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oddity_04_a_declared_dimension_is_not_believed),
        cmocka_unit_test(oddity_07_sheet_names_that_differ_in_a_blank_are_two_sheets),
        cmocka_unit_test(oddity_08_a_protected_sheet_is_read_like_any_other),
        cmocka_unit_test(oddity_30_any_delimiter_is_found_plain_or_in_gzip),
        cmocka_unit_test(oddity_31_any_line_end_ends_a_row_even_mixed),
        cmocka_unit_test(oddity_32_a_file_that_is_no_utf8_is_read_as_windows_1252),
        cmocka_unit_test(oddity_33_a_pointer_in_place_of_data_is_named_for_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
