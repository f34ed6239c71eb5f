/*
 * Parts: which table takes a sheet's rows, and that all of them are seen as one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "helper_study.h"

enum {
    ROW_COUNT = 100,
    SHEET_ROW_COUNT = 200,
    DATE = 0,
    DATE_TIME = 1,
    STATE = 3,
    CITY = 5
};
#define BIT(field) (UINT64_C(1) << (field))

/* What a test imports: a file of one sheet in two batches. */
struct sheet_case {
    const char *name;
    uint64_t recorded[2];
    uint64_t valued[2];
};

static void keep_fields(struct pal_batch *batch, uint64_t fields)
{
    for (size_t i = 0; i < batch->column_count; i++) {
        if ((fields >> i & 1) == 0) {
            memset(batch->columns[i].valid, 0, sizeof batch->columns[i].valid);
        }
    }
}

static pal_status append_batches(struct pal_store *store, int32_t sheet_id,
                                 const struct sheet_case *one, struct pal_error *err)
{
    struct pal_dictionary *dictionary = NULL;
    struct pal_batch *batch = NULL;
    struct pal_intern *terms = NULL;
    pal_status status = pal_dictionary_open(&dictionary, err);
    if (status == PAL_OK) {
        status = pal_batch_new(&batch, err);
    }
    if (status == PAL_OK) {
        status = pal_store_borrow_terms(store, &terms, err);
    }
    for (size_t i = 0; status == PAL_OK && i < 2; i++) {
        struct made_rows rows = {PAL_TABLE_ARREST, 7 + i * ROW_COUNT, ROW_COUNT};
        status = study_fill(batch, dictionary, terms, rows, 0, err);
        if (status == PAL_OK) {
            keep_fields(batch, one->valued[i]);
            batch->recorded = one->recorded[i];
            status = pal_store_append(store, sheet_id, batch, err);
        }
    }
    pal_batch_free(batch);
    pal_dictionary_close(dictionary);
    return status;
}

static void import_case(struct pal_store *store, const struct sheet_case *one)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_sheet_info sheet = {.name = PAL_VIEW("Sheet 1"), .form = PAL_FORM_XLSX};
    struct pal_source_info info = study_source(one->name, &sheet);
    struct pal_account account = {.table = PAL_TABLE_ARREST,
                                  .row_read_count = SHEET_ROW_COUNT,
                                  .row_stored_count = SHEET_ROW_COUNT,
                                  .recorded = one->recorded[1]};
    struct pal_intern *terms = NULL;
    int32_t file_id = 0;
    int32_t sheet_id = 0;
    assert_ok(pal_store_borrow_terms(store, &terms, &err), &err);
    assert_ok(pal_store_begin_file(store, &info, PAL_VIEW("R"), &file_id, &err), &err);
    assert_ok(pal_store_begin_sheet(store, file_id, &sheet, PAL_TABLE_ARREST, &sheet_id,
                                    &err),
              &err);
    assert_ok(append_batches(store, sheet_id, one, &err), &err);
    assert_ok(pal_store_end_sheet(store, sheet_id, &account, &err), &err);
    assert_ok(pal_store_commit_file(store, &err), &err);
}

static const uint64_t narrow = BIT(DATE) | BIT(STATE);
static const uint64_t broad = BIT(DATE) | BIT(STATE) | BIT(CITY);

static void assert_text(struct pal_store *store, const char *statement,
                        const char *want)
{
    char *got = study_text(store, statement);
    assert_string_equal(got, want);
    pal_free(got);
}

static void sheets_of_one_layout_share_a_table_with_its_columns(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    const struct sheet_case cases[] = {
        {"a", {narrow, narrow}, {narrow, BIT(DATE)}},
        {"b", {broad, broad}, {narrow, broad}},
        {"c", {narrow, narrow}, {0, narrow}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        import_case(store, &cases[i]);
    }
    assert_text(store, "SELECT sheet_id, part FROM sheet ORDER BY 1", "1|1;2|2;3|1");
    assert_text(store, "SELECT column_name FROM (DESCRIBE arrest_part_2)",
                "sheet_id;row;redacted;failed;apprehension_date;apprehension_state;"
                "apprehension_city");
    assert_text(store,
                "SELECT sheet_id, count(*), count(apprehension_date) > 0, "
                "count(apprehension_city) > 0, count(gender) FROM arrest_record GROUP "
                "BY 1 ORDER BY 1",
                "1|200|true|false|0;2|200|true|true|0;3|200|true|false|0");
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest"), 600);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_row"), 0);
    pal_store_close(store);
}

