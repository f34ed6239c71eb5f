/* Counts under other duplicate rules, of one release, and by a column that a release lacks. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "measure/measure.h"

#include "../script_study.h"

/* Release A, three days running: one id on each of them, two rows without an id. Our rule
 * keeps day 1 and day 3 (more than a day after the first of its episode), a chain keeps
 * day 1 alone. Release B covers the same days with one row, and serves none of them. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv'),"
    " (2, 'b.csv', 'b.csv', 'bb', 1, 'B', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 1),"
    " (2, 2, 'b', '', 'arrest', 'csv', '', '', 1);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Collateral');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " unique_identifier) VALUES"
    " (1, 2, 0, 0, DATE '2019-01-01', '00000000-0000-0000-0000-000000000007'),"
    " (1, 3, 0, 0, DATE '2019-01-02', '00000000-0000-0000-0000-000000000007'),"
    " (1, 4, 0, 0, DATE '2019-01-03', '00000000-0000-0000-0000-000000000007'),"
    " (1, 5, 0, 0, DATE '2019-01-02', NULL),"
    " (1, 6, 0, 0, DATE '2019-01-02', NULL), "
    " (2, 2, 0, 0, DATE '2019-01-02', '00000000-0000-0000-0000-000000000007');"
    "INSERT INTO arrest_flag_row VALUES"
    " (1, 2, 1, TRUE, TRUE, FALSE, 'kept', 'palladium-1'),"
    " (1, 3, 1, TRUE, FALSE, TRUE, 'within_day', 'palladium-1'),"
    " (1, 4, 2, FALSE, TRUE, FALSE, 'alone', 'palladium-1');"
    "INSERT INTO coverage VALUES"
    " ('arrest', 'A', 'national', NULL, DATE '2019-01-01', DATE '2019-01-04',"
    "  DATE '2019-01-01', DATE '2019-01-04', 5),"
    " ('arrest', 'B', 'national', NULL, DATE '2019-01-01', DATE '2019-01-02',"
    "  NULL, NULL, 1);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static struct pal_measure_request request_of(const char *measure)
{
    struct pal_measure_request request = {.first = PAL_DAY_NONE, .last = PAL_DAY_NONE};
    assert_true(pal_measure_find(pal_view_of(measure), &request.measure));
    return request;
}

static struct pal_figure figure_of(struct pal_store *store,
                                   const struct pal_measure_request *request)
{
    struct pal_measure_result *result = NULL;
    struct pal_error err = {PAL_OK, ""};
    pal_status st = pal_measure_run(store, request, &result, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    assert_int_equal(result->count, 1);
    struct pal_figure figure = result->figures[0];
    pal_measure_result_free(result);
    return figure;
}

static void each_rule_keeps_what_it_says(void **state)
{
    static const struct {
        const char *rule;
        int64_t count;
    } rows[] = {{"", 4},
                {"palladium-1", 4},
                {"all", 5},
                {"ddp-2026-03", 3},
                {"ddp-2026-08", 3}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_measure_request request = request_of("arrests");
        request.rule = pal_view_of(rows[i].rule);
        struct pal_figure figure = figure_of(*state, &request);
        if (figure.n != rows[i].count) {
            print_error("rule %s\n", rows[i].rule);
        }
        assert_int_equal(figure.n, rows[i].count);
    }
}

static void every_rule_has_its_statement_and_an_unknown_one_is_refused(void **state)
{
    static const char *const tables[] = {"arrest", "detainer", "encounter", "removal"};
    static const char *const measures[] = {"arrests", "detainers", "encounters",
                                           "removals"};
    struct pal_error err = {PAL_OK, ""};
    struct pal_measure_result *result = NULL;
    struct pal_rule rule;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (size_t k = 0; pal_rule_at(pal_view_of(tables[i]), k, &rule); k++) {
            struct pal_measure_request request = request_of(measures[i]);
            request.rule = rule.name;
            assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_OK);
            pal_measure_result_free(result);
        }
    }
    struct pal_measure_request request = request_of("arrests");
    request.rule = PAL_VIEW("ddp-2027");
    assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_USAGE);
    assert_non_null(strstr(err.text, "it knows palladium-1, all, ddp-2026-03"));
    request = request_of("arrest_records");
    request.rule = PAL_VIEW("all");
    assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_USAGE);
}

static void a_release_can_be_asked_alone(void **state)
{
    struct pal_measure_request request = request_of("arrests");
    request.release = PAL_VIEW("B");
    struct pal_figure figure = figure_of(*state, &request);
    assert_int_equal(figure.n, 1);
    assert_int_equal(figure.days_covered, 2);
    request.first = pal_day_from_text("2019-01-03");
    request.last = pal_day_from_text("2019-01-03");
    figure = figure_of(*state, &request);
    assert_int_equal(figure.status, PAL_FIGURE_NOT_COVERED);
}

static void a_condition_on_a_column_that_is_not_there_is_no_zero(void **state)
{
    struct pal_measure_request request = request_of("arrests");
    request.where[request.where_count++] =
        (struct pal_condition){PAL_VIEW("type"), PAL_VIEW("Collateral")};
    struct pal_figure figure = figure_of(*state, &request);
    assert_int_equal(figure.status, PAL_FIGURE_NOT_RECORDED);
    assert_false(figure.has_value);
    /* With the column, and nobody of that type, it is 0. */
    const struct pal_view with_column =
        PAL_VIEW("INSERT INTO sheet_column VALUES (1, 1, 'Apprehension Type', "
                 "'apprehension_type',"
                 " 'public', true, 0, 0, 0, 0, 0)");
    assert_int_equal(pal_store_run(*state, with_column, NULL, 0, NULL), PAL_OK);
    figure = figure_of(*state, &request);
    assert_int_equal(figure.status, PAL_FIGURE_NUMBER);
    assert_int_equal(figure.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_keeps_what_it_says),
        cmocka_unit_test(every_rule_has_its_statement_and_an_unknown_one_is_refused),
        cmocka_unit_test(a_release_can_be_asked_alone),
        cmocka_unit_test(a_condition_on_a_column_that_is_not_there_is_no_zero),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
