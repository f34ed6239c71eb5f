#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "helper_study.h"
#include "record/batch.h"

static const struct made_rows some_arrests = {PAL_TABLE_ARREST, 7, 5000};

static void assert_text(struct pal_store *store, const char *statement,
                        const char *want)
{
    char *got = study_text(store, statement);
    assert_string_equal(got, want);
    pal_free(got);
}

static void import(struct pal_store *store, const char *name, struct made_rows rows)
{
    struct pal_error err = {PAL_OK, ""};
    assert_ok(study_import(store, name, rows, true, &err), &err);
}

/* ---- rows ---- */

static void rows_of_every_table_come_back_in_order(void **state)
{
    (void)state;
    const enum pal_table tables[] = {
        PAL_TABLE_ARREST, PAL_TABLE_DETAINER,   PAL_TABLE_ENCOUNTER, PAL_TABLE_REMOVAL,
        PAL_TABLE_STINT,  PAL_TABLE_HEAD_COUNT, PAL_TABLE_AREA_STATE};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char name[64];
        char statement[256];
        struct pal_error err = {PAL_OK, ""};
        struct pal_cursor *cursor = NULL;
        const struct pal_value *row = NULL;
        int64_t want = 7;
        (void)snprintf(name, sizeof name, "%s.xlsx", pal_table_name(tables[i]));
        import(store, name, (struct made_rows){tables[i], 7, 4500});
        (void)snprintf(statement, sizeof statement, "SELECT \"row\" FROM %s_record",
                       pal_table_name(tables[i]));
        assert_ok(
            pal_store_query(store, pal_view_of(statement), NULL, 0, &cursor, &err),
            &err);
        assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        while (row != NULL) {
            assert_int_equal(row[0].integer, want);
            want++;
            assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        }
        assert_int_equal(want, 7 + 4500);
        pal_cursor_close(cursor);
    }
    pal_store_close(store);
}

/* Row 7 of a table has for field 0: 7 % 7 = 0, a value; field 3 missing, 4 redacted, 5 not
 * readable. */
static void values_codes_ids_and_moments_come_back_as_they_were(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    import(store, "a.xlsx", (struct made_rows){PAL_TABLE_STINT, 7, 60});
    assert_text(store,
                "SELECT file_id, sheet, \"row\", release_name, stay_book_in_date_time, "
                "stay_book_in_date_time_status FROM stint WHERE \"row\" = 7",
                "1|Sheet 1|7|Release 1|2016-07-25 15:06:00|value");
    assert_text(store,
                "SELECT unique_identifier, unique_identifier_status FROM "
                "stint WHERE \"row\" = 12",
                "80000000-0000-000d-0000-00000000000c|value");
    assert_text(store, "SELECT bond_posted_amount FROM stint WHERE \"row\" = 16",
                "16.5");
    assert_text(
        store,
        "SELECT detention_facility, gender FROM stint WHERE \"row\" = 9 OR \"row\" = "
        "13 ORDER BY \"row\"",
        "text 28|-;redacted|text 26");
    pal_store_close(store);
}

static void a_field_without_value_says_why(void **state)
{
    (void)state;
    /* Fields 0 (a day) and 1 (a moment) have a column on the sheet; birth_year has none. */
    static const struct {
        int row;
        const char *day_status;
    } rows[] = {{7, "value"}, {10, "missing"}, {11, "redacted"}, {12, "unconverted"}};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    import(store, "a.xlsx", some_arrests);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char statement[256];
        (void)snprintf(statement, sizeof statement,
                       "SELECT apprehension_date_status FROM arrest WHERE \"row\" = %d",
                       rows[i].row);
        assert_text(store, statement, rows[i].day_status);
    }
    assert_text(
        store,
        "SELECT DISTINCT birth_year_status FROM arrest WHERE birth_year IS NULL "
        "ORDER BY 1",
        "not recorded;redacted;unconverted");
    assert_text(store,
                "SELECT count(*) FROM arrest WHERE birth_year_status <> 'value' AND "
                "birth_year IS NOT NULL",
                "0");
    pal_store_close(store);
}

