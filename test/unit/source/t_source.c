#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper_csv.h"
#include "helper_pack.h"
#include "source/source.h"

enum { ROOM = 4 * 1024 * 1024 };

/* A small workbook: what a reader needs and nothing more. */
static const char *const workbook_members[][2] = {
    {"[Content_Types].xml",
     "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
    {"_rels/.rels",
     "<Relationships "
     "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
     "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
     "2006/relationships/officeDocument\" "
     "Target=\"xl/workbook.xml\"/></Relationships>"},
    {"xl/workbook.xml",
     "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
     "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
     "<sheets><sheet name=\"Arrests\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships "
     "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
     "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
     "2006/relationships/worksheet\" "
     "Target=\"worksheets/sheet1.xml\"/></Relationships>"},
    {"xl/worksheets/sheet1.xml",
     "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
     "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Gender</t></is></c>"
     "<c r=\"C1\"><v>7</v></c></row></sheetData></worksheet>"},
};

static void make_workbook(struct pal_buffer *out)
{
    struct helper_member members[sizeof workbook_members / sizeof *workbook_members];

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        members[i].name = workbook_members[i][0];
        members[i].content = pal_view_of(workbook_members[i][1]);
    }
    helper_zip(out, members, sizeof members / sizeof *members);
}

/* All sheets of a source, each with a line about it, then its rows, then the skips. */
static pal_status write_source(struct pal_source *source, struct pal_buffer *out,
                               struct pal_error *err)
{
    const struct pal_source_info *info = pal_source_borrow_info(source);

    for (size_t i = 0; i < info->sheet_count; i++) {
        struct pal_sheet *sheet = NULL;
        struct pal_row row = {0};
        pal_status status;

        pal_buffer_append_format(
            out, "[%.*s|%.*s|%d]\n", PAL_VIEW_ARG(info->sheets[i].name),
            PAL_VIEW_ARG(info->sheets[i].member), (int)info->sheets[i].form);
        status = pal_sheet_open(source, i, &sheet, err);
        while (status == PAL_OK) {
            status = pal_sheet_next(sheet, &row, err);
            if (status != PAL_OK || row.cells == NULL) {
                break;
            }
            helper_write_row(out, &row);
        }
        pal_sheet_close(sheet);
        if (status != PAL_OK) {
            return status;
        }
    }
    for (size_t i = 0; i < info->skip_count; i++) {
        pal_buffer_append_format(out, "-%.*s: %s\n",
                                 PAL_VIEW_ARG(info->skips[i].member),
                                 info->skips[i].reason);
    }
    return PAL_OK;
}

static pal_status read_memory(struct pal_view content, const char *name,
                              const struct pal_source_limits *limits,
                              struct pal_buffer *out, struct pal_error *err)
{
    struct pal_source *source = NULL;
    pal_status status = pal_source_open_memory(content, name, limits, &source, err);

    if (status == PAL_OK) {
        status = write_source(source, out, err);
    }
    pal_source_close(source);
    return status;
}

static void check(struct pal_view content, const char *name, const char *want)
{
    struct pal_error err = {0};
    struct pal_buffer out;
    pal_status status;

    pal_buffer_init(&out, ROOM);
    status = read_memory(content, name, NULL, &out, &err);
    if (status != PAL_OK ||
        !pal_view_is_equal(pal_buffer_view(&out), pal_view_of(want))) {
        print_error("%s: status %d %s\n%.*s", name, (int)status, err.text,
                    PAL_VIEW_ARG(pal_buffer_view(&out)));
        fail();
    }
    pal_buffer_clear(&out);
}

static void every_form_gives_its_sheets(void **state)
{
    (void)state;
    struct pal_view csv = PAL_VIEW("a|b\n1|2\n");
    struct pal_buffer gzip;
    struct pal_buffer xlsx;
    struct pal_buffer xlsx_gzip;

    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&xlsx, ROOM);
    pal_buffer_init(&xlsx_gzip, ROOM);
    helper_gzip(&gzip, csv);
    make_workbook(&xlsx);
    helper_gzip(&xlsx_gzip, pal_buffer_view(&xlsx));

    check(csv, "dir/x.csv", "[x||1]\n1: 0=a 1=b\n2: 0=1 1=2\n");
    check(pal_buffer_view(&gzip), "dir/x.csv.gz", "[x||1]\n1: 0=a 1=b\n2: 0=1 1=2\n");
    check(pal_buffer_view(&xlsx), "x.xlsx", "[Arrests||0]\n1: 0=Gender 2=7\n");
    check(pal_buffer_view(&xlsx_gzip), "x.xlsx.gz", "[Arrests||0]\n1: 0=Gender 2=7\n");
    /* The name says nothing. */
    check(pal_buffer_view(&xlsx), "x.csv", "[Arrests||0]\n1: 0=Gender 2=7\n");
    check(csv, "x.xlsx", "[x.xlsx||1]\n1: 0=a 1=b\n2: 0=1 1=2\n");

    pal_buffer_clear(&gzip);
    pal_buffer_clear(&xlsx);
    pal_buffer_clear(&xlsx_gzip);
}

