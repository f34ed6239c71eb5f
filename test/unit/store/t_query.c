#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "helper_study.h"

static struct pal_store *store;

static int open_store(void **state)
{
    (void)state;
    store = study_open(NULL, PAL_STORE_CREATE);
    return 0;
}

static int close_store(void **state)
{
    (void)state;
    pal_store_close(store);
    store = NULL;
    return 0;
}

static void each_type_of_column_has_its_kind_value_and_text(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        enum pal_value_kind kind;
        int64_t integer;
        double number;
        const char *text;
    } rows[] = {
        {"NULL", PAL_VALUE_NULL, 0, 0, ""},
        {"NULL::DATE", PAL_VALUE_NULL, 0, 0, ""},
        {"true", PAL_VALUE_BOOLEAN, 1, 0, "true"},
        {"1 > 2", PAL_VALUE_BOOLEAN, 0, 0, "false"},
        {"(-128)::TINYINT", PAL_VALUE_INTEGER, -128, -128, "-128"},
        {"300::SMALLINT", PAL_VALUE_INTEGER, 300, 300, "300"},
        {"0", PAL_VALUE_INTEGER, 0, 0, "0"},
        {"-9223372036854775808", PAL_VALUE_INTEGER, INT64_MIN, -9223372036854775808.0,
         "-9223372036854775808"},
        {"255::UTINYINT", PAL_VALUE_INTEGER, 255, 255, "255"},
        {"65535::USMALLINT", PAL_VALUE_INTEGER, 65535, 65535, "65535"},
        {"4294967295::UINTEGER", PAL_VALUE_INTEGER, 4294967295, 4294967295.0,
         "4294967295"},
        {"7::UBIGINT", PAL_VALUE_INTEGER, 7, 7, "7"},
        {"18446744073709551615::UBIGINT", PAL_VALUE_NUMBER, 0, 18446744073709551615.0,
         "1.8446744073709552e+19"},
        {"sum(5::BIGINT)", PAL_VALUE_INTEGER, 5, 5, "5"},
        {"sum(-5::BIGINT)", PAL_VALUE_INTEGER, -5, -5, "-5"},
        {"1::UHUGEINT", PAL_VALUE_INTEGER, 1, 1, "1"},
        {"100000000000000000000::HUGEINT", PAL_VALUE_NUMBER, 0, 1e20, "1e+20"},
        {"0.5::FLOAT", PAL_VALUE_NUMBER, 0, 0.5, "0.5"},
        {"0.1::DOUBLE", PAL_VALUE_NUMBER, 0, 0.1, "0.1"},
        {"1.50", PAL_VALUE_NUMBER, 0, 1.5, "1.5"},
        {"1.5::DECIMAL(4,1)", PAL_VALUE_NUMBER, 0, 1.5, "1.5"},
        {"-0.25::DECIMAL(9,2)", PAL_VALUE_NUMBER, 0, -0.25, "-0.25"},
        {"1.5::DECIMAL(18,4)", PAL_VALUE_NUMBER, 0, 1.5, "1.5"},
        {"1.5::DECIMAL(38,4)", PAL_VALUE_NUMBER, 0, 1.5, "1.5"},
        {"'abc'", PAL_VALUE_TEXT, 0, 0, "abc"},
        {"''", PAL_VALUE_TEXT, 0, 0, ""},
        {"'a text that is longer than twelve bytes'", PAL_VALUE_TEXT, 0, 0,
         "a text that is longer than twelve bytes"},
        {"DATE '2020-02-29'", PAL_VALUE_DAY, 18321, 0, "2020-02-29"},
        {"DATE '1969-12-31'", PAL_VALUE_DAY, -1, 0, "1969-12-31"},
        {"TIMESTAMP '2024-03-19 15:06:00'", PAL_VALUE_TEXT, 1710860760000000, 0,
         "2024-03-19 15:06:00"},
        {"TIMESTAMP '1969-12-31 23:59:59.25'", PAL_VALUE_TEXT, -750000, 0,
         "1969-12-31 23:59:59.250000"},
        {"'2024-03-19 15:06:00'::TIMESTAMP_S", PAL_VALUE_TEXT, 1710860760000000, 0,
         "2024-03-19 15:06:00"},
        {"'2024-03-19 15:06:00'::TIMESTAMP_MS", PAL_VALUE_TEXT, 1710860760000000, 0,
         "2024-03-19 15:06:00"},
        {"'2024-03-19 15:06:00'::TIMESTAMP_NS", PAL_VALUE_TEXT, 1710860760000000, 0,
         "2024-03-19 15:06:00"},
        {"TIME '15:06:07'", PAL_VALUE_TEXT, 0, 0, "15:06:07"},
        {"INTERVAL 3 DAY", PAL_VALUE_TEXT, 0, 0, "0 months 3 days 00:00:00"},
        {"UUID '00112233-4455-6677-8899-aabbccddeeff'", PAL_VALUE_TEXT, 0, 0,
         "00112233-4455-6677-8899-aabbccddeeff"},
        {"UUID 'f0112233-4455-6677-8899-aabbccddeeff'", PAL_VALUE_TEXT, 0, 0,
         "f0112233-4455-6677-8899-aabbccddeeff"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_cursor *cursor = NULL;
        const struct pal_value *row = NULL;
        char statement[256];
        (void)snprintf(statement, sizeof statement, "VALUES (%s)", rows[i].expression);
        if (strncmp(rows[i].expression, "sum", 3) == 0) {
            (void)snprintf(statement, sizeof statement, "FROM (SELECT %s)",
                           rows[i].expression);
        }
        assert_ok(
            pal_store_query(store, pal_view_of(statement), NULL, 0, &cursor, &err),
            &err);
        assert_int_equal(pal_cursor_column_count(cursor), 1);
        assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        assert_non_null(row);
        if (row[0].kind != rows[i].kind ||
            !pal_view_is_equal(row[0].text, pal_view_of(rows[i].text)) ||
            row[0].integer != rows[i].integer ||
            (rows[i].number != 0 && row[0].number != rows[i].number)) {
            fail_msg("%s: kind %d, integer %lld, number %g, text %.*s",
                     rows[i].expression, (int)row[0].kind, (long long)row[0].integer,
                     row[0].number, PAL_VIEW_ARG(row[0].text));
        }
        assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        assert_null(row);
        assert_ok(pal_cursor_next(cursor, &row, &err), &err);
        assert_null(row);
        pal_cursor_close(cursor);
    }
}

