/* Measures over a small study written by hand; every expected number is worked out beside it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/measure.h"

#include "../script_study.h"

/* Release A covers the nation from 2019-01-01 to 2019-03-31. Release B is about Seattle, from
 * 2018-11-01 to 2019-03-31, and so serves Seattle alone until A begins. Neither records a
 * state in release A; release B records it. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv'),"
    " (2, 'b.csv', 'b.csv', 'bb', 1, 'B', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 2113),"
    " (2, 2, 'b', '', 'arrest', 'csv', '', '', 2049);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 1, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"
    " (1, 'Seattle Area of Responsibility'), (2, 'Located'), (3, 'CAP Local "
    "Incarceration'),"
    " (4, 'ERO Reprocessed Arrest');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method) VALUES"
    " (1, 2, 0, 0, DATE '2019-01-01', 0, 2),"
    " (1, 3, 0, 0, DATE '2019-01-31', 0, 3),"
    " (1, 4, 0, 0, DATE '2019-01-31', 0, 3),"
    " (1, 5, 0, 0, DATE '2019-03-01', 0, 2),"
    " (1, 6, 0, 0, DATE '2019-03-01', 1, 2),"
    " (1, 7, 0, 0, DATE '2019-03-02', NULL, 4),"
    " (1, 8, 64, 0, DATE '2019-03-02', NULL, NULL),"
    " (1, 9, 0, 0, DATE '2019-04-02', 0, 2)," /* beyond what A covers */
    " (1, 10, 0, 0, NULL, 0, 2),"             /* no date */
    " (2, 2, 0, 0, DATE '2018-11-05', NULL, 2),"
    " (2, 3, 0, 0, DATE '2018-12-05', NULL, 3),"
    " (2, 4, 0, 0, DATE '2019-03-01', NULL, 2);" /* the same arrest as A's row 6 */
    "INSERT INTO coverage VALUES"
    " ('arrest', 'A', 'national', NULL, DATE '2019-01-01', DATE '2019-03-31',"
    "  DATE '2019-01-01', DATE '2019-03-31', 8),"
    " ('arrest', 'B', 'regional', 'Seattle', DATE '2018-11-01', DATE '2019-03-31',"
    "  DATE '2018-11-01', DATE '2018-12-31', 3);";

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

static void add_by(struct pal_measure_request *request, const char *name)
{
    request->by[request->by_count++] = pal_view_of(name);
}

static void add_where(struct pal_measure_request *request, const char *name,
                      const char *value)
{
    request->where[request->where_count++] =
        (struct pal_condition){pal_view_of(name), pal_view_of(value)};
}

static void append_number(struct pal_buffer *out, bool has_value, double value)
{
    if (has_value && isfinite(value)) {
        pal_buffer_append_format(out, ",%.6g", value);
    } else {
        pal_buffer_append_text(out, ",");
    }
}