static void make_nested_zip(struct pal_buffer *out)
{
    struct pal_view csv = PAL_VIEW("a\tb\n1\t2\n");
    struct pal_buffer gzip;
    struct pal_buffer xlsx;
    struct pal_buffer inner;
    struct pal_buffer innermost;

    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&xlsx, ROOM);
    pal_buffer_init(&inner, ROOM);
    pal_buffer_init(&innermost, ROOM);
    helper_gzip(&gzip, csv);
    make_workbook(&xlsx);
    helper_zip(&innermost, &(struct helper_member){"e.csv", csv}, 1);
    {
        struct helper_member members[] = {
            {"d.txt", csv},
            {"w.xlsx", pal_buffer_view(&xlsx)},
            {"deep.zip", pal_buffer_view(&innermost)},
        };
        helper_zip(&inner, members, 3);
    }
    {
        struct helper_member members[] = {
            {"folder/", PAL_VIEW("")},
            {"folder/a.txt", csv},
            {"about.pdf", PAL_VIEW("%PDF-1.7")},
            {"b.csv.gz", pal_buffer_view(&gzip)},
            {"c.xlsx", pal_buffer_view(&xlsx)},
            {"__MACOSX/._a.txt", PAL_VIEW("x")},
            {"README.txt", PAL_VIEW("Read this, please.\nIt is short.\n")},
            {"inner.zip", pal_buffer_view(&inner)},
            {"nothing.csv", PAL_VIEW("")},
            {"one.csv", PAL_VIEW("name\nx\n")},
        };
        helper_zip(out, members, sizeof members / sizeof *members);
    }
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&xlsx);
    pal_buffer_clear(&inner);
    pal_buffer_clear(&innermost);
}

static void a_zip_gives_the_sheets_of_all_its_members(void **state)
{
    (void)state;
    struct pal_buffer zip;

    pal_buffer_init(&zip, ROOM);
    make_nested_zip(&zip);
    check(pal_buffer_view(&zip), "release.zip",
          "[a|folder/a.txt|1]\n1: 0=a 1=b\n2: 0=1 1=2\n"
          "[b|b.csv.gz|1]\n1: 0=a 1=b\n2: 0=1 1=2\n"
          "[Arrests|c.xlsx|0]\n1: 0=Gender 2=7\n"
          "[d|inner.zip/d.txt|1]\n1: 0=a 1=b\n2: 0=1 1=2\n"
          "[Arrests|inner.zip/w.xlsx|0]\n1: 0=Gender 2=7\n"
          "[one|one.csv|1]\n1: 0=name\n2: 0=x\n"
          "-about.pdf: a PDF document\n"
          "-__MACOSX/._a.txt: a macOS side file, no table\n"
          "-README.txt: a text without columns\n"
          "-inner.zip/deep.zip: an archive nested too deep\n"
          "-nothing.csv: empty\n");
    pal_buffer_clear(&zip);
}

static void the_file_is_described(void **state)
{
    (void)state;
    struct pal_error err = {0};
    struct pal_source *source = NULL;
    const struct pal_source_info *info;
    char hex[PAL_DIGEST_HEX_SIZE + 1];

    assert_int_equal(pal_source_open_memory(PAL_VIEW("a;b\nLe\xF3n;2\n"), "dir/x.csv",
                                            NULL, &source, &err),
                     PAL_OK);
    info = pal_source_borrow_info(source);
    assert_true(pal_view_is_equal(info->path, PAL_VIEW("dir/x.csv")));
    assert_true(pal_view_is_equal(info->file, PAL_VIEW("x.csv")));
    assert_int_equal(info->size, 11);
    pal_digest_hex(&info->digest, hex);
    /* printf 'a;b\nLe\363n;2\n' | sha256sum */
    assert_string_equal(
        hex, "0c36eaf20e10c7f4533334696e83f1bf808390fe8f248374e06a967fd8df45bc");
    assert_int_equal(info->sheets[0].delimiter, ';');
    assert_int_equal(info->sheets[0].encoding, PAL_ENCODING_WINDOWS1252);
    assert_int_equal(info->sheets[0].stored_size, 11);
    assert_int_equal(info->skip_count, 0);
    pal_source_close(source);
}