static void a_redacted_text_is_neither_missing_nor_a_released_value(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    import(store, "a.xlsx", some_arrests);
    /* apprehension_type is field 2: redacted where (row + 2) % 7 = 4, missing where 3 or 5. */
    assert_text(
        store,
        "SELECT (\"row\" + 2) % 7 AS kind, count(*) FILTER (apprehension_type = "
        "'redacted') > 0, count(*) FILTER (apprehension_type IS NULL) > 0, count(*) "
        "FILTER (apprehension_type LIKE 'text %') > 0 FROM arrest GROUP BY kind ORDER "
        "BY kind",
        "0|false|false|true;1|false|false|true;2|false|false|true;"
        "3|false|true|false;4|true|false|false;5|false|true|false;"
        "6|false|false|true");
    pal_store_close(store);
}

static void a_column_that_gets_its_first_value_late_is_stored_too(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_dictionary *dictionary = NULL;
    struct pal_batch *batch = NULL;
    struct pal_sheet_info sheet = {.name = PAL_VIEW("s"), .form = PAL_FORM_CSV};
    struct pal_source_info info = study_source("late.csv", &sheet);
    struct pal_account account = {.table = PAL_TABLE_HEAD_COUNT,
                                  .period_first = PAL_DAY_NONE,
                                  .period_last = PAL_DAY_NONE,
                                  .row_read_count = 4096,
                                  .row_stored_count = 4096};
    const struct pal_field *fields = NULL;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    assert_ok(pal_dictionary_open(&dictionary, &err), &err);
    assert_ok(pal_batch_new(&batch, &err), &err);
    size_t count = pal_dictionary_fields(dictionary, PAL_TABLE_HEAD_COUNT, &fields);
    assert_ok(pal_store_begin_file(store, &info, PAL_VIEW(""), &file_id, &err), &err);
    assert_ok(pal_store_begin_sheet(store, file_id, &sheet, PAL_TABLE_HEAD_COUNT,
                                    &sheet_id, &err),
              &err);
    for (int i = 0; i < 2; i++) {
        pal_batch_begin(batch, PAL_TABLE_HEAD_COUNT, fields, count);
        batch->row_count = PAL_BATCH_ROW_MAX;
        for (int row = 0; row < PAL_BATCH_ROW_MAX; row++) {
            batch->row[row] = i * PAL_BATCH_ROW_MAX + row;
            batch->redacted[row] = 0;
            batch->failed[row] = 0;
        }
        if (i == 1) {
            batch->columns[9].valid[0] = 2; /* employment, second row */
            batch->columns[9].values.integer[1] = 6914;
        }
        assert_ok(pal_store_append(store, sheet_id, batch, &err), &err);
    }
    assert_ok(pal_store_end_sheet(store, sheet_id, &account, &err), &err);
    assert_ok(pal_store_commit_file(store, &err), &err);
    assert_text(
        store,
        "SELECT \"row\", employment FROM head_count WHERE employment IS NOT NULL",
        "2049|6914");
    assert_int_equal(study_number(store, "SELECT count(*) FROM head_count"), 4096);
    pal_batch_free(batch);
    pal_dictionary_close(dictionary);
    pal_store_close(store);
}

/* ---- accounts ---- */

static void file_and_sheet_hold_the_account(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    import(store, "a.xlsx", some_arrests);
    import(store, "b.xlsx", some_arrests);
    assert_text(store,
                "SELECT file_id, file, size, release_name, form FROM file ORDER BY 1",
                "1|a.xlsx|1000|Release 1|xlsx;2|b.xlsx|1000|Release 1|xlsx");
    assert_text(
        store,
        "SELECT sheet_id, file_id, sheet, table_name, header_row, period_first, "
        "period_last, title, rows_above, rows_read, rows_stored, rows_rejected, "
        "rows_blank, recorded FROM sheet WHERE sheet_id = 2",
        "2|2|Sheet 1|arrest|6|2016-07-18|-|A title|6|5003|5000|1|2|3");
    assert_text(
        store,
        "SELECT header, field, sensitivity, is_known FROM sheet_column WHERE sheet_id "
        "= 1 ORDER BY column_index",
        "First|apprehension_date|public|true;"
        "Second|apprehension_date_time|public|true");
    pal_store_close(store);
}