/* Runs and compares: keys, value, low, high (six digits), n, status, days covered, days. */
static void assert_figures(struct pal_store *store,
                           const struct pal_measure_request *request,
                           const char *expected)
{
    struct pal_measure_result *result = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_buffer out;
    pal_buffer_init(&out, 1U << 20);
    pal_status st = pal_measure_run(store, request, &result, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    for (size_t i = 0; i < result->count; i++) {
        const struct pal_figure *figure = &result->figures[i];
        for (size_t k = 0; k < request->by_count; k++) {
            pal_buffer_append_view(&out, figure->keys[k]);
        }
        append_number(&out, figure->has_value, figure->value);
        append_number(&out, figure->has_value, figure->low);
        append_number(&out, figure->has_value, figure->high);
        pal_buffer_append_format(&out, ",%lld,%s,%d,%d\n", (long long)figure->n,
                                 pal_figure_status_text(figure->status),
                                 figure->days_covered, figure->days);
    }
    assert_int_equal(out.status, PAL_OK);
    assert_string_equal(out.data, expected);
    pal_measure_result_free(result);
    pal_buffer_clear(&out);
}

static void months_are_numbers_zeros_or_not_covered(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    add_by(&request, "month");
    request.first = pal_day_from_text("2018-12-01");
    request.last = pal_day_from_text("2019-04-30");
    /* Intervals by R: qgamma(0.025, n) and qgamma(0.975, n + 1). */
    assert_figures(*state, &request,
                   "2018-12,,,,0,not covered,0,31\n"
                   "2019-01,3,0.618672,8.76727,3,number,31,31\n"
                   "2019-02,0,0,3.68888,0,number,28,28\n"
                   "2019-03,4,1.08987,10.2416,4,number,31,31\n"
                   "2019-04,,,,1,not covered,0,30\n");
}

static void releases_are_never_added_up(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    add_where(&request, "area", "Seattle");
    add_by(&request, "month");
    /* Seattle: B until December, A from January; B's row of March is A's row 6. */
    assert_figures(*state, &request,
                   "2018-11,1,0.0253178,5.57164,1,number,30,30\n"
                   "2018-12,1,0.0253178,5.57164,1,number,31,31\n"
                   "2019-01,0,0,3.68888,0,number,31,31\n"
                   "2019-02,0,0,3.68888,0,number,28,28\n"
                   "2019-03,1,0.0253178,5.57164,1,number,31,31\n");
}

static void a_regional_release_put_first_replaces_the_national_one(void **state)
{
    struct pal_store *store = *state;
    struct pal_measure_request request = request_of("arrest_records");
    add_by(&request, "area");
    add_where(&request, "month", "2019-03");
    const struct pal_view before = PAL_VIEW(
        "INSERT INTO coverage VALUES ('arrest', 'B', 'regional', 'Seattle', NULL, NULL,"
        " DATE '2019-03-01', DATE '2019-03-31', 1)");
    const struct pal_view after =
        PAL_VIEW("DELETE FROM coverage WHERE scope = 'regional' AND first_day IS NULL");
    assert_int_equal(pal_store_run(store, before, NULL, 0, NULL), PAL_OK);
    /* Seattle's one arrest is B's now, not A's and not both. */
    assert_figures(store, &request,
                   "Boston,1,0.0253178,5.57164,1,number,31,31\n"
                   "Seattle,1,0.0253178,5.57164,1,number,31,31\n"
                   "not stated,1,0.0253178,5.57164,1,number,31,31\n"
                   "redacted,1,0.0253178,5.57164,1,number,31,31\n");
    assert_int_equal(pal_store_run(store, after, NULL, 0, NULL), PAL_OK);
}

static void a_blank_area_and_a_redacted_one_are_areas_of_their_own(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    add_by(&request, "area");
    request.first = pal_day_from_text("2019-03-01");
    request.last = pal_day_from_text("2019-03-31");
    assert_figures(*state, &request,
                   "Boston,1,0.0253178,5.57164,1,number,31,31\n"
                   "Seattle,1,0.0253178,5.57164,1,number,31,31\n"
                   "not stated,1,0.0253178,5.57164,1,number,31,31\n"
                   "redacted,1,0.0253178,5.57164,1,number,31,31\n");
}

static void the_total_takes_undated_and_stray_records_of_the_serving_release(
    void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    assert_figures(*state, &request, ",9,4.11537,17.0848,9,number,90,90\n");
}

static void a_column_that_a_release_lacks_is_not_recorded_and_not_zero(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    add_by(&request, "state");
    assert_figures(*state, &request, "not recorded,,,,9,not recorded,90,90\n");
}

static void oddity_14_arrests_without_an_area_are_in_every_total(void **state)
{
    static const char *const wheres[][2] = {{"month", "2019-03"}, {"year", "2019"}};
    for (size_t i = 0; i < sizeof wheres / sizeof wheres[0]; i++) {
        struct pal_measure_result *total = NULL;
        struct pal_measure_result *parts = NULL;
        struct pal_measure_request request = request_of("arrest_records");
        int64_t n = 0;
        int64_t n_blank = 0;
        add_where(&request, wheres[i][0], wheres[i][1]);
        assert_int_equal(pal_measure_run(*state, &request, &total, NULL), PAL_OK);
        add_by(&request, "area");
        assert_int_equal(pal_measure_run(*state, &request, &parts, NULL), PAL_OK);
        for (size_t k = 0; k < parts->count; k++) {
            struct pal_view area = parts->figures[k].keys[0];
            n += parts->figures[k].n;
            n_blank += pal_view_is_equal(area, PAL_VIEW("not stated"))
                           ? parts->figures[k].n
                           : 0;
        }
        assert_int_equal(total->count, 1);
        assert_int_equal(total->figures[0].n, n);
        assert_int_equal(n_blank, 1);
        pal_measure_result_free(total);
        pal_measure_result_free(parts);
    }
}

/* A column that stands in the release and is filled from March on. */
static void oddity_16_a_field_filled_only_later_is_not_stated_before(void **state)
{
    static const char filled[] =
        "INSERT INTO sheet_column VALUES"
        " (1, 3, 'Criminality', 'apprehension_criminality', 'public', true, 0, 0, 0, "
        "0, 0);"
        "UPDATE sheet SET recorded = recorded + 4194304 WHERE sheet_id = 1;"
        "INSERT INTO term VALUES (5, '1 Convicted Criminal');"
        "UPDATE arrest_row SET apprehension_criminality = 5"
        " WHERE sheet_id = 1 AND apprehension_date >= DATE '2019-03-01'";
    struct pal_measure_request request = request_of("arrest_records");
    void *later = NULL;
    (void)state;
    assert_int_equal(open_study(&later), 0);
    assert_int_equal(pal_store_run_script(later, pal_view_of(filled), NULL), PAL_OK);
    add_by(&request, "criminality");
    add_where(&request, "month", "2019-01");
    assert_figures(later, &request, "not stated,3,0.618672,8.76727,3,number,31,31\n");
    request = request_of("arrest_records");
    add_by(&request, "criminality");
    add_where(&request, "month", "2019-03");
    assert_figures(later, &request,
                   "1 Convicted Criminal,4,1.08987,10.2416,4,number,31,31\n");
    assert_int_equal(script_study_close(&later), 0);
}

static void methods_fall_into_four_groups(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    struct pal_measure_result *result = NULL;
    add_by(&request, "method_group");
    assert_int_equal(pal_measure_run(*state, &request, &result, NULL), PAL_OK);
    static const struct {
        const char *key;
        int64_t n;
    } want[] = {{"at-large", 5}, {"custodial", 2}, {"not stated", 1}, {"other", 1}};
    assert_int_equal(result->count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(
            pal_view_is_equal(result->figures[i].keys[0], pal_view_of(want[i].key)));
        assert_int_equal(result->figures[i].n, want[i].n);
    }
    pal_measure_result_free(result);
}

static void a_rate_is_per_covered_day_and_a_share_has_an_exact_interval(void **state)
{
    struct pal_measure_request rate = request_of("arrests_per_day");
    struct pal_measure_request share = request_of("at_large_share");
    add_where(&rate, "month", "2019-01");
    add_where(&share, "fiscal_year", "2019");
    add_where(&share, "area", "Boston");
    /* 3 arrests in 31 days. */
    assert_figures(*state, &rate, ",0.0967742,0.0199572,0.282815,3,number,31,31\n");
    /* Boston, dated and covered: located 2, local jail 2. Clopper-Pearson of 2/4. */
    assert_figures(*state, &share, ",0.5,0.067586,0.932414,4,number,90,365\n");
}

static void a_figure_without_a_value_has_empty_cells_in_csv(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    struct pal_measure_result *result = NULL;
    struct pal_buffer out;
    pal_buffer_init(&out, 1U << 16);
    add_by(&request, "month");
    add_where(&request, "month", "2019-04");
    assert_int_equal(pal_measure_run(*state, &request, &result, NULL), PAL_OK);
    pal_measure_result_csv(result, &out);
    assert_string_equal(out.data, "month,value,low,high,n,status,days_covered,days\n"
                                  "2019-04,,,,1,not covered,0,30\n");
    pal_measure_result_free(result);
    pal_buffer_clear(&out);
}

static void nothing_to_divide_by_is_no_data(void **state)
{
    struct pal_measure_request share = request_of("at_large_share");
    add_where(&share, "month", "2019-02");
    assert_figures(*state, &share, ",,,,0,no data,28,28\n");
}

static void wrong_requests_are_refused_with_what_there_is(void **state)
{
    struct pal_measure_result *result = NULL;
    struct pal_error err;
    struct pal_measure_request request = request_of("arrests");
    add_by(&request, "colour");
    assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_USAGE);
    assert_non_null(strstr(err.text, "'colour'"));
    assert_non_null(strstr(err.text, "method_group"));
    request = request_of("arrests");
    add_by(&request, "month");
    add_by(&request, "week");
    assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_USAGE);
    request = request_of("arrests");
    add_where(&request, "month", "January");
    assert_int_equal(pal_measure_run(*state, &request, &result, &err), PAL_USAGE);
    assert_null(result);
}