static void a_field_that_comes_late_widens_the_part(void **state)
{
    (void)state;
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    const struct sheet_case late = {
        "a", {narrow, broad | BIT(DATE_TIME)}, {narrow, broad | BIT(DATE_TIME)}};
    import_case(store, &late);
    assert_text(store, "SELECT part, fields FROM row_part",
                "1|43"); /* bits 0, 1, 3, 5 */
    assert_text(store,
                "SELECT \"row\" < 107, count(*), count(apprehension_state) > 0, "
                "count(apprehension_city) > 0, count(apprehension_date_time) > 0 FROM "
                "arrest_record GROUP BY 1 ORDER BY 1",
                "false|100|true|true|true;true|100|true|false|false");
    pal_store_close(store);
}

static void a_file_given_up_leaves_no_part(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    assert_ok(study_import(store, "a", (struct made_rows){PAL_TABLE_ARREST, 7, 10},
                           false, &err),
              &err);
    pal_store_abort_file(store);
    assert_int_equal(study_number(store, "SELECT count(*) FROM row_part"), 0);
    assert_int_equal(
        study_number(store, "SELECT count(*) FROM information_schema.tables WHERE "
                            "table_name LIKE 'arrest_part%'"),
        0);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"), 0);
    pal_store_close(store);
}

static void beyond_the_last_part_rows_go_into_the_wide_table(void **state)
{
    (void)state;
    enum { LAYOUT_COUNT = 34 };
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    for (uint64_t i = 0; i < LAYOUT_COUNT; i++) {
        char name[16];
        uint64_t fields = BIT(DATE) | BIT(DATE_TIME + 1 + i);
        const struct sheet_case one = {name, {fields, fields}, {BIT(DATE), BIT(DATE)}};
        (void)snprintf(name, sizeof name, "file %d", (int)i);
        import_case(store, &one);
    }
    assert_int_equal(study_number(store, "SELECT count(*) FROM row_part"), 32);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_row"), 400);
    assert_int_equal(study_number(store, "SELECT count(*) FROM arrest_record"),
                     LAYOUT_COUNT * SHEET_ROW_COUNT);
    pal_store_close(store);
}

static void an_export_keeps_the_order_of_places_across_parts(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    char folder[STUDY_PATH_SIZE];
    char path[STUDY_PATH_SIZE];
    char statement[STUDY_PATH_SIZE + 256];
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    const struct sheet_case cases[] = {
        {"a", {narrow, narrow}, {narrow, narrow}},
        {"b", {broad, broad}, {broad, broad}},
        {"c", {narrow, narrow}, {narrow, narrow}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        import_case(store, &cases[i]);
    }
    study_folder_make(folder);
    study_path(path, folder, "arrest.csv");
    assert_ok(pal_store_export(store, "arrest", "csv", path, true, &err), &err);
    (void)snprintf(statement, sizeof statement,
                   "SELECT count(*), count(CASE WHEN place <= before THEN 1 END) FROM "
                   "(SELECT file_id * 1000 + row AS place, lag(file_id * 1000 + row) "
                   "OVER () AS before FROM read_csv('%s'))",
                   path);
    assert_text(store, statement, "600|0");
    study_folder_remove(folder);
    pal_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_of_one_layout_share_a_table_with_its_columns),
        cmocka_unit_test(a_field_that_comes_late_widens_the_part),
        cmocka_unit_test(a_file_given_up_leaves_no_part),
        cmocka_unit_test(beyond_the_last_part_rows_go_into_the_wide_table),
        cmocka_unit_test(an_export_keeps_the_order_of_places_across_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