static void windows_1252_found_late_in_a_gzip_file_is_said_at_the_end(void **state)
{
    (void)state;
    struct pal_error err = {0};
    struct pal_source *source = NULL;
    struct pal_sheet *sheet = NULL;
    struct pal_row row;
    struct pal_buffer text;
    struct pal_buffer gzip;
    uint64_t row_count = 0;

    pal_buffer_init(&text, ROOM);
    pal_buffer_init(&gzip, ROOM);
    for (int i = 0; i < 20000; i++) {
        pal_buffer_append_text(&text, "a,b,c,d\n");
    }
    pal_buffer_append_text(&text, "Le\xF3n,b");
    helper_gzip(&gzip, pal_buffer_view(&text));
    assert_int_equal(
        pal_source_open_memory(pal_buffer_view(&gzip), "x.csv.gz", NULL, &source, &err),
        PAL_OK);
    assert_int_equal(pal_source_borrow_info(source)->sheets[0].encoding,
                     PAL_ENCODING_UTF8);
    assert_int_equal(pal_sheet_open(source, 0, &sheet, &err), PAL_OK);
    for (;;) {
        assert_int_equal(pal_sheet_next(sheet, &row, &err), PAL_OK);
        if (row.cells == NULL) {
            break;
        }
        row_count++;
        if (row_count == 20001) {
            assert_true(pal_view_is_equal(row.cells[0].text, PAL_VIEW("Le\xC3\xB3n")));
        }
    }
    assert_int_equal(row_count, 20001);
    assert_int_equal(pal_sheet_bytes_read(sheet), gzip.size);
    assert_int_equal(pal_source_borrow_info(source)->sheets[0].encoding,
                     PAL_ENCODING_WINDOWS1252);
    pal_sheet_close(sheet);
    pal_source_close(source);
    pal_buffer_clear(&text);
    pal_buffer_clear(&gzip);
}

static void check_refused(struct pal_view content, const char *name, pal_status want,
                          const char *words)
{
    struct pal_error err = {0};
    struct pal_buffer out;
    pal_status status;

    pal_buffer_init(&out, ROOM);
    status = read_memory(content, name, NULL, &out, &err);
    if (status != want || strstr(err.text, words) == NULL ||
        strstr(err.text, name) == NULL) {
        print_error("%s: status %d, %s\n", name, (int)status, err.text);
        fail();
    }
    pal_buffer_clear(&out);
}