static void no_dimension_leads_to_a_person(void **state)
{
    struct pal_measure measure;
    struct pal_dimension dimension;
    (void)state;
    static const char *const tables[] = {"arrest",  "detainer", "encounter",
                                         "removal", "stint",    "stay"};
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
        for (size_t i = 0; pal_dimension_at(pal_view_of(tables[t]), i, &dimension);
             i++) {
            assert_int_equal(
                pal_view_find(dimension.expression, PAL_VIEW("identifier")),
                dimension.expression.size);
            assert_int_equal(pal_view_find(dimension.expression, PAL_VIEW("landmark")),
                             dimension.expression.size);
            assert_int_equal(
                pal_view_find(dimension.expression, PAL_VIEW("birth_date")),
                dimension.expression.size);
        }
    }
    assert_true(pal_measure_count() >= 10);
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        assert_true(measure.title.size > 0 && measure.unit.size > 0);
        assert_true(measure.numerator.size > 0 && measure.source.size > 0);
        assert_true(measure.caveats.size > 0 && measure.interval.size > 0);
        assert_true(pal_dimension_at(measure.table, 0, &dimension));
    }
}

static void every_measure_runs_by_every_dimension(void **state)
{
    struct pal_measure measure;
    struct pal_dimension dimension;
    for (size_t i = 0; pal_measure_at(i, &measure); i++) {
        for (size_t k = 0; pal_dimension_at(measure.table, k, &dimension); k++) {
            struct pal_measure_request request = {.measure = measure,
                                                  .by_count = 1,
                                                  .by = {dimension.name},
                                                  .first = PAL_DAY_NONE,
                                                  .last = PAL_DAY_NONE};
            struct pal_measure_result *result = NULL;
            struct pal_error err = {PAL_OK, ""};
            pal_status st = pal_measure_run(*state, &request, &result, &err);
            if (st != PAL_OK) {
                print_error("%.*s by %.*s: %s\n", PAL_VIEW_ARG(measure.name),
                            PAL_VIEW_ARG(dimension.name), err.text);
            }
            assert_int_equal(st, PAL_OK);
            pal_measure_result_free(result);
        }
    }
}