static void a_column_that_is_no_single_value_is_refused_with_its_name(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    assert_int_equal(pal_store_query(store,
                                     PAL_VIEW("SELECT 1, [1, 2] AS both_of_them"), NULL,
                                     0, &cursor, &err),
                     PAL_DATABASE);
    assert_null(cursor);
    assert_non_null(strstr(err.text, "both_of_them"));
}

static void values_are_bound_and_never_read_as_sql(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    const struct pal_value *row = NULL;
    const struct pal_value values[] = {
        {.kind = PAL_VALUE_NULL},
        {.kind = PAL_VALUE_INTEGER, .integer = INT64_MIN},
        {.kind = PAL_VALUE_NUMBER, .number = -0.125},
        {.kind = PAL_VALUE_TEXT, .text = PAL_VIEW("x'); DROP TABLE study; --")},
        {.kind = PAL_VALUE_DAY, .integer = 18321},
        {.kind = PAL_VALUE_BOOLEAN, .integer = 1},
        {.kind = PAL_VALUE_TEXT, .text = PAL_VIEW("bad \xC3(")},
        {.kind = PAL_VALUE_TEXT, .text = {NULL, 0}},
    };
    assert_ok(pal_store_query(store, PAL_VIEW("SELECT $1, $2, $3, $4, $5, $6, $7, $8"),
                              values, 8, &cursor, &err),
              &err);
    assert_ok(pal_cursor_next(cursor, &row, &err), &err);
    assert_int_equal(row[0].kind, PAL_VALUE_NULL);
    assert_true(row[1].integer == INT64_MIN);
    assert_true(row[2].number == -0.125);
    assert_true(pal_view_is_equal(row[3].text, values[3].text));
    assert_int_equal(row[4].kind, PAL_VALUE_DAY);
    assert_int_equal(row[4].integer, 18321);
    assert_int_equal(row[5].kind, PAL_VALUE_BOOLEAN);
    assert_true(pal_view_is_equal(row[6].text, PAL_VIEW("bad \xEF\xBF\xBD(")));
    assert_int_equal(row[7].text.size, 0);
    pal_cursor_close(cursor);
    assert_true(study_number(store, "SELECT count(*) FROM study") > 0);
}

static void a_wrong_number_of_values_is_our_error(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *cursor = NULL;
    struct pal_value value = {.kind = PAL_VALUE_INTEGER};
    assert_int_equal(
        pal_store_query(store, PAL_VIEW("SELECT 1"), &value, 1, &cursor, &err),
        PAL_BUG);
    assert_int_equal(
        pal_store_query(store, PAL_VIEW("SELECT $1"), NULL, 0, &cursor, &err), PAL_BUG);
    assert_null(cursor);
}

static void a_wrong_statement_is_an_error_in_words(void **state)
{
    (void)state;
    static const char *const statements[] = {
        "", "SELEC 1", "SELECT nothing FROM arrest", "SELECT 1; SELECT 2",
        "SELECT CAST('a' AS INT)"};
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_cursor *cursor = NULL;
        pal_status status =
            pal_store_query(store, pal_view_of(statements[i]), NULL, 0, &cursor, &err);
        assert_int_equal(status, PAL_DATABASE);
        assert_int_equal(err.status, status);
        assert_true(err.text[0] != '\0');
        assert_null(cursor);
    }
}

