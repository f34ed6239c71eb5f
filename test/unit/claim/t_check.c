/* Claims held against a small study written by hand, and kept in it; every figure is worked out
 * beside it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "claim/claim.h"

#include "../script_study.h"
#include "helper_claim.h"

/* Release A: one arrest a day in Boston from 2017-01-01 to 2019-12-31 (1,095 rows), two a day
 * from 2019-03-01 to 2019-03-28 (28 rows more); Dallas none. The type is not recorded. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded, rows_stored) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '',"
    " 2113, 1123);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 2, 'Citizenship', 'citizenship_country', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 3, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'), (1, 'Located'),"
    " (2, 'MEXICO'), (3, 'CUBA');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method, citizenship_country)"
    " SELECT 1, i + 2, 0, 0, DATE '2017-01-01' + CAST(i AS INTEGER), 0, 1,"
    "  CASE WHEN i < 5 THEN 3 ELSE 2 END FROM range(1095) AS t(i);"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method, citizenship_country)"
    " SELECT 1, i + 2000, 0, 0, DATE '2019-03-01' + CAST(i AS INTEGER), 0, 1, 2"
    " FROM range(28) AS t(i);"
    "INSERT INTO coverage VALUES ('arrest', 'A', 'national', NULL, DATE '2017-01-01',"
    " DATE '2019-12-31', DATE '2017-01-01', DATE '2019-12-31', 1123);"
    "INSERT INTO study_place VALUES ('Boston', 'Boston', 'Massachusetts', 'Six "
    "states.',"
    " 'test'), ('Dallas', 'Dallas', 'Texas', NULL, 'test');";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

/* March 2019 has 31 + 28 = 59 arrests in Boston. */
static void each_test_has_its_verdict(void **state)
{
    static const struct {
        const char *measure;
        enum pal_claim_test test;
        double value; /* -1: none */
        enum pal_verdict verdict;
        double figure;
    } rows[] = {
        {"arrests", PAL_TEST_AT_LEAST, 30, PAL_VERDICT_SUPPORTED, 59},
        {"arrests", PAL_TEST_AT_LEAST, 59, PAL_VERDICT_CANNOT_TELL, 59},
        {"arrests", PAL_TEST_AT_LEAST, 90, PAL_VERDICT_CONTRADICTED, 59},
        {"arrests", PAL_TEST_MORE_THAN, 30, PAL_VERDICT_SUPPORTED, 59},
        {"arrests", PAL_TEST_AT_MOST, 100, PAL_VERDICT_SUPPORTED, 59},
        {"arrests", PAL_TEST_AT_MOST, 30, PAL_VERDICT_CONTRADICTED, 59},
        {"arrests_per_day", PAL_TEST_EQUALS_ABOUT, 10, PAL_VERDICT_CONTRADICTED,
         59.0 / 31},
        {"at_large_share", PAL_TEST_SHARE_ABOVE, 0.5, PAL_VERDICT_SUPPORTED, 1},
        /* 59 in 31 days against 31 in 31. */
        {"arrests", PAL_TEST_ROSE, -1, PAL_VERDICT_SUPPORTED, 59.0 / 31},
        {"arrests", PAL_TEST_FELL, -1, PAL_VERDICT_CONTRADICTED, 59.0 / 31},
        {"arrests", PAL_TEST_RANK, 1, PAL_VERDICT_SUPPORTED, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        sample_init(&sample, rows[i].measure, rows[i].test);
        sample_where(&sample, "area", "Boston");
        sample_days(&sample, "2019-03-01", "2019-03-31");
        if (rows[i].value >= 0) {
            sample_value(&sample, rows[i].value);
        }
        const struct pal_finding *finding = sample_check(&sample, *state);
        if (finding->verdict != rows[i].verdict) {
            print_error("row %zu: %s: %.*s\n", i, pal_verdict_text(finding->verdict),
                        PAL_VIEW_ARG(finding->why));
        }
        assert_int_equal(finding->verdict, rows[i].verdict);
        assert_true(finding->has_value);
        assert_true(fabs(finding->value - rows[i].figure) < 1e-9);
        assert_true(finding->low <= finding->value && finding->value <= finding->high);
        sample_clear(&sample);
    }
}

static void more_than_usual_looks_at_the_same_season(void **state)
{
    struct sample sample;
    sample_init(&sample, "arrests", PAL_TEST_MORE_THAN_USUAL);
    sample_where(&sample, "area", "Boston");
    sample_days(&sample, "2019-03-01", "2019-03-07");
    /* 14 in a week that has 7 in each of 18 spans of two earlier years: Poisson spread. */
    const struct pal_finding *finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_SUPPORTED);
    assert_true(fabs(finding->value - 2) < 1e-9);
    assert_int_equal(finding->readings[finding->reading_count - 1].n > 0, 1);
    sample_clear(&sample);
    /* The first weeks there are have no earlier year. */
    sample_init(&sample, "arrests", PAL_TEST_MORE_THAN_USUAL);
    sample_where(&sample, "area", "Boston");
    sample_days(&sample, "2017-01-02", "2017-01-08");
    finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_CANNOT_TELL);
    assert_said(finding->why, "too little");
    sample_clear(&sample);
}