static void running_without_memory_is_said_and_leaks_nothing(void **state)
{
    struct pal_measure_request request = request_of("arrest_records");
    pal_status st = PAL_MEMORY;
    add_by(&request, "area");
    add_by(&request, "month");
    for (size_t n = 1; st != PAL_OK; n++) {
        struct pal_measure_result *result = NULL;
        assert_true(n < 5000);
        pal_alloc_fail_after(n);
        st = pal_measure_run(*state, &request, &result, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK ? result != NULL : result == NULL);
        pal_measure_result_free(result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_numbers_zeros_or_not_covered),
        cmocka_unit_test(releases_are_never_added_up),
        cmocka_unit_test(a_regional_release_put_first_replaces_the_national_one),
        cmocka_unit_test(a_blank_area_and_a_redacted_one_are_areas_of_their_own),
        cmocka_unit_test(
            the_total_takes_undated_and_stray_records_of_the_serving_release),
        cmocka_unit_test(a_column_that_a_release_lacks_is_not_recorded_and_not_zero),
        cmocka_unit_test(oddity_14_arrests_without_an_area_are_in_every_total),
        cmocka_unit_test(oddity_16_a_field_filled_only_later_is_not_stated_before),
        cmocka_unit_test(methods_fall_into_four_groups),
        cmocka_unit_test(a_rate_is_per_covered_day_and_a_share_has_an_exact_interval),
        cmocka_unit_test(a_figure_without_a_value_has_empty_cells_in_csv),
        cmocka_unit_test(nothing_to_divide_by_is_no_data),
        cmocka_unit_test(wrong_requests_are_refused_with_what_there_is),
        cmocka_unit_test(no_dimension_leads_to_a_person),
        cmocka_unit_test(every_measure_runs_by_every_dimension),
        cmocka_unit_test(running_without_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