static void what_holds_no_table_is_named_with_what_to_do(void **state)
{
    (void)state;
    struct pal_buffer packed;

    check_refused(PAL_VIEW(""), "x.csv", PAL_INPUT, "it is empty");
    check_refused(PAL_VIEW("<html>"), "x.xlsx", PAL_INPUT, "a web page (HTML)");
    check_refused(PAL_VIEW("../../share/x.csv.gz"), "x.csv.gz", PAL_INPUT,
                  "(../../share/x.csv.gz): give the file that it points to");
    check_refused(PAL_VIEW("version https://git-lfs.github.com/spec/v1\n"), "x.csv",
                  PAL_INPUT, "git lfs pull");
    check_refused(PAL_VIEW("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "x.xls", PAL_INPUT,
                  "save it as .xlsx");
    check_refused(PAL_VIEW("\x01\x02\x03\x04\x05\x06\x07\x08"), "x.csv", PAL_INPUT,
                  "neither text");
    check_refused(PAL_VIEW("PAR1\x15\x04 pages PAR1"), "x.parquet", PAL_INPUT,
                  "parquet is read through the store");
    check_refused(PAL_VIEW("\x1F\x8B\x08"), "x.csv.gz", PAL_INPUT, "");
    check_refused(PAL_VIEW("PK\x03\x04 cut off"), "x.zip", PAL_INPUT, "");

    pal_buffer_init(&packed, ROOM);
    helper_zip(&packed, &(struct helper_member){"a.pdf", PAL_VIEW("%PDF-1.7")}, 1);
    check_refused(pal_buffer_view(&packed), "x.zip", PAL_INPUT,
                  "holds no table: a.pdf is a PDF document");
    pal_buffer_reset(&packed);
    helper_zip(&packed, NULL, 0);
    check_refused(pal_buffer_view(&packed), "x.zip", PAL_INPUT, "");
    pal_buffer_reset(&packed);
    helper_gzip(&packed, PAL_VIEW("%PDF-1.7"));
    check_refused(pal_buffer_view(&packed), "x.gz", PAL_INPUT, "a PDF document");
    pal_buffer_reset(&packed);
    helper_zip(&packed,
               (struct helper_member[]){{"[Content_Types].xml", PAL_VIEW("<Types/>")},
                                        {"word/document.xml", PAL_VIEW("<w/>")}},
               2);
    check_refused(pal_buffer_view(&packed), "x.docx", PAL_INPUT,
                  "a text document (.docx)");
    pal_buffer_clear(&packed);
}

static void an_error_in_a_row_names_file_sheet_and_row(void **state)
{
    (void)state;
    struct pal_buffer zip;

    check_refused(PAL_VIEW("a,b\nc,d\ne,\"f\ng,h\n"), "dir/x.csv", PAL_INPUT,
                  "dir/x.csv, sheet x, row 3: the quote that opens in column 2");
    pal_buffer_init(&zip, ROOM);
    helper_zip(&zip, &(struct helper_member){"m/y.csv", PAL_VIEW("a,b\nc,\"d\n")}, 1);
    check_refused(pal_buffer_view(&zip), "x.zip", PAL_INPUT,
                  "x.zip, m/y.csv, sheet y, row 2: ");
    pal_buffer_clear(&zip);
}

static void a_flipped_bit_is_found_by_the_end(void **state)
{
    (void)state;
    struct pal_buffer gzip;
    struct pal_buffer text;
    struct pal_buffer out;
    struct pal_error err = {0};

    pal_buffer_init(&gzip, ROOM);
    pal_buffer_init(&text, ROOM);
    pal_buffer_init(&out, ROOM);
    for (int i = 0; i < 50000; i++) {
        pal_buffer_append_text(&text, "a,b,c,d\n");
    }
    helper_gzip(&gzip, pal_buffer_view(&text));
    gzip.data[gzip.size - 100] = (char)(gzip.data[gzip.size - 100] ^ 1);
    assert_int_equal(read_memory(pal_buffer_view(&gzip), "x.csv.gz", NULL, &out, &err),
                     PAL_INPUT);
    pal_buffer_clear(&gzip);
    pal_buffer_clear(&text);
    pal_buffer_clear(&out);
}

static void limits_are_kept_and_named(void **state)
{
    (void)state;
    struct pal_source_limits limits = pal_source_limits_default;
    struct pal_error err = {0};
    struct pal_buffer out;
    struct pal_buffer zip;

    pal_buffer_init(&out, ROOM);
    pal_buffer_init(&zip, ROOM);
    make_nested_zip(&zip);
    limits.part_max = 12;
    assert_int_equal(read_memory(pal_buffer_view(&zip), "x.zip", &limits, &out, &err),
                     PAL_LIMIT);
    assert_non_null(strstr(err.text, "12 members"));
    limits = pal_source_limits_default;
    limits.row_max = 2;
    assert_int_equal(read_memory(PAL_VIEW("a\nb\nc\n"), "x.csv", &limits, &out, &err),
                     PAL_LIMIT);
    assert_non_null(strstr(err.text, "x.csv, sheet x, row 3: more than 2 rows"));
    pal_buffer_clear(&zip);
    pal_buffer_clear(&out);
}

static void files_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const suffixes[] = {"", "/missing.csv", "/pipe", "/empty.csv"};
    static const char *const words[] = {"folder", "no such file", "pipe", "empty"};
    static const pal_status wants[] = {PAL_INPUT, PAL_IO, PAL_INPUT, PAL_INPUT};
    char folder[] = "/tmp/pal_t_source_XXXXXX";
    char path[64];
    int file;

    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    (void)snprintf(path, sizeof path, "%s/empty.csv", folder);
    file = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    for (size_t i = 0; i < 4; i++) {
        struct pal_source *source = NULL;
        struct pal_error err = {0};

        (void)snprintf(path, sizeof path, "%s%s", folder, suffixes[i]);
        assert_int_equal(pal_source_open(path, NULL, &source, &err), wants[i]);
        assert_null(source);
        assert_non_null(strstr(err.text, words[i]));
        assert_non_null(strstr(err.text, path));
    }
    {
        struct pal_source *source = NULL;
        struct pal_error err = {0};

        assert_int_equal(pal_source_open("/dev/null", NULL, &source, &err), PAL_INPUT);
        assert_non_null(strstr(err.text, "device"));
    }
    (void)snprintf(path, sizeof path, "%s/empty.csv", folder);
    if (geteuid() != 0) {
        struct pal_source *source = NULL;
        struct pal_error err = {0};

        assert_int_equal(chmod(path, 0), 0);
        assert_int_equal(pal_source_open(path, NULL, &source, &err), PAL_IO);
        assert_non_null(strstr(err.text, "permitted"));
    }
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_csv_on_disk_reads_as_it_does_in_memory(void **state)
{
    (void)state;
    char path[] = "/tmp/pal_t_source_XXXXXX";
    struct pal_error err = {0};
    struct pal_source *source = NULL;
    struct pal_source *memory = NULL;
    struct pal_buffer content;
    struct pal_buffer from_disk;
    struct pal_buffer from_memory;
    int file = mkstemp(path);

    assert_true(file >= 0);
    pal_buffer_init(&content, ROOM);
    pal_buffer_init(&from_disk, ROOM);
    pal_buffer_init(&from_memory, ROOM);
    for (int i = 0; i < 20000; i++) {
        pal_buffer_append_format(&content, "%d|\"a \"\"%d\"\"\"|Le\xC3\xB3n\r\n", i, i);
    }
    assert_int_equal(write(file, content.data, content.size), (ssize_t)content.size);
    assert_int_equal(close(file), 0);
    assert_int_equal(pal_source_open(path, NULL, &source, &err), PAL_OK);
    assert_int_equal(
        pal_source_open_memory(pal_buffer_view(&content), path, NULL, &memory, &err),
        PAL_OK);
    assert_memory_equal(&pal_source_borrow_info(source)->digest,
                        &pal_source_borrow_info(memory)->digest, PAL_DIGEST_SIZE);
    assert_int_equal(pal_source_borrow_info(source)->size, content.size);
    assert_int_equal(write_source(source, &from_disk, &err), PAL_OK);
    assert_int_equal(write_source(memory, &from_memory, &err), PAL_OK);
    assert_string_equal(from_disk.data, from_memory.data);
    pal_source_close(source);
    pal_source_close(memory);
    pal_buffer_clear(&content);
    pal_buffer_clear(&from_disk);
    pal_buffer_clear(&from_memory);
    assert_int_equal(unlink(path), 0);
}

static void running_out_of_memory_is_said_and_leaks_nothing(void **state)
{
    (void)state;
    struct pal_buffer zip;
    pal_status status = PAL_MEMORY;
    size_t n = 0;

    pal_buffer_init(&zip, ROOM);
    make_nested_zip(&zip);
    while (status != PAL_OK) {
        struct pal_error err = {0};
        struct pal_buffer out;

        pal_buffer_init(&out, ROOM);
        pal_alloc_fail_after(++n);
        status = read_memory(pal_buffer_view(&zip), "x.zip", NULL, &out, &err);
        if (status == PAL_OK) {
            status = pal_buffer_status(&out, &err);
        }
        pal_alloc_fail_after(0);
        pal_buffer_clear(&out);
        if (status != PAL_OK && status != PAL_MEMORY) {
            print_error("allocation %zu: status %d, %s\n", n, (int)status, err.text);
            fail();
        }
    }
    assert_true(n > 50);
    pal_buffer_clear(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_gives_its_sheets),
        cmocka_unit_test(a_zip_gives_the_sheets_of_all_its_members),
        cmocka_unit_test(the_file_is_described),
        cmocka_unit_test(windows_1252_found_late_in_a_gzip_file_is_said_at_the_end),
        cmocka_unit_test(what_holds_no_table_is_named_with_what_to_do),
        cmocka_unit_test(an_error_in_a_row_names_file_sheet_and_row),
        cmocka_unit_test(a_flipped_bit_is_found_by_the_end),
        cmocka_unit_test(limits_are_kept_and_named),
        cmocka_unit_test(files_that_are_none_are_refused),
        cmocka_unit_test(a_csv_on_disk_reads_as_it_does_in_memory),
        cmocka_unit_test(running_out_of_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