static void an_account_that_does_not_hold_is_refused(void **state)
{
    (void)state;
    static const struct {
        uint64_t read;
        uint64_t stored;
        uint64_t rejected;
        uint64_t blank;
        enum pal_table table;
        const char *words;
    } rows[] = {
        {10, 8, 1, 0, PAL_TABLE_ARREST,
         "10 rows read, but 8 stored + 1 rejected + 0 blank"},
        {10, 8, 1, 1, PAL_TABLE_ARREST, "8 rows stored, but 0 appended"},
        {0, 0, 0, 0, PAL_TABLE_REMOVAL, "another table"},
    };
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_sheet_info sheet = {.name = PAL_VIEW("s"), .form = PAL_FORM_CSV};
        struct pal_source_info info = study_source("bad.csv", &sheet);
        struct pal_account account = {.table = rows[i].table,
                                      .row_read_count = rows[i].read,
                                      .row_stored_count = rows[i].stored,
                                      .row_rejected_count = rows[i].rejected,
                                      .row_blank_count = rows[i].blank};
        int32_t file_id = 0;
        int32_t sheet_id = 0;
        assert_ok(pal_store_begin_file(store, &info, PAL_VIEW(""), &file_id, &err),
                  &err);
        assert_ok(pal_store_begin_sheet(store, file_id, &sheet, PAL_TABLE_ARREST,
                                        &sheet_id, &err),
                  &err);
        assert_int_equal(pal_store_end_sheet(store, sheet_id, &account, &err), PAL_BUG);
        if (strstr(err.text, rows[i].words) == NULL) {
            fail_msg("row %zu: no \"%s\" in: %s", i, rows[i].words, err.text);
        }
        pal_store_abort_file(store);
    }
    assert_int_equal(study_number(store, "SELECT count(*) FROM file"), 0);
    pal_store_close(store);
}

