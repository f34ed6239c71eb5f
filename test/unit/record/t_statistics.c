#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "helper_sheet.h"

static const char *harvest(const char *sheet, const char *const *lines, size_t count)
{
    struct helper_sheet options = {.name = sheet};
    return helper_harvest(&options, lines, count);
}
#define HARVEST(sheet, lines) harvest(sheet, lines, sizeof(lines) / sizeof((lines)[0]))

static void blocks_are_found_by_their_labels_and_the_cells_stay_notes(void **state)
{
    static const char *const lines[] = {
        "U.S. Immigration and Customs Enforcement",
        "-",
        ("ICE Currently Detained||ICE Initial Book-Ins by Arresting Agency and Month: "
         "EOFY2020"),
        "Agency|x|Agency|Oct|Nov|Jan|Total",
        "ICE|#7|Total|#24728|#22369|#22780|#182869",
        "CBP|#8|CBP|13,303|#12643||#83095",
        "||ICE  |#11425|#9726|#11912|#99774",
        "-",
        "ICE|#9|ICE|#1|#1|#1|#1",
    };
    (void)state;
    assert_string_equal(
        HARVEST("Detention EOFY2020", lines),
        "table custody_statistic, header 0, read 7, stored 7, rejected 0, blank 0\n"
        "fact 5:3 2020-10 book_ins total all 24728\n"
        "fact 5:4 2020-11 book_ins total all 22369\n"
        "fact 5:5 2020-1 book_ins total all 22780\n"
        "fact 5:6 2020-0 book_ins total all 182869\n"
        "fact 6:3 2020-10 book_ins CBP all 13303\n"
        "fact 6:4 2020-11 book_ins CBP all 12643\n"
        "fact 6:6 2020-0 book_ins CBP all 83095\n"
        "fact 7:3 2020-10 book_ins ICE all 11425\n"
        "fact 7:4 2020-11 book_ins ICE all 9726\n"
        "fact 7:5 2020-1 book_ins ICE all 11912\n"
        "fact 7:6 2020-0 book_ins ICE all 99774\n");
}

static void oddity_06_row_order_trailing_blanks_and_offsets_do_not_matter(void **state)
{
    static const char *const lines[] = {
        ("|ICE Average Daily Population by Arresting Agency, Month and Criminality: "
         "FY2019 "),
        "|Agency|Oct|FY Overall",
        "|ICE Average  |#21367.5|#20115",
        "|Convicted  Criminal |#15238|#14025",
        "|Non-Criminal|#6129.5|#6089",
        "|CBP Average|#24216|#30050",
        "|Convicted Criminal|#5607|#5598",
        "|Average |#45584|#50165",
        ("|ICE Average Length of Stay by Arresting Agency, Month and Criminality: "
         "FY2019"),
        "|Agency|Oct|FY Overall",
        "|CBP Average|#25|#26",
    };
    (void)state;
    assert_string_equal(
        HARVEST("Sheet1", lines),
        "table custody_statistic, header 0, read 11, stored 11, rejected 0, blank 0\n"
        "fact 3:2 2019-10 average_daily_population ICE all 21367.5\n"
        "fact 3:3 2019-0 average_daily_population ICE all 20115\n"
        "fact 4:2 2019-10 average_daily_population ICE Convicted Criminal 15238\n"
        "fact 4:3 2019-0 average_daily_population ICE Convicted Criminal 14025\n"
        "fact 5:2 2019-10 average_daily_population ICE Non-Criminal 6129.5\n"
        "fact 5:3 2019-0 average_daily_population ICE Non-Criminal 6089\n"
        "fact 6:2 2019-10 average_daily_population CBP all 24216\n"
        "fact 6:3 2019-0 average_daily_population CBP all 30050\n"
        "fact 7:2 2019-10 average_daily_population CBP Convicted Criminal 5607\n"
        "fact 7:3 2019-0 average_daily_population CBP Convicted Criminal 5598\n"
        "fact 8:2 2019-10 average_daily_population total all 45584\n"
        "fact 8:3 2019-0 average_daily_population total all 50165\n");
}

