#include "study.h"

#include <string.h>

#define FIELDS "apprehension_date apprehension_aor"

static const char spans[] =
    "SELECT release_name, scope, area, first_day, last_day, serves_first, serves_last, "
    "rows FROM coverage ORDER BY release_name, first_day, serves_first";

static void put(struct study *study, const struct study_arrest *rows, size_t count)
{
    study_arrests(study, rows, count);
    study_build(study);
}

static void a_sheet_covers_the_period_of_its_title(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, NULL, "2018-10-05", NULL, NULL, "Boston"},
        {1, 9, NULL, "2018-10-05", NULL, NULL, "Dallas"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_period(&study, 1, "Arrests (10/1/2018 - 8/31/2019)", "2018-10-01",
                 "2019-08-31");
    put(&study, rows, COUNT_OF(rows));
    assert_string_equal("R1|national|-|2018-10-01|2019-08-31|2018-10-01|2019-08-31|2",
                        study_text(&study, spans));
    study_close(&study);
}

static void rows_after_the_period_do_not_stretch_the_days_covered(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, NULL, "2019-08-31", NULL, NULL, "Boston"},
        {1, 9, NULL, "2019-09-01", NULL, NULL, "Dallas"},
        {1, 10, NULL, "2019-09-05", NULL, NULL, "Dallas"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_period(&study, 1, "Arrests (8/1/2019 - 8/31/2019)", "2019-08-01",
                 "2019-08-31");
    put(&study, rows, COUNT_OF(rows));
    assert_string_equal("R1|national|-|2019-08-01|2019-08-31|2019-08-01|2019-08-31|1",
                        study_text(&study, spans));
    study_close(&study);
}

static void a_year_that_a_release_leaves_out_is_not_covered(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, NULL, "2016-10-01", NULL, NULL, "Boston"},
        {2, 8, NULL, "2017-10-01", NULL, NULL, "Dallas"},
        {3, 8, NULL, "2019-10-01", NULL, NULL, "Dallas"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    for (int i = 1; i <= 3; i++) {
        study_sheet(&study, i, "arrest", "R1", FIELDS);
    }
    study_period(&study, 1, "", "2016-10-01", "2017-09-30");
    study_period(&study, 2, "", "2017-10-01", "2018-09-30");
    study_period(&study, 3, "", "2019-10-01", "2020-09-30");
    put(&study, rows, COUNT_OF(rows));
    assert_string_equal("R1|national|-|2016-10-01|2018-09-30|2016-10-01|2018-09-30|2;"
                        "R1|national|-|2019-10-01|2020-09-30|2019-10-01|2020-09-30|1",
                        study_text(&study, spans));
    study_close(&study);
}

static void one_future_date_does_not_stretch_the_days_covered(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_run(&study, "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
                      "apprehension_date) SELECT 1, i, 0, 0, DATE '2026-01-01' + "
                      "CAST(i // 40 AS INTEGER) FROM range(2400) AS r (i)");
    study_run(&study, "UPDATE arrest_row SET apprehension_date = DATE '2026-09-17' "
                      "WHERE row = 7");
    study_run(&study, "UPDATE arrest_row SET apprehension_date = DATE '1994-05-05' "
                      "WHERE row = 8");
    study_build(&study);
    assert_string_equal("2026-01-01|2026-03-01|2026-01-01|2026-03-01",
                        study_text(&study, "SELECT first_day, last_day, serves_first, "
                                           "serves_last FROM coverage"));
    study_close(&study);
}

static const struct study_arrest overlapping[] = {
    {1, 8, NULL, "2017-01-01", NULL, NULL, "Boston"},
    {1, 9, NULL, "2017-03-01", NULL, NULL, "Seattle"},
    {1, 10, NULL, "2017-03-02", NULL, NULL, NULL},
    {1, 11, NULL, "2017-06-30", NULL, NULL, "Boston"},
    {2, 8, NULL, "2016-06-01", NULL, NULL, NULL},
    {2, 9, NULL, "2017-03-01", NULL, NULL, NULL},
    {2, 10, NULL, "2017-08-01", NULL, NULL, NULL},
    {3, 8, NULL, "2017-05-01", NULL, NULL, "Boston"},
    {3, 9, NULL, "2017-12-31", NULL, NULL, "Dallas"},
};

static void open_overlapping(struct study *study)
{
    study_open(study);
    study_sheet(study, 1, "arrest", "A", FIELDS);
    study_sheet(study, 2, "arrest", "B", "apprehension_date");
    study_sheet(study, 3, "arrest", "C", FIELDS);
    study_period(study, 1, "Arrests", "2017-01-01", "2017-06-30");
    study_period(study, 2, "ERO Arrests for the Seattle Area of Responsibility",
                 "2016-06-01", "2017-08-31");
    study_period(study, 3, "Arrests", "2017-05-01", "2017-12-31");
}

