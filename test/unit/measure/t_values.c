/* Conditions on values that occur nowhere: a slip must not be read as zero. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "measure/measure.h"

#include "../script_study.h"

static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 2113);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'), (1, 'Located');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method) VALUES"
    " (1, 2, 0, 0, DATE '2019-01-01', 0, 1), (1, 3, 0, 0, DATE '2019-04-01', 0, 1);"
    "INSERT INTO coverage VALUES ('arrest', 'A', 'national', NULL, DATE '2019-01-01',"
    " DATE '2019-03-31', DATE '2019-01-01', DATE '2019-03-31', 8);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static struct pal_measure_request arrests_where(const char *dimension,
                                                const char *value)
{
    struct pal_measure_request request = {
        .where_count = 1,
        .where = {{pal_view_of(dimension), pal_view_of(value)}},
        .first = PAL_DAY_NONE,
        .last = PAL_DAY_NONE};
    assert_true(pal_measure_find(PAL_VIEW("arrests"), &request.measure));
    return request;
}

static void a_value_that_occurs_nowhere_is_refused_with_the_nearest(void **state)
{
    static const struct {
        const char *dimension;
        const char *value;
        const char *said; /* NULL: accepted */
    } rows[] = {
        {"area", "Boston", NULL},
        {"area", "Bostn", "did you mean \"Boston\"?"},
        {"area", "Chicago", NULL}, /* the agency has it; no record here does */
        {"area", "not stated", NULL},
        {"method", "Located", NULL},
        {"method", "Locatd", "did you mean \"Located\"?"},
        {"method_group", "at-large", NULL},
        {"method_group", "something else", "there is at-large"},
        {"state", "OHIO", NULL}, /* no column of it: the figure says "not recorded" */
        {"month", "2019-01", NULL},
        {"area", "", "names no value"},
        {"method", "", "names no value"},
        {"area", "BOS", "is called \"Boston\" here"},
        {"area", "Boston Area of Responsibility", "is called \"Boston\" here"},
        {"area", "chicago", "is called \"Chicago\" here"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_measure_request request =
            arrests_where(rows[i].dimension, rows[i].value);
        struct pal_error err = {PAL_OK, ""};
        pal_status st = pal_measure_check_values(*state, &request, &err);
        if (rows[i].said == NULL) {
            assert_int_equal(st, PAL_OK);
        } else {
            assert_int_equal(st, PAL_USAGE);
            if (strstr(err.text, rows[i].said) == NULL) {
                fail_msg("%s: %s", rows[i].value, err.text);
            }
        }
    }
}

static void two_conditions_on_one_dimension_are_refused_and_no_zero(void **state)
{
    struct pal_measure_request request = arrests_where("area", "Boston");
    struct pal_error err = {PAL_OK, ""};
    request.where[1] = (struct pal_condition){PAL_VIEW("area"), PAL_VIEW("Chicago")};
    request.where_count = 2;
    assert_int_equal(pal_measure_check_values(*state, &request, &err), PAL_USAGE);
    assert_non_null(strstr(err.text, "two conditions on area"));
    request.where[1] = (struct pal_condition){PAL_VIEW("method"), PAL_VIEW("Located")};
    assert_int_equal(pal_measure_check_values(*state, &request, &err), PAL_OK);
}

static void checking_without_memory_is_said_and_leaks_nothing(void **state)
{
    struct pal_measure_request request = arrests_where("method", "Located");
    pal_status st = PAL_MEMORY;
    for (size_t n = 1; st != PAL_OK; n++) {
        assert_true(n < 5000);
        pal_alloc_fail_after(n);
        st = pal_measure_check_values(*state, &request, NULL);
        pal_alloc_fail_after(0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_that_occurs_nowhere_is_refused_with_the_nearest),
        cmocka_unit_test(two_conditions_on_one_dimension_are_refused_and_no_zero),
        cmocka_unit_test(checking_without_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