static void oddity_07_the_fiscal_year_comes_from_the_label_then_the_sheet(void **state)
{
    static const struct {
        const char *sheet;
        const char *title;
        const char *want; /* NULL: no fact */
    } rows[] = {
        {"Detention EOFY2020", "Initial Book-Ins by Arresting Agency and Month: FY2022",
         "2022-10"},
        {"Detention EOFY2020", "Initial Book-Ins by Arresting Agency and Month",
         "2020-10"},
        {"Detention FY19", "Initial Book-Ins by Arresting Agency and Month", "2019-10"},
        {"x", "Initial Book-Ins by Arresting Agency and Month: FY 2021 YTD", "2021-10"},
        {"x", "Initial Book-Ins by Arresting Agency and Month", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *lines[] = {rows[i].title, "Agency|Oct", "ICE|#5"};
        const char *found = HARVEST(rows[i].sheet, lines);
        bool is_right = rows[i].want == NULL ? strstr(found, "fact") == NULL
                                             : strstr(found, rows[i].want) != NULL;
        if (!is_right) {
            fail_msg("%s / %s: %s", rows[i].sheet, rows[i].title, found);
        }
    }
}

static void a_month_that_has_not_happened_gives_no_zero(void **state)
{
    static const char *const lines[] = {
        "ICE Initial Book-Ins by Arresting Agency and Month: FY2026",
        "Agency|Oct|Nov|Dec|Total",
        "Total|#10|#3|#0|#13",
        "CBP|#4|#0||#4",
        "ICE|#6|#3||#9",
    };
    (void)state;
    const char *found = HARVEST("Detention FY26", lines);
    assert_null(strstr(found, "2026-12"));
    assert_non_null(strstr(found, "fact 4:2 2026-11 book_ins CBP all 0\n"));
}

static void a_title_without_a_block_gives_no_fact(void **state)
{
    static const char *const lines[] = {
        "ICE Initial Book-Ins by Arresting Agency and Month: FY2020",
        "-",
        "-",
        "-",
        "Agency|Oct|Nov",
        "ICE|#1|#2",
    };
    (void)state;
    assert_string_equal(
        HARVEST("x", lines),
        "table custody_statistic, header 0, read 3, stored 3, rejected 0, blank 0\n");
}

/* ---- the agency's own files ---- */

struct sheet_rows {
    struct pal_row_stream base;
    struct pal_sheet *sheet;
};

static pal_status next_row(struct pal_row_stream *self, struct pal_row *row,
                           struct pal_error *err)
{
    return pal_sheet_next(((struct sheet_rows *)self)->sheet, row, err);
}

struct sought {
    int32_t fiscal_year;
    int32_t month;
    const char *statistic;
    const char *agency;
    const char *category;
    double value;
    bool is_found;
};

static void note_fact(const struct pal_statistic *fact, struct sought *sought,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sought[i].fiscal_year == fact->fiscal_year &&
            sought[i].month == fact->month &&
            pal_view_is_equal(fact->statistic, pal_view_of(sought[i].statistic)) &&
            pal_view_is_equal(fact->agency, pal_view_of(sought[i].agency)) &&
            pal_view_is_equal(fact->category, pal_view_of(sought[i].category))) {
            assert_false(sought[i].is_found);
            sought[i].is_found = true;
            assert_true(fact->value > sought[i].value - 0.001 &&
                        fact->value < sought[i].value + 0.001);
        }
    }
}

static size_t harvest_file(const char *path, struct sought *sought, size_t count)
{
    static const uint8_t key[PAL_KEY_SIZE] = {1};
    struct pal_source *source = NULL;
    struct pal_intern *terms = NULL;
    struct pal_batch *batch = NULL;
    size_t fact_count = 0;
    HELPER_OK(pal_intern_new(&terms, helper_err));
    HELPER_OK(pal_batch_new(&batch, helper_err));
    HELPER_OK(pal_source_open(path, NULL, &source, helper_err));
    const struct pal_source_info *info = pal_source_borrow_info(source);
    for (size_t i = 0; i < info->sheet_count; i++) {
        struct sheet_rows rows = {{next_row}, NULL};
        struct pal_harvest *sheet = NULL;
        bool is_end = false;
        struct pal_harvest_options options = {
            info->sheets[i].name, PAL_VIEW(""), PAL_VIEW("d"), key, false, false};
        HELPER_OK(pal_sheet_open(source, i, &rows.sheet, helper_err));
        HELPER_OK(pal_harvest_open(helper_dictionary(), &rows.base, terms, &options,
                                   &sheet, helper_err));
        while (!is_end) {
            HELPER_OK(pal_harvest_next(sheet, batch, &is_end, helper_err));
            for (size_t k = 0; k < batch->statistic_count; k++) {
                note_fact(&batch->statistics[k], sought, count);
            }
            fact_count += batch->statistic_count;
        }
        pal_harvest_close(sheet);
        pal_sheet_close(rows.sheet);
    }
    pal_source_close(source);
    pal_batch_free(batch);
    pal_intern_free(terms);
    return fact_count;
}

