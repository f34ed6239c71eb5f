/* The report of a small study made in memory: what it says, what it hides, and that the same
 * study gives the same bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "publish/publish.h"

/* Arrests of 2019: 2,190 in Boston (6 a day), 730 in Chicago (2 a day), 3,650 in Dallas (10 a
 * day), 365 without an area (1 a day); every third at large. The landmark of each is SECRET
 * PLACE. Detainers by state: Massachusetts 10 declined, 20 transferred, 70 unknown. */
static const char rows[] =
    "INSERT INTO file VALUES (1, 'arrests.csv', 'arrests.csv', 'aa11', 1, 'R', 'csv'),"
    " (2, 'detainers.csv', 'detainers.csv', 'bb22', 1, 'D', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, rows_read, rows_stored, rows_rejected, rows_blank, recorded) VALUES"
    " (1, 1, 'a', '', 'arrest', 'csv', '', '', 6936, 6935, 0, 1, 16383),"
    " (2, 2, 'd', '', 'detainer', 'csv', '', '', 100, 100, 0, 0, 16383);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 6935, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 6570, 365, 0, 0, 0),"
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 6935, 0, 0, 0, 0),"
    " (1, 3, 'Alien File Number', NULL, 'direct', true, 0, 0, 0, 0, 6935),"
    " (2, 0, 'Prepare Date', 'detainer_prepare_date', 'public', true, 100, 0, 0, 0, 0),"
    " (2, 1, 'State', 'facility_state', 'public', true, 100, 0, 0, 0, 0),"
    " (2, 2, 'Lift', 'detainer_lift_reason', 'public', true, 30, 70, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"
    " (1, 'Chicago Area of Responsibility'), (2, 'Dallas Area of Responsibility'),"
    " (3, 'Located'), (4, 'CAP Local Incarceration'), (5, 'SECRET PLACE'),"
    " (6, 'MASSACHUSETTS'), (7, 'Detainer Declined by LEA'), (8, 'Booked into "
    "Detention');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method, apprehension_site_landmark)"
    " SELECT 1, i + 2, 0, 0, DATE '2019-01-01' + CAST(i // 19 AS INTEGER),"
    " CASE WHEN i % 19 < 6 THEN 0 WHEN i % 19 < 8 THEN 1 WHEN i % 19 < 18 THEN 2 END,"
    " CASE WHEN i % 3 = 0 THEN 3 ELSE 4 END, 5 FROM range(6935) AS t(i);"
    "INSERT INTO detainer_row (sheet_id, \"row\", redacted, failed, "
    "detainer_prepare_date,"
    " facility_state, detainer_lift_reason)"
    " SELECT 2, i + 2, 0, 0, DATE '2019-01-01' + CAST(i AS INTEGER), 6,"
    " CASE WHEN i < 10 THEN 7 WHEN i < 30 THEN 8 END FROM range(100) AS t(i);"
    "INSERT INTO coverage VALUES"
    " ('arrest', 'R', 'national', NULL, DATE '2019-01-01', DATE '2019-12-31',"
    "  DATE '2019-01-01', DATE '2019-12-31', 6935),"
    " ('detainer', 'D', 'national', NULL, DATE '2019-01-01', DATE '2019-04-10',"
    "  DATE '2019-01-01', DATE '2019-04-10', 100);"
    "INSERT INTO rule_count VALUES"
    " ('arrest', 'R', 'palladium-1', 6935, 6935, NULL, NULL, NULL, 6935),"
    " ('arrest', 'R', 'equal-rows', 6935, 6935, 900, 6000, 6035, 900);"
    "INSERT INTO study (\"key\", \"value\") VALUES ('rule_version', 'palladium-1');";

