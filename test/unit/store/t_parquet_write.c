#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "helper_study.h"

static char folder[STUDY_PATH_SIZE];
static char path[STUDY_PATH_SIZE];

static int make_folder(void **state)
{
    (void)state;
    study_folder_make(folder);
    study_path(path, folder, "made's.parquet");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    study_folder_remove(folder);
    return 0;
}

/* Blocks of three rows, so many of them, then the end or a failure. */
struct made {
    struct pal_column_stream stream;
    int blocks;
    bool fails;
};
static const struct pal_view colours[] = {{NULL, 0}, {"red", 3}, {"a, \"b\"", 6}};
static const struct pal_block_column columns[] = {
    {"Colour", PAL_COLUMN_CODE, colours, 3, 0},
    {"Year", PAL_COLUMN_INTEGER, NULL, 0, 0},
    {"Day", PAL_COLUMN_DAY, NULL, 0, 0},
    {"Time", PAL_COLUMN_SECOND, NULL, 0, 0},
    {"Id", PAL_COLUMN_TEXT, NULL, 0, 4},
};

static pal_status next_block(struct pal_column_stream *self,
                             struct pal_column_block *block, struct pal_error *err)
{
    static const uint8_t codes[] = {2, 0, 1};
    static const int32_t years[] = {1970, PAL_COLUMN_NONE, 2004};
    static const int32_t days[] = {19723, 19724, PAL_DAY_NONE};
    static const int64_t seconds[] = {PAL_SECOND_NONE, INT64_C(19723) * 86400 + 3661,
                                      0};
    static const char ids[] = "ab\0\0wxyz\0\0\0\0";
    static const void *const values[] = {codes, years, days, seconds, ids};
    struct made *made = (struct made *)self;
    if (made->blocks-- > 0) {
        *block = (struct pal_column_block){3, values};
        return PAL_OK;
    }
    *block = (struct pal_column_block){0, values};
    return made->fails ? pal_fail(err, PAL_LIMIT, "no more rows") : PAL_OK;
}

static struct made made_of(int blocks, bool fails)
{
    return (struct made){
        {columns, sizeof columns / sizeof columns[0], next_block}, blocks, fails};
}

static void assert_text(const struct pal_row *row, size_t cell, uint32_t column,
                        const char *text)
{
    assert_true(cell < row->cell_count);
    assert_int_equal(row->cells[cell].column, column);
    assert_true(pal_view_is_equal(row->cells[cell].text, pal_view_of(text)));
}

static void rows_come_back_as_they_were_given(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    struct pal_parquet *parquet = NULL;
    struct pal_row row;
    (void)state;
    struct made made = made_of(1000, false);
    assert_ok(pal_parquet_write(path, &made.stream, &err), &err);
    assert_ok(pal_parquet_open(path, &parquet, &err), &err);
    struct pal_row_stream *rows = pal_parquet_borrow_rows(parquet);
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_text(&row, 0, 0, "Colour");
    assert_text(&row, 4, 4, "Id");
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.cell_count, 4); /* its time is blank */
    assert_text(&row, 0, 0, "a, \"b\"");
    assert_true(row.cells[1].number == 1970);
    assert_true(row.cells[2].number == 19723 + 25569);
    assert_text(&row, 3, 4, "ab");
    assert_ok(rows->next(rows, &row, &err), &err);
    assert_int_equal(row.cell_count, 3);
    assert_int_equal(row.cells[1].column, 3);
    assert_true(row.cells[1].number > 19723 + 25569 + 0.0423 &&
                row.cells[1].number < 19723 + 25569 + 0.0424);
    assert_text(&row, 2, 4, "wxyz");
    uint64_t last = 0;
    while (row.cell_count > 0) {
        last = row.number;
        assert_ok(rows->next(rows, &row, &err), &err);
    }
    assert_int_equal(last, 3001);
    pal_parquet_close(parquet);
}

static void a_stream_that_fails_leaves_no_file(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    struct made made = made_of(5, true);
    (void)unlink(path);
    assert_int_equal(pal_parquet_write(path, &made.stream, &err), PAL_LIMIT);
    assert_non_null(strstr(err.text, "no more rows"));
    assert_int_not_equal(access(path, F_OK), 0);
    made = made_of(0, false);
    assert_ok(pal_parquet_write(path, &made.stream, &err), &err);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_path_that_cannot_be_written_is_named(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    struct made made = made_of(5, false);
    assert_int_equal(pal_parquet_write("/nowhere/a.parquet", &made.stream, &err),
                     PAL_IO);
    assert_non_null(strstr(err.text, "/nowhere/a.parquet"));
}

static void no_memory_is_said(void **state)
{
    pal_status st = PAL_MEMORY;
    (void)state;
    for (size_t n = 1; st != PAL_OK; n++) {
        struct made made = made_of(2, false);
        assert_true(n < 500);
        pal_alloc_fail_after(n);
        st = pal_parquet_write(path, &made.stream, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_as_they_were_given),
        cmocka_unit_test(a_stream_that_fails_leaves_no_file),
        cmocka_unit_test(a_path_that_cannot_be_written_is_named),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