static void the_agencys_files_give_the_published_monthly_figures(void **state)
{
    static struct sought fy2019[] = {
        {2019, 10, "book_ins", "ICE", "all", 11892, false},
        {2019, 0, "book_ins", "CBP", "all", 373770, false},
        {2019, 10, "average_daily_population", "CBP", "all", 24216.4516, false},
        {2019, 9, "average_daily_population", "total", "Non-Criminal", 35636.9, false},
    };
    static struct sought fy2020[] = {
        {2020, 10, "book_ins", "ICE", "all", 11425, false},
        {2020, 11, "book_ins", "ICE", "all", 9726, false},
        {2020, 12, "book_ins", "ICE", "all", 9900, false},
        {2020, 1, "book_ins", "ICE", "all", 11912, false},
        {2020, 2, "book_ins", "ICE", "all", 11490, false},
        {2020, 3, "book_ins", "ICE", "all", 10175, false},
        {2020, 4, "book_ins", "ICE", "all", 5613, false},
        {2020, 0, "book_ins", "total", "all", 182869, false},
        {2020, 0, "average_daily_population", "total", "all", 33723.97814, false},
    };
    static struct sought fy2021[] = {
        {2021, 9, "book_ins", "ICE", "all", 1291, false},
        {2021, 9, "average_daily_population", "ICE", "Convicted Criminal", 4000.63636,
         false},
    };
    static struct sought fy2022[] = {{2022, 10, "book_ins", "ICE", "all", 4328, false}};
    static struct sought fy2026[] = {
        {2026, 2, "book_ins", "ICE", "all", 7137, false},
        {2026, 2, "average_daily_population", "total", "all", 70394.285714, false},
    };
    static const struct {
        const char *file;
        struct sought *sought;
        size_t count;
        size_t fact_count;
    } files[] = {
        {"FY19-detentionstats.xlsx", fy2019, 4, 156},
        {"FY20-detentionstats.xlsx", fy2020, 9, 195},
        {"FY21-detentionstats.xlsx", fy2021, 2, 195},
        {"FY22-detentionStats.xlsx", fy2022, 1, 195},
        {"FY23_detentionStats.xlsx", NULL, 0, 195},
        {"FY24_detentionStats.xlsx", NULL, 0, 195},
        {"FY25_detentionStats09242025.xlsx", NULL, 0, 195},
        {"FY26_detentionStats_02122026.xlsx", fy2026, 2, 90},
    };
    const char *data = getenv("PAL_SHARED_DATA");
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[1024];
        (void)snprintf(path, sizeof path, "%s/detention-statistics/%s",
                       data == NULL ? "" : data, files[i].file);
        if (access(path, R_OK) != 0) {
            print_message("%s is not here: skipped\n", path);
            skip();
        }
        size_t found = harvest_file(path, files[i].sought, files[i].count);
        if (found != files[i].fact_count) {
            fail_msg("%s gave %zu facts", files[i].file, found);
        }
        for (size_t k = 0; k < files[i].count; k++) {
            if (!files[i].sought[k].is_found) {
                fail_msg("%s: %zu not found", files[i].file, k);
            }
        }
    }
}

static int clear(void **state)
{
    (void)state;
    helper_clear();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_found_by_their_labels_and_the_cells_stay_notes),
        cmocka_unit_test(oddity_06_row_order_trailing_blanks_and_offsets_do_not_matter),
        cmocka_unit_test(oddity_07_the_fiscal_year_comes_from_the_label_then_the_sheet),
        cmocka_unit_test(a_month_that_has_not_happened_gives_no_zero),
        cmocka_unit_test(a_title_without_a_block_gives_no_fact),
        cmocka_unit_test(the_agencys_files_give_the_published_monthly_figures),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
