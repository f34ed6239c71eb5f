#include "study.h"

static const char counts[] = "SELECT rule, rows, rows_without_id, episodes, likely, "
                             "dropped, kept FROM rule_count "
                             "WHERE rule <> 'equal-rows' ORDER BY rule";

/* One id with arrests 20 hours apart over three days, one alone, two equal without an id. */
static void arrests_are_counted_under_each_rule(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, "a", "2026-01-01", "06:00", "Located", NULL},
        {1, 9, "a", "2026-01-02", "02:00", "Located", NULL},
        {1, 10, "a", "2026-01-02", "22:00", "Located", NULL},
        {1, 11, "a", "2026-01-03", "18:00", "Located", NULL},
        {1, 12, "b", "2026-01-01", "06:00", "Located", NULL},
        {1, 13, NULL, "2026-01-01", "06:00", "Located", NULL},
        {1, 14, NULL, "2026-01-01", "06:00", "Located", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1",
                "unique_identifier apprehension_date apprehension_date_time");
    study_arrests(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("ddp-2012-2023|7|2|6|2|-|7;"
                        "ddp-2025-07|7|2|-|4|-|7;"
                        "ddp-2026-03|7|2|4|4|3|4;"
                        "ddp-2026-08|7|2|4|4|3|4;"
                        "id-and-date|7|2|6|2|1|6;"
                        "id-and-time|7|2|7|0|0|7;"
                        "palladium-1|7|2|5|4|2|5",
                        study_text(&study, counts));
    study_close(&study);
}

static void without_ids_a_rule_by_id_says_nothing_and_keeps_all(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, NULL, "2026-01-01", NULL, "Located", NULL},
        {1, 9, NULL, "2026-01-01", NULL, "Located", NULL},
        {1, 10, NULL, "2026-01-01", NULL, "Located", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", "apprehension_date apprehension_method");
    study_arrests(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("3|3|-|-|-|3",
                        study_text(&study,
                                   "SELECT rows, rows_without_id, episodes, likely, "
                                   "dropped, kept FROM rule_count "
                                   "WHERE rule = 'palladium-1'"));
    assert_int_equal(0, study_count(&study,
                                    "SELECT count(*) FROM rule_count WHERE rule NOT "
                                    "IN ('equal-rows') AND (likely IS NOT NULL OR "
                                    "dropped IS NOT NULL OR kept <> rows)"));
    /* what comparing whole rows would have lost */
    assert_string_equal(
        "3|1|3|2|1", study_text(&study, "SELECT rows, episodes, likely, dropped, kept "
                                        "FROM rule_count WHERE rule = 'equal-rows'"));
    study_close(&study);
}

static void detainers_are_counted_under_each_rule(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "detainer", "R1", "unique_identifier detainer_prepare_date");
    study_run(&study,
              "INSERT INTO detainer_row (sheet_id, row, redacted, failed, "
              "unique_identifier, detainer_prepare_date, detainer_type) "
              "SELECT 1, r, 0, 0, CAST(md5(i) AS UUID), CAST(d AS DATE), t FROM "
              "(VALUES (8, 'a', '2026-01-01', 0), (9, 'a', '2026-01-02', 0), "
              "(10, 'a', '2026-01-03', 0), (11, 'a', '2026-01-03', 1)) "
              "AS v (r, i, d, t)");
    study_build(&study);
    assert_string_equal("ddp-2026-03|4|0|3|2|-|4;ddp-2026-08|4|0|2|3|2|2;"
                        "id-and-date|4|0|3|2|1|3;palladium-1|4|0|3|2|1|3",
                        study_text(&study, counts));
    study_close(&study);
}

/* Leaving and returning on one day: the peers' second step loses the earlier spell. */
static void spells_are_counted_under_each_rule(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, "a", "2026-01-01 06:00", NULL, "F", "2026-01-01 06:00",
         "2026-01-01 10:00"},
        {1, 9, "a", "2026-01-01 06:00", NULL, "F", "2026-01-01 12:00",
         "2026-01-01 20:00"},
        {1, 10, "b", "2026-01-01 06:00", NULL, "F", "2026-01-01 06:00",
         "2026-01-01 10:00"},
        {1, 11, "b", "2026-01-01 06:00", NULL, "F", "2026-01-01 06:00",
         "2026-01-01 10:00"},
        {1, 12, NULL, "2026-01-01 06:00", NULL, "F", "2026-01-01 06:00", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1",
                "unique_identifier stay_book_in_date_time book_in_date_time "
                "book_out_date_time detention_facility_code");
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("ddp-2025-07|5|1|4|2|1|4;ddp-2026-03|5|1|3|2|2|3;"
                        "ddp-2026-08|5|1|3|1|2|3;id-stay-facility|5|1|3|4|2|3;"
                        "palladium-1|5|1|4|2|1|4",
                        study_text(&study, counts));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrests_are_counted_under_each_rule),
        cmocka_unit_test(without_ids_a_rule_by_id_says_nothing_and_keeps_all),
        cmocka_unit_test(detainers_are_counted_under_each_rule),
        cmocka_unit_test(spells_are_counted_under_each_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