static const char campaign[] =
    "INSERT INTO study_setting VALUES ('title', 'Two cities <&>'), ('name', 'two'),"
    " ('baseline_first', '2019-01-01'), ('baseline_last', '2019-12-31'),"
    " ('program_version', '0.0.0');"
    "INSERT INTO study_place VALUES ('Boston', 'Boston', 'Massachusetts', 'More.', "
    "'s'),"
    " ('Chicago', 'Chicago', 'Illinois', NULL, 's');"
    "INSERT INTO study_fact VALUES ('agents_asked_for', '500', 'agents', 'A paper',"
    " DATE '2020-03-05');";

static const char later[] =
    "INSERT INTO study_campaign VALUES ('Operation Test', DATE '2020-02-01',"
    " DATE '2020-12-31', NULL, 'A paper', DATE '2020-03-05');";

struct bench {
    struct pal_store *store;
    char folder[64];
    struct pal_buffer page;
};

static void open_bench(struct bench *bench, const char *const *scripts,
                       struct pal_store_options options)
{
    struct pal_error err = {PAL_OK, ""};
    bench->store = NULL;
    memcpy(bench->folder, "/tmp/pal-report-XXXXXX", 23);
    assert_non_null(mkdtemp(bench->folder));
    pal_buffer_init(&bench->page, 64U << 20);
    assert_int_equal(pal_hash_setup(&err), PAL_OK);
    assert_int_equal(
        pal_store_open(NULL, PAL_STORE_CREATE, &options, &bench->store, &err), PAL_OK);
    for (; *scripts != NULL; scripts++) {
        pal_status st = pal_store_run_script(bench->store, pal_view_of(*scripts), &err);
        if (st != PAL_OK) {
            print_error("%s\n", err.text);
        }
        assert_int_equal(st, PAL_OK);
    }
}

static void empty_folder(const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry = NULL;
    char path[512];
    assert_non_null(stream);
    while ((entry = readdir(stream)) != NULL) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            (void)unlink(path);
        }
    }
    (void)closedir(stream);
}

static void close_bench(struct bench *bench)
{
    char figures[128];
    (void)snprintf(figures, sizeof figures, "%s/figures", bench->folder);
    if (access(figures, F_OK) == 0) {
        empty_folder(figures);
        (void)rmdir(figures);
    }
    empty_folder(bench->folder);
    (void)rmdir(bench->folder);
    pal_store_close(bench->store);
    pal_buffer_clear(&bench->page);
}

