#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "source/source.h"

static const char *data_folder(void)
{
    static struct pal_source *source;
    static char probe[1024];
    const char *folder = getenv("PAL_SHARED_DATA");

    if (folder == NULL) {
        return NULL;
    }
    (void)snprintf(probe, sizeof probe, "%s/geography/ice-areas-of-responsibility.csv",
                   folder);
    if (pal_source_open(probe, NULL, &source, NULL) != PAL_OK) {
        return NULL;
    }
    pal_source_close(source);
    return folder;
}

struct counts {
    uint64_t row_count;
    uint64_t cell_count;
    uint32_t width_max;
};

static struct counts count_sheet(struct pal_source *source, size_t index)
{
    struct counts counts = {0};
    struct pal_error err = {0};
    struct pal_sheet *sheet = NULL;
    struct pal_row row = {0};

    assert_int_equal(pal_sheet_open(source, index, &sheet, &err), PAL_OK);
    for (;;) {
        if (pal_sheet_next(sheet, &row, &err) != PAL_OK) {
            print_error("%s\n", err.text);
            fail();
        }
        if (row.cells == NULL) {
            break;
        }
        counts.row_count++;
        assert_int_equal(row.number, counts.row_count);
        counts.cell_count += row.cell_count;
        if (row.cell_count > 0 &&
            row.cells[row.cell_count - 1].column >= counts.width_max) {
            counts.width_max = row.cells[row.cell_count - 1].column + 1;
        }
    }
    pal_sheet_close(sheet);
    return counts;
}

static void released_files_have_the_rows_that_their_readme_counts(void **state)
{
    (void)state;
    /* Rows: the data rows of the data folder's README and the rows above them. For the areas
     * the README says 425, one less than there are: the last line has no line end. */
    static const struct {
        const char *file;
        const char *sheet;
        char delimiter;
        uint64_t row_count;
        uint32_t width;
    } rows[] = {
        {"arrests/EROArrests_FY2016.csv.gz", "EROArrests_FY2016", '|', 110104 + 6, 9},
        {"arrests/EROArrests_FY2017.csv.gz", "EROArrests_FY2017", '|', 143470 + 6, 9},
        {"arrests/EROArrests_FY2018.csv.gz", "EROArrests_FY2018", '|', 158581 + 6, 9},
        {"arrests/EROArrests_FY2019.csv.gz", "EROArrests_FY2019", '|', 131904 + 6, 9},
        {"removals/ICERemovals_FY2017.csv.gz", "ICERemovals_FY2017", '|', 226119 + 6,
         10},
        {"removals/ICERemovals_FY2018.csv.gz", "ICERemovals_FY2018", '|', 256085 + 6,
         10},
        {"removals/ICERemovals_FY2019.csv.gz", "ICERemovals_FY2019", '|', 241513 + 6,
         10},
        {"encounters/EROEncounters_FY2019.csv.gz", "EROEncounters_FY2019", '|',
         396384 + 6, 8},
        {"geography/ice-areas-of-responsibility.csv", "ice-areas-of-responsibility",
         ',', 426 + 1, 4},
        {"schemas/ice_original_columns_by_file.csv", "ice_original_columns_by_file",
         ',', 128 + 1, 4},
    };
    const char *folder = data_folder();

    if (folder == NULL) {
        print_message("PAL_SHARED_DATA does not name the folder of released files\n");
        skip();
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pal_source *source = NULL;
        struct pal_error err = {0};
        const struct pal_source_info *info;
        struct counts counts;
        char path[1024];

        (void)snprintf(path, sizeof path, "%s/%s", folder, rows[i].file);
        if (pal_source_open(path, NULL, &source, &err) != PAL_OK) {
            print_error("%s\n", err.text);
            fail();
        }
        info = pal_source_borrow_info(source);
        assert_int_equal(info->sheet_count, 1);
        assert_int_equal(info->skip_count, 0);
        assert_true(
            pal_view_is_equal(info->sheets[0].name, pal_view_of(rows[i].sheet)));
        assert_int_equal(info->sheets[0].delimiter, rows[i].delimiter);
        assert_int_equal(info->sheets[0].encoding, PAL_ENCODING_UTF8);
        counts = count_sheet(source, 0);
        if (counts.row_count != rows[i].row_count ||
            counts.width_max != rows[i].width) {
            print_error("%s: %llu rows, %u columns\n", rows[i].file,
                        (unsigned long long)counts.row_count, counts.width_max);
            fail();
        }
        pal_source_close(source);
    }
}

static void the_staffing_zip_has_nine_tables_and_a_document(void **state)
{
    (void)state;
    const char *folder = data_folder();
    struct pal_source *source = NULL;
    struct pal_error err = {0};
    const struct pal_source_info *info;
    uint64_t officers = 0;
    char path[1024];

    if (folder == NULL) {
        print_message("PAL_SHARED_DATA does not name the folder of released files\n");
        skip();
    }
    (void)snprintf(path, sizeof path,
                   "%s/staffing/opm-status-employment-202503-202409.zip", folder);
    assert_int_equal(pal_source_open(path, NULL, &source, &err), PAL_OK);
    info = pal_source_borrow_info(source);
    assert_int_equal(info->sheet_count, 9);
    assert_int_equal(info->skip_count, 1);
    assert_string_equal(info->skips[0].reason, "a PDF document");
    for (size_t i = 0; i < info->sheet_count; i++) {
        struct pal_sheet *sheet = NULL;
        struct pal_row row;

        assert_int_equal(info->sheets[i].delimiter, '\t');
        assert_true(count_sheet(source, i).row_count > 10);
        if (pal_view_find(info->sheets[i].name, PAL_VIEW("PayPlan_Grade_Series")) ==
            info->sheets[i].name.size) {
            continue;
        }
        /* ICE's deportation officers, series 1801: 6,860 in March 2025 and 6,914 in September
         * 2024; groups of ten or less are not counted out. */
        assert_int_equal(pal_sheet_open(source, i, &sheet, &err), PAL_OK);
        do {
            assert_int_equal(pal_sheet_next(sheet, &row, &err), PAL_OK);
            if (row.cell_count == 12 &&
                pal_view_is_equal(row.cells[3].text, PAL_VIEW("HSBB")) &&
                pal_view_is_equal(row.cells[5].text, PAL_VIEW("1801"))) {
                int64_t count = 0;

                (void)pal_parse_i64(row.cells[9].text, 0, 100000, &count);
                officers += (uint64_t)count;
            }
        } while (row.cells != NULL);
        pal_sheet_close(sheet);
    }
    assert_int_equal(officers, 6914 + 6860);
    pal_source_close(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(released_files_have_the_rows_that_their_readme_counts),
        cmocka_unit_test(the_staffing_zip_has_nine_tables_and_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
