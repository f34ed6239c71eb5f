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
static struct pal_store *store;

static int make_study(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    study_folder_make(folder);
    struct pal_store_options options = {.thread_count = 2};
    assert_ok(pal_store_open(NULL, PAL_STORE_CREATE, &options, &store, &err), &err);
    assert_ok(study_import(store, "b.xlsx",
                           (struct made_rows){PAL_TABLE_ARREST, 7, 3000}, true, &err),
              &err);
    assert_ok(study_import(store, "a.xlsx",
                           (struct made_rows){PAL_TABLE_HEAD_COUNT, 2, 20}, true, &err),
              &err);
    return 0;
}

static int remove_study(void **state)
{
    (void)state;
    pal_store_close(store);
    study_folder_remove(folder);
    return 0;
}

static void read_file(const char *path, struct pal_buffer *out)
{
    struct pal_error err = {PAL_OK, ""};
    pal_buffer_init(out, 64 * 1024 * 1024);
    assert_ok(pal_file_read(path, out, &err), &err);
}

static struct pal_view first_line(const struct pal_buffer *text)
{
    struct pal_view view = pal_buffer_view(text);
    view.size = pal_view_find(view, PAL_VIEW("\n"));
    return view;
}

static bool has(struct pal_view text, struct pal_view part)
{
    return pal_view_find(text, part) < text.size;
}

static void private_columns_leave_only_when_they_are_asked_for(void **state)
{
    (void)state;
    static const struct {
        bool with_private;
        bool has_landmark;
    } rows[] = {{false, false}, {true, true}};
    char path[STUDY_PATH_SIZE];
    study_path(path, folder, "arrest.csv");
    for (size_t i = 0; i < 2; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_buffer text;
        assert_ok(
            pal_store_export(store, "arrest", "csv", path, rows[i].with_private, &err),
            &err);
        read_file(path, &text);
        struct pal_view head = first_line(&text);
        assert_true(pal_view_has_prefix(
            head, PAL_VIEW("file_id,sheet,row,sheet_id,release_name,"
                           "apprehension_date,apprehension_date_status,")));
        assert_int_equal(has(head, PAL_VIEW("apprehension_site_landmark")),
                         rows[i].has_landmark);
        assert_int_equal(has(head, PAL_VIEW("apprehension_date_time")),
                         rows[i].has_landmark);
        assert_int_equal(has(head, PAL_VIEW("unique_identifier")),
                         rows[i].has_landmark);
        assert_int_equal(has(head, PAL_VIEW("race")), rows[i].has_landmark);
        assert_true(has(head, PAL_VIEW("duplicate_drop_row")));
        pal_buffer_clear(&text);
    }
}

static void rows_come_in_order_of_their_place(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer text;
    char path[STUDY_PATH_SIZE];
    int64_t want = 7;
    assert_ok(study_import(store, "c.xlsx", (struct made_rows){PAL_TABLE_ARREST, 7, 10},
                           true, &err),
              &err);
    /* Flags in another order, and more of them than rows: a join that is free to walk through
     * the flags would. */
    assert_ok(
        pal_store_run_script(
            store,
            PAL_VIEW(
                "INSERT INTO arrest_flag_row SELECT sheet_id + n, \"row\", 1, false, "
                "true, false, 'r', '1' FROM arrest_record, range(0, 900, 30) AS "
                "r(n) ORDER BY hash(\"row\")"),
            &err),
        &err);
    study_path(path, folder, "arrest.csv");
    assert_ok(pal_store_export(store, "arrest", "csv", path, false, &err), &err);
    read_file(path, &text);
    struct pal_view rest = pal_buffer_view(&text);
    struct pal_view line;
    assert_true(pal_view_split(&rest, '\n', &line));
    while (want < 7 + 3000) {
        char prefix[64];
        assert_true(pal_view_split(&rest, '\n', &line));
        (void)snprintf(prefix, sizeof prefix, "1,Sheet 1,%d,1,Release 1,", (int)want);
        assert_true(pal_view_has_prefix(line, pal_view_of(prefix)));
        want++;
    }
    assert_true(pal_view_split(&rest, '\n', &line));
    assert_true(pal_view_has_prefix(line, PAL_VIEW("3,Sheet 1,7,3,Release 1,")));
    assert_int_equal(
        study_number(store, "SELECT CAST(current_setting('threads') AS BIGINT)"), 2);
    char *memory = study_text(store, "SELECT current_setting('memory_limit')");
    assert_string_equal(memory, "152.5 MiB");
    pal_free(memory);
    pal_buffer_clear(&text);
}

