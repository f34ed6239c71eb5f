#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_expat.h"
#include "source/source.h"

enum { ROOM = 1 << 27 };

#define SEATTLE "seattle/redacted UW v. DHS - ICE Productions_LESA-STU_FINAL.xlsx"
#define DETAINERS "detainers/rif-FOIA 15-87693 _07262015_LESA-STU_FINAL FY15YTD.xlsx"

/* Gives false, and skips, where the released files are not at hand. */
static bool has_path(const char *name, char *path, size_t room)
{
    const char *folder = getenv("PAL_SHARED_DATA");
    FILE *file;

    if (folder == NULL) {
        print_message("PAL_SHARED_DATA is not set: no released files to read\n");
        return false;
    }
    (void)snprintf(path, room, "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL) {
        print_message("%s is not there\n", path);
        return false;
    }
    (void)fclose(file);
    return true;
}

static const struct {
    const char *file;
    const char *sheet;
    uint64_t header;         /* the row of its column names */
    uint64_t data;           /* rows behind it */
    const char *first;       /* the first cell of the header */
    enum pal_cell_kind kind; /* of the first cell of the row behind */
} sheets[] = {
    {DETAINERS, "FOIA 15-06333 Detail", 1, 79053, "Prepare Date", PAL_CELL_DATE},
    {SEATTLE, "Arrests", 7, 32549, "Arrest Date", PAL_CELL_DATE},
    {SEATTLE, "Book Ins", 7, 36811, NULL, PAL_CELL_DATE},
    {SEATTLE, "Expedited Removals", 7, 6529, NULL, PAL_CELL_DATE},
    {SEATTLE, "Other Removals", 7, 20384, NULL, PAL_CELL_DATE},
};

static size_t find_sheet(const struct pal_source *source, const char *name)
{
    const struct pal_source_info *info = pal_source_borrow_info(source);

    for (size_t i = 0; i < info->sheet_count; i++) {
        if (pal_view_is_equal(info->sheets[i].name, pal_view_of(name))) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void check_sheet(struct pal_source *source, size_t which)
{
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};
    uint64_t data = 0;
    size_t index = find_sheet(source, sheets[which].sheet);

    assert_true(index != SIZE_MAX);
    assert_int_equal(pal_sheet_open(source, index, &sheet, NULL), PAL_OK);
    for (;;) {
        assert_int_equal(pal_sheet_next(sheet, &row, NULL), PAL_OK);
        if (row.cells == NULL) {
            break;
        }
        data += row.number > sheets[which].header && row.cell_count > 0;
        if (row.number == sheets[which].header && sheets[which].first != NULL) {
            assert_true(
                pal_view_is_equal(row.cells[0].text, pal_view_of(sheets[which].first)));
        }
        if (row.number == sheets[which].header + 1) {
            assert_int_equal(row.cells[0].column, 0);
            assert_int_equal(row.cells[0].kind, sheets[which].kind);
        }
    }
    assert_int_equal(data, sheets[which].data);
    assert_int_equal(pal_sheet_bytes_read(sheet),
                     pal_source_borrow_info(source)->sheets[index].stored_size);
    pal_sheet_close(sheet);
}

static void released_workbooks_hold_the_rows_that_are_known(void **state)
{
    char path[4096];

    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        struct pal_source *source = NULL;

        if (!has_path(sheets[i].file, path, sizeof path)) {
            skip();
        }
        assert_int_equal(pal_source_open(path, NULL, &source, NULL), PAL_OK);
        check_sheet(source, i);
        pal_source_close(source);
    }
}

/* The agency's statistics say I21 to V21 by month; the README's check values. */
static void the_agencys_own_statistics_are_where_they_were_seen(void **state)
{
    static const double want[] = {11425, 9726, 9900, 11912, 11490, 10175, 5613};
    struct pal_source *source = NULL;
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};
    char path[4096];
    bool is_found = false;

    (void)state;
    if (!has_path("detention-statistics/FY20-detentionstats.xlsx", path, sizeof path)) {
        skip();
    }
    assert_int_equal(pal_source_open(path, NULL, &source, NULL), PAL_OK);
    assert_int_equal(
        pal_sheet_open(source, find_sheet(source, "Detention EOFY2020"), &sheet, NULL),
        PAL_OK);
    do {
        assert_int_equal(pal_sheet_next(sheet, &row, NULL), PAL_OK);
        for (size_t i = 0; !is_found && row.number >= 19 && row.number <= 22 &&
                           i + 7 < row.cell_count;
             i++) {
            size_t same = 0;

            while (same < 7 && row.cells[i + same].number == want[same]) {
                same++;
            }
            is_found = same == 7;
        }
    } while (row.cells != NULL);
    assert_true(is_found);
    pal_sheet_close(sheet);
    pal_source_close(source);
}