static void dates_and_columns_that_are_not_there_are_no_zero(void **state)
{
    struct sample sample;
    sample_init(&sample, "arrests", PAL_TEST_AT_MOST);
    sample_days(&sample, "2021-01-01", "2021-01-31");
    sample_value(&sample, 10);
    const struct pal_finding *finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_NOT_COVERED);
    assert_false(finding->has_value);
    assert_said(finding->why, "2017-01-01 to 2019-12-31");
    sample_clear(&sample);

    sample_init(&sample, "arrests", PAL_TEST_AT_MOST);
    sample_where(&sample, "type", "Collateral");
    sample_value(&sample, 10);
    finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_NOT_RECORDED);
    sample_clear(&sample);

    /* Neither covered nor recorded on any day: the second says more. */
    sample_init(&sample, "collateral_share", PAL_TEST_SHARE_ABOVE);
    sample_days(&sample, "2021-01-01", "2021-01-31");
    finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_NOT_RECORDED);
    sample_clear(&sample);
}

static void a_city_is_not_its_area(void **state)
{
    static const struct {
        enum pal_claim_test test;
        double value;
        enum pal_verdict verdict;
    } rows[] = {
        {PAL_TEST_AT_LEAST, 10, PAL_VERDICT_NOT_RECORDED},
        {PAL_TEST_AT_LEAST, 500, PAL_VERDICT_CONTRADICTED},
        {PAL_TEST_AT_MOST, 500, PAL_VERDICT_SUPPORTED},
        {PAL_TEST_AT_MOST, 10, PAL_VERDICT_NOT_RECORDED},
        {PAL_TEST_RANK, 1, PAL_VERDICT_NOT_RECORDED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        sample_init(&sample, "arrests", rows[i].test);
        sample_where(&sample, "place", "boston");
        sample_days(&sample, "2019-03-01", "2019-03-31");
        sample_value(&sample, rows[i].value);
        const struct pal_finding *finding = sample_check(&sample, *state);
        assert_int_equal(finding->verdict, rows[i].verdict);
        assert_true(pal_view_find(finding->place_note,
                                  PAL_VIEW("The city of Boston is not the area")) == 0);
        sample_clear(&sample);
    }
}

static void a_part_of_the_days_decides_only_what_it_can(void **state)
{
    static const struct {
        enum pal_claim_test test;
        double value;
        enum pal_verdict verdict;
    } rows[] = {
        {PAL_TEST_AT_LEAST, 10, PAL_VERDICT_SUPPORTED},
        {PAL_TEST_AT_LEAST, 500, PAL_VERDICT_NOT_COVERED},
        {PAL_TEST_AT_MOST, 500, PAL_VERDICT_NOT_COVERED},
        {PAL_TEST_AT_MOST, 10, PAL_VERDICT_CONTRADICTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        sample_init(&sample, "arrests", rows[i].test);
        sample_days(&sample, "2019-12-01", "2020-01-31"); /* 31 of 62 days */
        sample_value(&sample, rows[i].value);
        const struct pal_finding *finding = sample_check(&sample, *state);
        assert_int_equal(finding->verdict, rows[i].verdict);
        sample_clear(&sample);
    }
}

static void what_is_unknown_is_an_error_of_that_claim(void **state)
{
    static const struct {
        const char *measure;
        const char *dimension;
        const char *value;
        const char *said;
    } rows[] = {
        {"arests", "area", "Boston", "did you mean \"arrests\"?"},
        {"arrests", "aera", "Boston", "did you mean \"area\"?"},
        {"arrests", "area", "Bostn", "did you mean \"Boston\"?"},
        {"arrests", "place", "Bosten", "did you mean \"Boston\"?"},
        {"arrests", "unique_identifier", "7", "leads to a person"},
        {"arrests", "landmark", "A JAIL", "leads to a person"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        sample_init(&sample, rows[i].measure, PAL_TEST_AT_LEAST);
        sample_where(&sample, rows[i].dimension, rows[i].value);
        sample_value(&sample, 10);
        const struct pal_finding *finding = sample_check(&sample, *state);
        assert_int_equal(finding->verdict, PAL_VERDICT_ERROR);
        assert_false(finding->has_value);
        assert_said(finding->why, rows[i].said);
        sample_clear(&sample);
    }
}

/* Of 1,000 arrests 400 are collateral, 100 are not, and 500 do not say: 80 % of those that do,
 * and 40 to 90 % of all. */
static void a_share_that_half_do_not_state_is_bounded(void **state)
{
    static const char types[] =
        "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"
        "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, "
        "encoding, delimiter, recorded, rows_stored) VALUES (1, 1, 'a', '', 'arrest', "
        "'csv', '', '', 2113, 1000);"
        "INSERT INTO sheet_column VALUES"
        " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
        " (1, 1, 'Type', 'apprehension_type', 'public', true, 0, 500, 0, 0, 0);"
        "INSERT INTO term VALUES (0, 'Collateral'), (1, 'Targeted');"
        "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, "
        "apprehension_date, apprehension_type)"
        " SELECT 1, i + 2, 0, 0, DATE '2019-01-01' + CAST(i % 100 AS INTEGER),"
        "  CASE WHEN i < 400 THEN 0 WHEN i < 500 THEN 1 END FROM range(1000) AS t(i);"
        "INSERT INTO coverage VALUES ('arrest', 'A', 'national', NULL, DATE "
        "'2019-01-01', DATE '2019-04-10', DATE '2019-01-01', DATE '2019-04-10', 1000);";
    static const struct {
        double share;
        enum pal_verdict verdict;
    } rows[] = {{0.3, PAL_VERDICT_SUPPORTED},
                {0.5, PAL_VERDICT_CANNOT_TELL},
                {0.85, PAL_VERDICT_CANNOT_TELL},
                {0.95, PAL_VERDICT_CONTRADICTED}};
    void *store = NULL;
    (void)state;
    assert_int_equal(script_study_open(&store, types), 0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        sample_init(&sample, "collateral_share", PAL_TEST_SHARE_ABOVE);
        sample_days(&sample, "2019-01-01", "2019-04-10");
        sample_value(&sample, rows[i].share);
        const struct pal_finding *finding = sample_check(&sample, store);
        assert_int_equal(finding->verdict, rows[i].verdict);
        assert_float_equal(finding->value, 0.8, 1e-9);
        assert_int_equal(finding->readings[0].n, 1000);
        assert_int_equal(finding->readings[0].blank, 500);
        assert_said(finding->why, "500 records of these days do not state");
        sample_clear(&sample);
    }
    assert_int_equal(script_study_close(&store), 0);
}

/* Five people of one citizenship: the number is not shown, the verdict is. */
static void fewer_than_eleven_are_not_broken_out(void **state)
{
    struct sample sample;
    struct pal_buffer out;
    struct pal_json json;
    sample_init(&sample, "arrests", PAL_TEST_AT_LEAST);
    sample_where(&sample, "citizenship", "CUBA");
    sample_value(&sample, 100);
    const struct pal_finding *finding = sample_check(&sample, *state);
    assert_int_equal(finding->verdict, PAL_VERDICT_CONTRADICTED);
    assert_true(finding->is_withheld);
    assert_false(finding->has_value);
    assert_said(finding->why, "fewer than 11");
    pal_buffer_init(&out, 1U << 20);
    pal_json_init(&json, &out, true);
    pal_judgement_json(sample.judgement, &json);
    assert_int_equal(out.status, PAL_OK);
    assert_null(strstr(out.data, "\"n\": 5"));
    assert_null(strstr(out.data, "\"value\": 5"));
    pal_buffer_clear(&out);
    sample_clear(&sample);
}

static void claims_come_back_from_the_study_as_they_were(void **state)
{
    struct sample sample;
    struct pal_claims loaded;
    struct pal_error err = {PAL_OK, ""};
    sample_init(&sample, "arrests", PAL_TEST_EQUALS_ABOUT);
    sample_where(&sample, "area", "Boston");
    sample_where(&sample, "method", "Located");
    sample_days(&sample, "2019-03-01", "2019-03-31");
    sample_value(&sample, 10.5);
    sample.claim.hedge = PAL_VIEW("about");
    sample.claim.settled_by = PAL_VIEW("a file");
    sample.claim.has_against = true;
    sample.claim.against.first = pal_day_from_text("2018-03-01");
    sample.claim.context_count = 1;
    sample.claim.contexts[0].what.measure = PAL_VIEW("arrests");
    sample.claim.contexts[0].note = PAL_VIEW("a note");
    sample.claims.reviewed = pal_day_from_text("2020-06-01");
    assert_int_equal(pal_claims_store(&sample.claims, *state, &err), PAL_OK);
    assert_int_equal(pal_claims_load(*state, &loaded, &err), PAL_OK);
    assert_int_equal(loaded.count, 1);
    const struct pal_claim *claim = &loaded.items[0];
    assert_true(pal_view_is_equal(claim->id, PAL_VIEW("one")));
    assert_int_equal(claim->test, PAL_TEST_EQUALS_ABOUT);
    assert_int_equal(claim->what.where_count, 2);
    assert_true(pal_view_is_equal(claim->what.where[1].value, PAL_VIEW("Located")));
    assert_int_equal(claim->what.last, pal_day_from_text("2019-03-31"));
    assert_true(claim->has_value && fabs(claim->value - 10.5) < 1e-12);
    assert_false(claim->has_value_high);
    assert_true(claim->has_against);
    assert_int_equal(claim->against.first, pal_day_from_text("2018-03-01"));
    assert_int_equal(claim->context_count, 1);
    assert_true(pal_view_is_equal(claim->contexts[0].note, PAL_VIEW("a note")));
    assert_int_equal(claim->passage, -1);
    assert_int_equal(loaded.reviewed, pal_day_from_text("2020-06-01"));
    pal_claims_clear(&loaded);
    sample.claims.count = 0;
    assert_int_equal(pal_claims_store(&sample.claims, *state, &err), PAL_OK);
    assert_int_equal(pal_claims_load(*state, &loaded, &err), PAL_OK);
    assert_int_equal(loaded.count, 0);
    pal_claims_clear(&loaded);
    sample_clear(&sample);
}

static void checking_without_memory_is_said_and_leaks_nothing(void **state)
{
    bool has_failed = true;
    for (size_t n = 1; has_failed; n += n < 100 ? 1 : 401) {
        struct sample sample;
        struct pal_error err = {PAL_OK, ""};
        sample_init(&sample, "arrests_per_day", PAL_TEST_AT_LEAST);
        sample_where(&sample, "area", "Boston");
        sample_days(&sample, "2019-03-01", "2019-03-31");
        sample_value(&sample, 1);
        pal_alloc_fail_after(n);
        pal_status st =
            pal_claims_check(*state, &sample.claims, NULL, &sample.judgement, &err);
        has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        if (st != PAL_OK) {
            assert_true(has_failed);
            assert_null(sample.judgement);
            assert_true(err.text[0] != '\0');
        }
        sample_clear(&sample);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_test_has_its_verdict),
        cmocka_unit_test(more_than_usual_looks_at_the_same_season),
        cmocka_unit_test(dates_and_columns_that_are_not_there_are_no_zero),
        cmocka_unit_test(a_city_is_not_its_area),
        cmocka_unit_test(a_part_of_the_days_decides_only_what_it_can),
        cmocka_unit_test(what_is_unknown_is_an_error_of_that_claim),
        cmocka_unit_test(a_share_that_half_do_not_state_is_bounded),
        cmocka_unit_test(fewer_than_eleven_are_not_broken_out),
        cmocka_unit_test(claims_come_back_from_the_study_as_they_were),
        cmocka_unit_test(checking_without_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