/* A file of the report into the bench's buffer. */
static const char *read_report(struct bench *bench, const char *name)
{
    struct pal_error err = {PAL_OK, ""};
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", bench->folder, name);
    pal_buffer_reset(&bench->page);
    pal_status st = pal_file_read(path, &bench->page, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    return bench->page.data;
}

static void write_report(struct bench *bench)
{
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_publish_report(bench->store, bench->folder, NULL, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
}

static void assert_says(const char *page, const char *words)
{
    if (strstr(page, words) == NULL) {
        print_error("the page does not say: %s\n", words);
    }
    assert_non_null(strstr(page, words));
}

static void assert_silent(const char *page, const char *words)
{
    assert_null(strstr(page, words));
}

static void the_gap_is_told_in_words_made_of_the_dates(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page,
                "No row-level file here covers January 2020 to June 2020: the month "
                "before the campaign and its first five months. None covers "
                "July 2020 to December 2020, the rest of it, either.");
    assert_says(page,
                "the two areas of responsibility that hold the two places saw 8.0 "
                "arrests a day");
    assert_says(page, "42% of the country\xE2\x80\x99s 19.0");
    assert_says(page, "Two cities &lt;&amp;&gt;");
    close_bench(&bench);
}

static void a_campaign_that_is_covered_is_compared_with_the_usual(void **state)
{
    static const char covered[] =
        "INSERT INTO study_campaign VALUES ('operation test', DATE '2019-10-01',"
        " DATE '2019-12-31', NULL, 'A paper', NULL);"
        "UPDATE study_setting SET \"value\" = '2019-09-30' WHERE \"key\" ="
        " 'baseline_last';";
    static const char *const scripts[] = {rows, campaign, covered, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page, "Row-level files here cover every day of the campaign, 1 October "
                      "2019 to 31 December 2019.");
    assert_says(page, "there were 8.0 arrests a day in the two areas: 1.00 times");
    assert_says(page, "Operation test, 1 October 2019");
    assert_silent(page, "No row-level file");
    close_bench(&bench);
}

static void a_campaign_that_is_partly_covered_is_said_to_be(void **state)
{
    static const char partly[] =
        "INSERT INTO study_campaign VALUES ('X', DATE '2019-12-01', DATE '2020-01-31',"
        " NULL, 'A paper', NULL);";
    static const char *const scripts[] = {rows, campaign, partly, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    assert_says(read_report(&bench, "report.html"),
                "Row-level files here cover only part of the campaign: days between 1 "
                "January 2020 and 31 January 2020 have no row-level file.");
    close_bench(&bench);
}

static void a_study_without_a_campaign_gets_all_its_areas(void **state)
{
    static const char *const scripts[] = {rows, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page, "This study is about no campaign.");
    assert_says(page, "the country saw 19.0 arrests a day");
    assert_says(page, "figures/arrests-per-day-dallas.csv");
    assert_silent(page, "row-level file here");
    close_bench(&bench);
}

static void areas_named_for_comparison_take_the_place_of_the_rest(void **state)
{
    static const char compared[] = "INSERT INTO study_comparison VALUES ('Dallas');";
    static const char *const scripts[] = {rows, campaign, later, compared, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page, "made at large; in the areas compared with 33%");
    assert_silent(page, "in the rest of the country 33%");
    /* Dallas alone: 3,650 arrests on 365 days; those without an area are not in it. */
    assert_says(page, "The areas compared with</th><td class=\"n\">10.0<small>");
    close_bench(&bench);
}

static void an_empty_study_says_what_it_has_not(void **state)
{
    static const char *const scripts[] = {NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page, "No file of this study has rows of arrests.");
    assert_says(page, "No file of this study has rows of custody requests");
    close_bench(&bench);
}

static void outcomes_have_three_states_by_the_state_of_the_place(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *page = read_report(&bench, "report.html");
    assert_says(page, "<th scope=\"row\">Massachusetts (Boston)</th><td class=\"n\">100"
                      "</td><td class=\"n\">20</td><td class=\"n\">10</td><td "
                      "class=\"n\">70</td><td class=\"n\">10.0%<small>4.9\xE2\x80\x93"
                      "17.6</small></td>");
    /* Illinois has no row: that is no data, not zero. */
    assert_says(page, "<th scope=\"row\">Illinois (Chicago)</th><td class=\"n\"><span "
                      "class=\"none\">no data</span></td>");
    assert_says(page, "no area of responsibility");
    close_bench(&bench);
}

static void private_cells_and_keys_are_in_no_file(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    struct bench bench;
    struct pal_arena arena;
    struct pal_error err = {PAL_OK, ""};
    const char *const *paths = NULL;
    size_t count = 0;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    pal_arena_init(&arena, 1U << 20);
    assert_int_equal(pal_folder_list(bench.folder, &arena, &paths, &count, &err),
                     PAL_OK);
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++) {
        pal_buffer_reset(&bench.page);
        assert_int_equal(pal_file_read(paths[i], &bench.page, &err), PAL_OK);
        assert_silent(bench.page.data, "SECRET PLACE");
        assert_silent(bench.page.data, "study_key");
        assert_silent(bench.page.data, "http://www.w3.org/1999"); /* no foreign parts */
    }
    /* The withheld column is named with its count, its cells are not there. */
    assert_says(read_report(&bench, "report.html"),
                "<td>Alien File Number</td><td class=\"n\">6,935</td>");
    pal_arena_clear(&arena);
    close_bench(&bench);
}

static void a_csv_holds_the_same_numbers_and_no_zero_for_the_unknown(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    struct bench bench;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    write_report(&bench);
    const char *csv = read_report(&bench, "figures/arrests-per-day-boston.csv");
    assert_says(csv, "area,month,value,low,high,n,status,days_covered,days\n");
    assert_says(csv, "Boston,2019-02,6,"); /* 168 arrests on 28 days */
    assert_says(csv, "Boston,2020-02,,,,0,not covered,0,29\n");
    close_bench(&bench);
}

static void two_reports_have_the_same_bytes_with_one_thread_or_two(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    static const char *const files[] = {
        "report.html", "figures/arrests-per-day-boston.svg",
        "figures/share-at-large-by-area.csv", "figures/coverage.svg"};
    struct bench first;
    struct bench second;
    (void)state;
    open_bench(&first, scripts, (struct pal_store_options){.thread_count = 1});
    open_bench(&second, scripts, (struct pal_store_options){.thread_count = 2});
    write_report(&first);
    write_report(&second);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_string_equal(read_report(&first, files[i]),
                            read_report(&second, files[i]));
    }
    close_bench(&first);
    close_bench(&second);
}