static void json_is_one_array_and_the_same_each_time(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer one;
    struct pal_buffer two;
    char path[STUDY_PATH_SIZE];
    study_path(path, folder, "head_count.json");
    assert_ok(pal_store_export(store, "head_count", "json", path, false, &err), &err);
    read_file(path, &one);
    assert_ok(pal_store_export(store, "head_count", "json", path, false, &err), &err);
    read_file(path, &two);
    assert_true(pal_view_is_equal(pal_buffer_view(&one), pal_buffer_view(&two)));
    struct pal_view text = pal_view_trim(pal_buffer_view(&one));
    assert_true(pal_view_has_prefix(text, PAL_VIEW("[")));
    assert_true(pal_view_has_suffix(text, PAL_VIEW("]")));
    assert_true(has(text, PAL_VIEW("\"agency_name\":\"")));
    pal_buffer_clear(&one);
    pal_buffer_clear(&two);
}

static void any_path_is_only_a_path(void **state)
{
    (void)state;
    static const char *const names[] = {"it's.csv",
                                        "a b;--.csv",
                                        "\xC3\xA9t\xC3\xA9.csv",
                                        "'); DROP TABLE study; --.csv",
                                        "{table}.csv",
                                        "*[x]?.csv",
                                        "two\nlines.csv",
                                        "100%.csv"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        char path[STUDY_PATH_SIZE];
        study_path(path, folder, names[i]);
        assert_ok(pal_store_export(store, "sheet", "csv", path, false, &err), &err);
        assert_int_equal(access(path, R_OK), 0);
    }
    assert_true(study_number(store, "SELECT count(*) FROM study") > 0);
}

static void stays_leave_without_times_of_day_and_ids(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer text;
    char path[STUDY_PATH_SIZE];
    study_path(path, folder, "stay.csv");
    assert_ok(pal_store_export(store, "stay", "csv", path, false, &err), &err);
    read_file(path, &text);
    struct pal_view head = first_line(&text);
    assert_true(has(head, PAL_VIEW("stay_number")));
    assert_false(has(head, PAL_VIEW("date_time")));
    assert_false(has(head, PAL_VIEW("unique_identifier")));
    assert_false(has(head, PAL_VIEW("stay_length_days")));
    pal_buffer_clear(&text);
}

static void what_cannot_be_exported_is_said(void **state)
{
    (void)state;
    struct pal_error gone = {PAL_OK, ""};
    assert_ok(pal_store_run(store, PAL_VIEW("DROP VIEW stay"), NULL, 0, &gone), &gone);
    char path[STUDY_PATH_SIZE];
    char nowhere[STUDY_PATH_SIZE];
    study_path(path, folder, "x.csv");
    study_path(nowhere, folder, "none/x.csv");
    const struct {
        const char *table;
        const char *format;
        const char *path;
        pal_status status;
    } rows[] = {
        {"study", "csv", path, PAL_USAGE},
        {"arrest_row", "csv", path, PAL_USAGE},
        {"arrest; DROP TABLE study", "csv", path, PAL_USAGE},
        {"arrest", "xml", path, PAL_USAGE},
        {"stay", "csv", path, PAL_INPUT},
        {"arrest", "csv", nowhere, PAL_IO},
        {"arrest", "csv", folder, PAL_IO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        assert_int_equal(pal_store_export(store, rows[i].table, rows[i].format,
                                          rows[i].path, false, &err),
                         rows[i].status);
        assert_true(err.text[0] != '\0');
        assert_int_not_equal(access(path, F_OK), 0);
    }
}

static void raw_texts_stay_at_home_too(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer text;
    char path[STUDY_PATH_SIZE];
    study_path(path, folder, "x.csv");
    assert_ok(pal_store_export(store, "cell_reject", "csv", path, false, &err), &err);
    read_file(path, &text);
    assert_string_equal(text.data, "sheet_id,row,column_index,rule,reason\n");
    pal_buffer_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_STUDY(test) cmocka_unit_test_setup_teardown(test, make_study, remove_study)
        WITH_STUDY(private_columns_leave_only_when_they_are_asked_for),
        WITH_STUDY(rows_come_in_order_of_their_place),
        WITH_STUDY(json_is_one_array_and_the_same_each_time),
        WITH_STUDY(any_path_is_only_a_path),
        WITH_STUDY(stays_leave_without_times_of_day_and_ids),
        WITH_STUDY(what_cannot_be_exported_is_said),
        WITH_STUDY(raw_texts_stay_at_home_too),
#undef WITH_STUDY
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