static void cursors_can_be_open_side_by_side(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_cursor *outer = NULL;
    const struct pal_value *row = NULL;
    int64_t sum = 0;
    assert_ok(pal_store_query(store,
                              PAL_VIEW("SELECT i FROM range(5000) AS r(i) ORDER BY i"),
                              NULL, 0, &outer, &err),
              &err);
    assert_ok(pal_cursor_next(outer, &row, &err), &err);
    for (int64_t want = 0; row != NULL; want++) {
        assert_int_equal(row[0].integer, want);
        if (want % 500 == 0) {
            sum += study_number(store, "SELECT 1");
        }
        assert_ok(pal_cursor_next(outer, &row, &err), &err);
    }
    assert_int_equal(sum, 10);
    assert_string_equal(pal_cursor_column_name(outer, 0), "i");
    pal_cursor_close(outer);
}

static void a_script_is_done_whole_or_not_at_all(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    assert_ok(pal_store_run_script(
                  store,
                  PAL_VIEW("CREATE TABLE a (i INTEGER); INSERT INTO a VALUES "
                           "(1); INSERT INTO a VALUES (2)"),
                  &err),
              &err);
    assert_int_equal(study_number(store, "SELECT count(*) FROM a"), 2);
    assert_int_equal(
        pal_store_run_script(store,
                             PAL_VIEW("DELETE FROM a; INSERT INTO a VALUES "
                                      "('not a number')"),
                             &err),
        PAL_DATABASE);
    assert_int_equal(study_number(store, "SELECT count(*) FROM a"), 2);
    assert_ok(pal_store_run_script(store, PAL_VIEW("DROP TABLE a"), &err), &err);
}

static void slots_are_filled_and_other_braces_stay(void **state)
{
    (void)state;
    static const struct {
        const char *template;
        const char *want; /* NULL: a slot without text */
    } rows[] = {
        {"SELECT {columns} FROM {table}", "SELECT a, b FROM arrest"},
        {"{table}{table}", "arrestarrest"},
        {"no slot", "no slot"},
        {"", ""},
        {"{'a': 1} {} { } {table", "{'a': 1} {} { } {table"},
        {"{Table} {1}", "{Table} {1}"},
        {"x{3}", "x{3}"},
        {"{other}", NULL},
        {"{nothing}", NULL},
    };
    const struct pal_slot slots[] = {{"columns", PAL_VIEW("a, b")},
                                     {"table", PAL_VIEW("arrest")},
                                     {"nothing", {NULL, 0}}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_error err = {PAL_OK, ""};
        struct pal_buffer out;
        pal_buffer_init(&out, 1024);
        pal_status status =
            pal_store_fill(pal_view_of(rows[i].template), slots, 3, &out, &err);
        if (rows[i].want == NULL) {
            assert_int_equal(status, PAL_BUG);
        } else {
            assert_ok(status, &err);
            assert_true(
                pal_view_is_equal(pal_buffer_view(&out), pal_view_of(rows[i].want)));
        }
        pal_buffer_clear(&out);
    }
}

static void a_fill_beyond_its_cap_is_a_limit(void **state)
{
    (void)state;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer out;
    const struct pal_slot slot = {"table", PAL_VIEW("arrest")};
    pal_buffer_init(&out, 8);
    assert_int_equal(pal_store_fill(PAL_VIEW("{table}{table}"), &slot, 1, &out, &err),
                     PAL_LIMIT);
    pal_buffer_clear(&out);
}

static void the_order_asked_for_is_the_order_given_with_any_number_of_threads(
    void **state)
{
    (void)state;
    static const char statement[] = "SELECT i % 1000 AS a, i FROM range(200000) AS "
                                    "r(i) WHERE hash(i) % 3 = 0 ORDER BY a "
                                    "DESC, i";
    char *want = study_text(store, statement);
    struct pal_store_options options = {.thread_count = 4};
    struct pal_error err = {PAL_OK, ""};
    struct pal_store *other = NULL;
    assert_ok(pal_store_open(NULL, PAL_STORE_CREATE, &options, &other, &err), &err);
    char *got = study_text(other, statement);
    assert_string_equal(got, want);
    pal_free(got);
    pal_free(want);
    pal_store_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, open_store, close_store)
        WITH_STORE(each_type_of_column_has_its_kind_value_and_text),
        WITH_STORE(a_column_that_is_no_single_value_is_refused_with_its_name),
        WITH_STORE(values_are_bound_and_never_read_as_sql),
        WITH_STORE(a_wrong_number_of_values_is_our_error),
        WITH_STORE(a_wrong_statement_is_an_error_in_words),
        WITH_STORE(cursors_can_be_open_side_by_side),
        WITH_STORE(a_script_is_done_whole_or_not_at_all),
        WITH_STORE(slots_are_filled_and_other_braces_stay),
        WITH_STORE(a_fill_beyond_its_cap_is_a_limit),
        WITH_STORE(the_order_asked_for_is_the_order_given_with_any_number_of_threads),
#undef WITH_STORE
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