/* A: national, January to June 2017. B: Seattle. C: national and newer, from May. */
static void the_newest_national_release_serves_and_a_regional_one_fills_its_gaps(
    void **state)
{
    struct study study;
    (void)state;
    open_overlapping(&study);
    put(&study, overlapping, COUNT_OF(overlapping));
    assert_string_equal(
        "A|national|-|2017-01-01|2017-06-30|2017-01-01|2017-04-30|4;"
        "B|regional|Seattle|2016-06-01|2017-08-31|2016-06-01|2016-12-31|3;"
        "C|national|-|2017-05-01|2017-12-31|2017-05-01|2017-12-31|2",
        study_text(&study, spans));
    study_close(&study);
}

static void the_study_file_can_put_another_release_first(void **state)
{
    struct study study;
    (void)state;
    open_overlapping(&study);
    study_run(&study, "INSERT INTO study_release VALUES ('arrest', 'A', 1), "
                      "('arrest', 'B', 0)");
    put(&study, overlapping, COUNT_OF(overlapping));
    assert_string_equal(
        "A|national|-|2017-01-01|2017-06-30|2017-01-01|2017-06-30|4;"
        "B|regional|Seattle|2016-06-01|2017-08-31|2016-06-01|2017-08-31|3;"
        "C|national|-|2017-05-01|2017-12-31|2017-07-01|2017-12-31|2",
        study_text(&study, spans));
    study_close(&study);
}

static void no_day_of_a_table_is_served_twice_for_one_area(void **state)
{
    static const char *const priorities[] = {
        "DELETE FROM study_release",
        "INSERT INTO study_release VALUES ('arrest', 'A', 1)",
        "INSERT INTO study_release VALUES ('arrest', 'B', 1), ('arrest', 'A', 2)",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(priorities); i++) {
        struct study study;
        open_overlapping(&study);
        study_run(&study, priorities[i]);
        put(&study, overlapping, COUNT_OF(overlapping));
        assert_int_equal(
            0, study_count(&study,
                           "SELECT count(*) FROM coverage AS a JOIN coverage AS b "
                           "ON a.table_name = b.table_name AND a.scope = b.scope AND "
                           "a.area IS NOT DISTINCT FROM b.area AND "
                           "a.serves_first <= b.serves_last AND "
                           "b.serves_first <= a.serves_last AND "
                           "(a.release_name, a.serves_first) <> "
                           "(b.release_name, b.serves_first)"));
        study_close(&study);
    }
}

static void releases_stand_side_by_side_where_both_cover(void **state)
{
    struct study study;
    (void)state;
    open_overlapping(&study);
    put(&study, overlapping, COUNT_OF(overlapping));
    assert_string_equal(
        "A|B|2017-03-01|Seattle|1|1;"
        "A|C|2017-05-01|Boston|0|1;"
        "A|C|2017-06-01|Boston|1|0;"
        "B|C|2017-08-01|Seattle|1|0",
        study_text(&study, "SELECT release_a, release_b, month, area, count_a, count_b "
                           "FROM release_compare ORDER BY 1, 2, 3, 4"));
    study_close(&study);
}

static void a_release_with_99_of_100_rows_in_one_area_is_regional(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_sheet(&study, 2, "arrest", "R2", FIELDS);
    study_run(&study, "INSERT INTO term VALUES (0, 'Seattle'), (1, 'Boston')");
    study_run(&study, "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
                      "apprehension_date, apprehension_aor) SELECT s, i, 0, 0, "
                      "DATE '2026-01-01', CASE WHEN i < s THEN 1 ELSE 0 END "
                      "FROM range(100) AS r (i), (VALUES (1), (2)) AS v (s)");
    study_build(&study);
    assert_string_equal("R1|regional|Seattle;R2|national|-",
                        study_text(&study, "SELECT release_name, scope, area "
                                           "FROM coverage ORDER BY 1"));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_covers_the_period_of_its_title),
        cmocka_unit_test(rows_after_the_period_do_not_stretch_the_days_covered),
        cmocka_unit_test(a_year_that_a_release_leaves_out_is_not_covered),
        cmocka_unit_test(one_future_date_does_not_stretch_the_days_covered),
        cmocka_unit_test(
            the_newest_national_release_serves_and_a_regional_one_fills_its_gaps),
        cmocka_unit_test(the_study_file_can_put_another_release_first),
        cmocka_unit_test(no_day_of_a_table_is_served_twice_for_one_area),
        cmocka_unit_test(releases_stand_side_by_side_where_both_cover),
        cmocka_unit_test(a_release_with_99_of_100_rows_in_one_area_is_regional),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