static void rejects_extras_notes_and_figures_keep_their_place(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_batch *batch = NULL;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    struct pal_sheet_info sheet = {.name = PAL_VIEW("Detention"),
                                   .form = PAL_FORM_XLSX};
    struct pal_source_info info = study_source("fy20.xlsx", &sheet);
    struct pal_account account = {.table = PAL_TABLE_CUSTODY_STATISTIC,
                                  .period_first = PAL_DAY_NONE,
                                  .period_last = PAL_DAY_NONE,
                                  .row_read_count = 2,
                                  .row_stored_count = 2};
    const struct pal_cell_reject cell = {9, 2, PAL_VIEW("07/02/0999"),
                                         "date.impossible", "no such day"};
    const struct pal_row_reject row = {10, PAL_VIEW("a\tb"), "row.wide",
                                       "too many cells"};
    const struct pal_text_cell extra = {11, 30,
                                        PAL_VIEW("extra \xF0\x9F\x98\x80 bad \xFF.")};
    const struct pal_text_cell note = {1, 0, PAL_VIEW("ERO-LESA")};
    const struct pal_statistic facts[] = {
        {20, 8, 2020, 10, PAL_VIEW("book_ins"), PAL_VIEW("ICE"), PAL_VIEW("all"),
         11425},
        {20, 12, 2020, 2, PAL_VIEW("book_ins"), PAL_VIEW("ICE"), PAL_VIEW("all"),
         11490},
        {20, 20, 2020, 0, PAL_VIEW("book_ins"), PAL_VIEW("ICE"), PAL_VIEW("all"),
         104000},
    };
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    assert_ok(pal_batch_new(&batch, &err), &err);
    pal_batch_begin(batch, PAL_TABLE_CUSTODY_STATISTIC, NULL, 0);
    batch->cell_reject_count = 1;
    batch->cell_rejects = &cell;
    batch->row_reject_count = 1;
    batch->row_rejects = &row;
    batch->extra_count = 1;
    batch->extras = &extra;
    batch->note_count = 1;
    batch->notes = &note;
    batch->statistic_count = 3;
    batch->statistics = facts;
    assert_ok(pal_store_begin_file(store, &info, PAL_VIEW(""), &file_id, &err), &err);
    assert_ok(pal_store_begin_sheet(store, file_id, &sheet, PAL_TABLE_CUSTODY_STATISTIC,
                                    &sheet_id, &err),
              &err);
    assert_ok(pal_store_append(store, sheet_id, batch, &err), &err);
    assert_ok(pal_store_end_sheet(store, sheet_id, &account, &err), &err);
    assert_ok(pal_store_commit_file(store, &err), &err);
    batch->cell_reject_count = batch->row_reject_count = batch->extra_count = 0;
    batch->note_count = batch->statistic_count = 0;
    pal_batch_free(batch);
    assert_text(store, "FROM cell_reject",
                "1|9|2|07/02/0999|date.impossible|no such day");
    assert_text(store, "FROM row_reject", "1|10|a\tb|row.wide|too many cells");
    assert_text(store, "FROM extra_cell",
                "1|11|30|extra \xF0\x9F\x98\x80 bad \xEF\xBF\xBD.");
    assert_text(store, "FROM note", "1|1|0|ERO-LESA");
    assert_text(store,
                "SELECT file_id, sheet, \"row\", column_index, fiscal_year, month, "
                "month_first, "
                "statistic, agency, category, value FROM custody_statistic ORDER BY 4",
                "1|Detention|20|8|2020|10|2019-10-01|book_ins|ICE|all|11425;"
                "1|Detention|20|12|2020|2|2020-02-01|book_ins|ICE|all|11490;"
                "1|Detention|20|20|2020|0|-|book_ins|ICE|all|104000");
    pal_store_close(store);
}

/* ---- files ---- */

static void a_file_is_known_by_its_digest(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    bool has = true;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    struct pal_source_info info = study_source("a.xlsx", NULL);
    assert_ok(pal_store_has_file(store, &info.digest, &has, &err), &err);
    assert_false(has);
    import(store, "a.xlsx", some_arrests);
    assert_ok(pal_store_has_file(store, &info.digest, &has, &err), &err);
    assert_true(has);
    info = study_source("b.xlsx", NULL);
    assert_ok(pal_store_has_file(store, &info.digest, &has, &err), &err);
    assert_false(has);
    pal_store_close(store);
}

static void an_aborted_file_leaves_nothing(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_intern *terms = NULL;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    import(store, "a.xlsx", (struct made_rows){PAL_TABLE_ARREST, 7, 1});
    assert_ok(pal_store_borrow_terms(store, &terms, &err), &err);
    uint32_t count = pal_intern_count(terms);
    assert_ok(study_import(store, "b.xlsx", some_arrests, false, &err), &err);
    assert_true(pal_intern_count(terms) > count);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 5001);
    pal_store_abort_file(store);
    assert_int_equal(pal_intern_count(terms), count);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 1);
    assert_int_equal(study_number(store, "SELECT count(*) FROM file"), 1);
    import(store, "b.xlsx", some_arrests);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 5001);
    assert_int_equal(study_number(store, "SELECT max(file_id) FROM arrest"), 2);
    pal_store_close(store);
}

static void a_study_closed_within_a_file_is_as_before_it(void **state)
{
    (void)state;
    char folder[STUDY_PATH_SIZE];
    char path[STUDY_PATH_SIZE];
    struct pal_error err = {PAL_OK, ""};
    study_folder_make(folder);
    study_path(path, folder, "s.duckdb");
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    import(store, "a.xlsx", some_arrests);
    assert_ok(study_import(store, "b.xlsx", some_arrests, false, &err), &err);
    pal_store_close(store);
    store = study_open(path, PAL_STORE_READ);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 5000);
    pal_store_close(store);
    study_folder_remove(folder);
}

