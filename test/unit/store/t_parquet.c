#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "helper_study.h"

static char folder[STUDY_PATH_SIZE];
static char path[STUDY_PATH_SIZE];

static int make_folder(void **state)
{
    (void)state;
    study_folder_make(folder);
    study_path(path, folder, "a[1]*?.parquet");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    study_folder_remove(folder);
    return 0;
}

/* Writes a parquet file by way of a study in memory. */
static void write_parquet(const char *select)
{
    char statement[4096];
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *store = study_open(NULL, PAL_STORE_CREATE);
    (void)snprintf(statement, sizeof statement, "COPY (%s) TO '%s' (FORMAT parquet)",
                   select, path);
    assert_ok(pal_store_run(store, pal_view_of(statement), NULL, 0, &err), &err);
    pal_store_close(store);
}

static void assert_cell(const struct pal_cell *cell, uint32_t column,
                        enum pal_cell_kind kind, const char *text, double number)
{
    assert_int_equal(cell->column, column);
    assert_int_equal(cell->kind, kind);
    if (!pal_view_is_equal(cell->text, pal_view_of(text))) {
        fail_msg("column %u: %.*s, not %s", column, PAL_VIEW_ARG(cell->text), text);
    }
    assert_true(fabs(cell->number - number) < 1e-9);
}

static void rows_are_typed_cells_below_the_names(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    struct pal_row row;
    write_parquet(
        "SELECT 'DAL' AS \"Area\", DATE '2019-08-31' AS \"Apprehension Date\", "
        "1979::SMALLINT AS \"Birth Year\", 2.5 AS amount, true AS flag, TIMESTAMP "
        "'2019-08-31 12:00:00' AS at UNION ALL SELECT '', NULL, NULL, NULL, NULL, "
        "NULL UNION ALL SELECT NULL, NULL, 1980, NULL, false, NULL");
    assert_ok(pal_parquet_open(path, &parquet, &err), &err);
    struct pal_row_stream *rows = pal_parquet_borrow_rows(parquet);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.number, 1);
    assert_int_equal(row.cell_count, 6);
    assert_cell(&row.cells[0], 0, PAL_CELL_TEXT, "Area", 0);
    assert_cell(&row.cells[2], 2, PAL_CELL_TEXT, "Birth Year", 0);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.number, 2);
    assert_int_equal(row.cell_count, 6);
    assert_cell(&row.cells[0], 0, PAL_CELL_TEXT, "DAL", 0);
    assert_cell(&row.cells[1], 1, PAL_CELL_DATE, "2019-08-31", 43708);
    assert_cell(&row.cells[2], 2, PAL_CELL_NUMBER, "1979", 1979);
    assert_cell(&row.cells[3], 3, PAL_CELL_NUMBER, "2.5", 2.5);
    assert_cell(&row.cells[4], 4, PAL_CELL_BOOLEAN, "TRUE", 1);
    assert_cell(&row.cells[5], 5, PAL_CELL_DATE, "2019-08-31 12:00:00", 43708.5);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.number, 3);
    assert_int_equal(row.cell_count, 0);
    assert_non_null(row.cells);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.number, 4);
    assert_int_equal(row.cell_count, 2);
    assert_cell(&row.cells[0], 2, PAL_CELL_NUMBER, "1980", 1980);
    assert_cell(&row.cells[1], 4, PAL_CELL_BOOLEAN, "FALSE", 0);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_null(row.cells);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_null(row.cells);
    pal_parquet_close(parquet);
}

static void many_rows_come_in_their_order(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    struct pal_row row;
    write_parquet("SELECT i FROM range(300000) AS r(i)");
    assert_ok(pal_parquet_open(path, &parquet, &err), &err);
    struct pal_row_stream *rows = pal_parquet_borrow_rows(parquet);
    assert_ok(rows->next(rows, &row, &err), &err);
    for (int64_t want = 0; want < 300000; want++) {
        assert_ok(rows->next(rows, &row, &err), &err);
        assert_int_equal(row.cell_count, 1);
        assert_true((int64_t)row.cells[0].number == want);
    }
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_null(row.cells);
    pal_parquet_close(parquet);
}

static void bytes_that_no_writer_called_text_are_text(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    struct pal_row row;
    write_parquet("SELECT CAST('Located' AS BLOB) AS method");
    assert_ok(pal_parquet_open(path, &parquet, &err), &err);
    struct pal_row_stream *rows = pal_parquet_borrow_rows(parquet);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.cell_count, 1);
    assert_true(pal_view_is_equal(row.cells[0].text, PAL_VIEW("Located")));
    pal_parquet_close(parquet);
}

static void what_is_no_table_is_an_error_with_its_path(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    assert_int_equal(pal_parquet_open(path, &parquet, &err), PAL_IO);
    assert_non_null(strstr(err.text, path));
    assert_null(parquet);
    assert_ok(pal_file_write(path, PAL_VIEW("PAR1 this is not parquet PAR1"), &err),
              &err);
    assert_int_not_equal(pal_parquet_open(path, &parquet, &err), PAL_OK);
    assert_non_null(strstr(err.text, path));
    assert_null(parquet);
    write_parquet("SELECT [1, 2] AS pairs");
    assert_int_equal(pal_parquet_open(path, &parquet, &err), PAL_INPUT);
    assert_non_null(strstr(err.text, "pairs"));
    assert_null(parquet);
}

static void a_file_cut_short_is_an_error(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    struct pal_buffer bytes;
    write_parquet("SELECT i, hash(i) AS h FROM range(100000) AS r(i)");
    pal_buffer_init(&bytes, 64 * 1024 * 1024);
    assert_ok(pal_file_read(path, &bytes, &err), &err);
    struct pal_view half = pal_buffer_view(&bytes);
    half.size /= 2;
    assert_ok(pal_file_write(path, half, &err), &err);
    pal_status status = pal_parquet_open(path, &parquet, &err);
    assert_true(status == PAL_INPUT || status == PAL_IO);
    assert_null(parquet);
    pal_buffer_clear(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_FOLDER(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
        WITH_FOLDER(rows_are_typed_cells_below_the_names),
        WITH_FOLDER(many_rows_come_in_their_order),
        WITH_FOLDER(bytes_that_no_writer_called_text_are_text),
        WITH_FOLDER(what_is_no_table_is_an_error_with_its_path),
        WITH_FOLDER(a_file_cut_short_is_an_error),
#undef WITH_FOLDER
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