static void read_member(struct pal_archive *archive, const char *name,
                        struct pal_buffer *out)
{
    struct pal_part *part = NULL;
    size_t index = pal_archive_find(archive, pal_view_of(name));

    pal_buffer_reset(out);
    if (index == SIZE_MAX) {
        return;
    }
    assert_int_equal(pal_archive_open_part(archive, index, &part, NULL), PAL_OK);
    assert_int_equal(pal_part_read_all(part, out, NULL), PAL_OK);
    pal_part_close(part);
}

static void compare_sheets(struct pal_archive *archive, struct pal_buffer work[3])
{
    struct pal_shared_strings strings;
    struct pal_styles styles = {0};
    struct pal_sheet_context context = {.strings = &strings, .styles = &styles};
    struct pal_part *part = NULL;
    char name[64];

    pal_shared_strings_init(&strings, &pal_source_limits_default);
    assert_int_equal(
        pal_archive_open_part(
            archive, pal_archive_find(archive, PAL_VIEW("xl/styles.xml")), &part, NULL),
        PAL_OK);
    assert_int_equal(pal_styles_read(&styles, part, &pal_source_limits_default, NULL),
                     PAL_OK);
    assert_int_equal(pal_archive_open_part(
                         archive,
                         pal_archive_find(archive, PAL_VIEW("xl/sharedStrings.xml")),
                         &part, NULL),
                     PAL_OK);
    assert_int_equal(
        pal_shared_strings_read(&strings, part, &pal_source_limits_default, NULL),
        PAL_OK);
    for (int i = 1; i < 20; i++) {
        (void)snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i);
        read_member(archive, name, &work[0]);
        if (work[0].size == 0) {
            continue;
        }
        pal_buffer_reset(&work[1]);
        pal_buffer_reset(&work[2]);
        assert_true(helper_expat_sheet(pal_buffer_view(&work[0]), &context, &work[1]));
        assert_int_equal(helper_read_sheet(pal_buffer_view(&work[0]), &context,
                                           &pal_source_limits_default, 5000, &work[2],
                                           NULL),
                         PAL_OK);
        if (!pal_view_is_equal(pal_buffer_view(&work[1]), pal_buffer_view(&work[2]))) {
            print_error("%s differs\n", name);
            fail();
        }
    }
    pal_shared_strings_clear(&strings);
    pal_styles_clear(&styles);
}

static void released_workbooks_read_as_expat_reads_them(void **state)
{
    static const char *const files[] = {
        "detention-statistics/FY19-detentionstats.xlsx",
        "detention-statistics/FY25_detentionStats09242025.xlsx", SEATTLE, DETAINERS};
    struct pal_buffer content;
    struct pal_buffer work[3];

    (void)state;
    pal_buffer_init(&content, ROOM);
    for (size_t i = 0; i < 3; i++) {
        pal_buffer_init(&work[i], ROOM);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct pal_archive *archive = NULL;
        char path[4096];

        if (!has_path(files[i], path, sizeof path)) {
            skip();
        }
        pal_buffer_reset(&content);
        assert_int_equal(pal_file_read(path, &content, NULL), PAL_OK);
        assert_int_equal(pal_archive_open(pal_buffer_view(&content),
                                          &pal_source_limits_default, &archive, NULL),
                         PAL_OK);
        compare_sheets(archive, work);
        pal_archive_close(archive);
    }
    pal_buffer_clear(&content);
    for (size_t i = 0; i < 3; i++) {
        pal_buffer_clear(&work[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(released_workbooks_hold_the_rows_that_are_known),
        cmocka_unit_test(the_agencys_own_statistics_are_where_they_were_seen),
        cmocka_unit_test(released_workbooks_read_as_expat_reads_them),
    };
    struct pal_error err = {0};

    if (pal_hash_setup(&err) != PAL_OK) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