static void terms_go_on_where_an_earlier_import_ended(void **state)
{
    (void)state;
    char folder[STUDY_PATH_SIZE];
    char path[STUDY_PATH_SIZE];
    struct pal_error err = {PAL_OK, ""};
    struct pal_intern *terms = NULL;
    study_folder_make(folder);
    study_path(path, folder, "s.duckdb");
    struct pal_store *store = study_open(path, PAL_STORE_CREATE);
    import(store, "a.xlsx", (struct made_rows){PAL_TABLE_ARREST, 7, 1});
    int64_t first = study_number(store, "SELECT count(*) FROM term");
    pal_store_close(store);
    store = study_open(path, PAL_STORE_WRITE);
    assert_ok(pal_store_borrow_terms(store, &terms, &err), &err);
    assert_int_equal(pal_intern_count(terms), first);
    import(store, "b.xlsx", (struct made_rows){PAL_TABLE_ARREST, 8, 100});
    assert_int_equal(
        study_number(store, "SELECT count(*) - 1 - max(term_id) FROM term"), 0);
    assert_int_equal(
        study_number(store, "SELECT count(*) - count(DISTINCT text) FROM term"), 0);
    assert_true(study_number(store, "SELECT count(*) FROM term") > first);
    pal_store_close(store);
    study_folder_remove(folder);
}

static void a_gap_in_the_terms_is_a_damaged_study(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_intern *terms = NULL;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    assert_ok(pal_store_run(store,
                            PAL_VIEW("INSERT INTO term VALUES (0, 'a'), (2, 'b')"),
                            NULL, 0, &err),
              &err);
    assert_int_equal(pal_store_borrow_terms(store, &terms, &err), PAL_DATABASE);
    assert_non_null(strstr(err.text, "damaged at number 2"));
    pal_store_close(store);
}

static void calls_out_of_their_order_are_refused(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_sheet_info sheet = {.name = PAL_VIEW("s"), .form = PAL_FORM_CSV};
    struct pal_source_info info = study_source("a.csv", &sheet);
    struct pal_account account = {.table = PAL_TABLE_ARREST};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    assert_int_equal(
        pal_store_begin_sheet(store, 1, &sheet, PAL_TABLE_ARREST, &sheet_id, &err),
        PAL_BUG);
    assert_int_equal(pal_store_commit_file(store, &err), PAL_BUG);
    assert_int_equal(pal_store_end_sheet(store, 1, &account, &err), PAL_BUG);
    assert_ok(pal_store_begin_file(store, &info, PAL_VIEW(""), &file_id, &err), &err);
    assert_int_equal(pal_store_begin_file(store, &info, PAL_VIEW(""), &file_id, &err),
                     PAL_BUG);
    assert_int_equal(pal_store_run_script(store, PAL_VIEW("SELECT 1"), &err), PAL_BUG);
    pal_store_abort_file(store);
    pal_store_abort_file(store);
    pal_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_every_table_come_back_in_order),
        cmocka_unit_test(values_codes_ids_and_moments_come_back_as_they_were),
        cmocka_unit_test(a_field_without_value_says_why),
        cmocka_unit_test(a_redacted_text_is_neither_missing_nor_a_released_value),
        cmocka_unit_test(a_column_that_gets_its_first_value_late_is_stored_too),
        cmocka_unit_test(file_and_sheet_hold_the_account),
        cmocka_unit_test(an_account_that_does_not_hold_is_refused),
        cmocka_unit_test(rejects_extras_notes_and_figures_keep_their_place),
        cmocka_unit_test(a_file_is_known_by_its_digest),
        cmocka_unit_test(an_aborted_file_leaves_nothing),
        cmocka_unit_test(a_study_closed_within_a_file_is_as_before_it),
        cmocka_unit_test(terms_go_on_where_an_earlier_import_ended),
        cmocka_unit_test(a_gap_in_the_terms_is_a_damaged_study),
        cmocka_unit_test(calls_out_of_their_order_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