static void a_study_that_keeps_ids_is_not_published(void **state)
{
    static const char *const scripts[] = {NULL};
    struct bench bench;
    struct pal_error err = {PAL_OK, ""};
    char path[128];
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){.keep_ids = true});
    assert_int_equal(pal_publish_report(bench.store, bench.folder, NULL, &err),
                     PAL_INPUT);
    assert_non_null(strstr(err.text, "may not be published"));
    (void)snprintf(path, sizeof path, "%s/report.html", bench.folder);
    assert_int_not_equal(access(path, F_OK), 0);
    close_bench(&bench);
}

static void a_folder_that_cannot_be_made_is_named(void **state)
{
    static const char *const scripts[] = {NULL};
    struct bench bench;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){0});
    assert_int_equal(pal_publish_report(bench.store, "/dev/null/report", NULL, &err),
                     PAL_IO);
    assert_non_null(strstr(err.text, "/dev/null"));
    close_bench(&bench);
}

static void every_failed_allocation_is_reported(void **state)
{
    static const char *const scripts[] = {rows, campaign, later, NULL};
    struct bench bench;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = PAL_MEMORY;
    (void)state;
    open_bench(&bench, scripts, (struct pal_store_options){.thread_count = 1});
    /* The steps grow, since each try runs the measures again. */
    for (size_t n = 1; st != PAL_OK; n += 1 + n / 8) {
        pal_alloc_fail_after(n);
        st = pal_publish_report(bench.store, bench.folder, NULL, &err);
        bool has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || has_failed);
        if (st != PAL_OK && st != PAL_MEMORY) {
            print_error("%s\n", err.text);
        }
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        assert_true(n < 10000000);
    }
    close_bench(&bench);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_gap_is_told_in_words_made_of_the_dates),
        cmocka_unit_test(a_campaign_that_is_covered_is_compared_with_the_usual),
        cmocka_unit_test(a_campaign_that_is_partly_covered_is_said_to_be),
        cmocka_unit_test(a_study_without_a_campaign_gets_all_its_areas),
        cmocka_unit_test(areas_named_for_comparison_take_the_place_of_the_rest),
        cmocka_unit_test(an_empty_study_says_what_it_has_not),
        cmocka_unit_test(outcomes_have_three_states_by_the_state_of_the_place),
        cmocka_unit_test(private_cells_and_keys_are_in_no_file),
        cmocka_unit_test(a_csv_holds_the_same_numbers_and_no_zero_for_the_unknown),
        cmocka_unit_test(two_reports_have_the_same_bytes_with_one_thread_or_two),
        cmocka_unit_test(a_study_that_keeps_ids_is_not_published),
        cmocka_unit_test(a_folder_that_cannot_be_made_is_named),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
