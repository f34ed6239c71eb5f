/* What released rows do to counts and joins: kept, told apart, and never multiplied. */
#include "study.h"

#include <string.h>

#define ARREST_FIELDS                                                                  \
    "unique_identifier apprehension_date apprehension_date_time apprehension_method"
#define STINT_FIELDS                                                                   \
    "unique_identifier stay_book_in_date_time stay_book_out_date_time "                \
    "book_in_date_time book_out_date_time detention_facility_code"

#define OUT_OF_ORDER(release)                                                          \
    "SELECT n FROM check_result WHERE rule = 'order' AND table_name = 'removal' "      \
    "AND release_name = '" release "' ORDER BY position"

/* Each row is a release of its own. */
static void oddity_19_dates_out_of_order_are_counted_and_a_lag_is_none(void **state)
{
    static const struct {
        const char *release;
        const char *found;
        const char *want; /* arrest-departure, arrest-removal, departure-removal */
    } cases[] = {
        {"in order", OUT_OF_ORDER("in order"), "0;0;0"},
        {"removal counted a year behind the departure",
         OUT_OF_ORDER("removal counted a year behind the departure"), "0;0;0"},
        {"arrest after the departure", OUT_OF_ORDER("arrest after the departure"),
         "1;0;0"},
        {"arrest after the removal", OUT_OF_ORDER("arrest after the removal"), "1;1;0"},
        {"departure after the removal", OUT_OF_ORDER("departure after the removal"),
         "0;0;1"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        study_sheet(&study, (int)i + 1, "removal", cases[i].release,
                    "apprehension_date departed_date removal_date");
    }
    study_run(&study,
              "INSERT INTO removal_row (sheet_id, row, redacted, failed, "
              "apprehension_date, departed_date, removal_date) "
              "SELECT s, 7, 0, 0, CAST(a AS DATE), CAST(d AS DATE), CAST(r AS DATE) "
              "FROM (VALUES (1, '2018-01-01', '2018-01-02', '2018-01-02'), "
              "(2, '2018-01-01', '2018-01-02', '2019-01-02'), "
              "(3, '2018-05-05', '2018-01-02', '2019-01-02'), "
              "(4, '2019-05-05', '2018-01-02', '2019-01-02'), "
              "(5, '2018-01-01', '2019-01-03', '2019-01-02')) AS v (s, a, d, r)");
    study_build(&study);
    assert_string_equal("1|no|no_id;2|no|no_id;3|no|no_id;4|no|no_id;5|no|no_id",
                        study_text(&study, "SELECT sheet_id, duplicate_drop_row, "
                                           "reason FROM removal_flag ORDER BY "
                                           "sheet_id"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = study_text(&study, cases[i].found);
        if (strcmp(found, cases[i].want) != 0) {
            fail_msg("%s: %s", cases[i].release, found);
        }
    }
    study_close(&study);
}

static void oddity_28_equal_rows_without_an_id_are_separate_events(void **state)
{
    static const struct {
        const char *table;
        const char *fields;
        const char *insert; /* rows 2, 3 and 4, equal in everything released */
        const char *flags;
    } cases[] = {
        {"arrest", "apprehension_date apprehension_method",
         "INSERT INTO arrest_row (sheet_id, row, redacted, failed, apprehension_date, "
         "apprehension_method) SELECT 1, r, 0, 0, DATE '2019-01-02', 0 "
         "FROM range(2, 5) AS v (r)",
         "SELECT row, duplicate_drop_row, reason FROM arrest_flag ORDER BY row"},
        {"detainer", "detainer_prepare_date detainer_type detention_facility",
         "INSERT INTO detainer_row (sheet_id, row, redacted, failed, "
         "detainer_prepare_date, detainer_type, detention_facility) "
         "SELECT 2, r, 0, 0, DATE '2015-05-08', 0, 1 FROM range(2, 5) AS v (r)",
         "SELECT row, duplicate_drop_row, reason FROM detainer_flag ORDER BY row"},
        {"encounter", "event_date",
         "INSERT INTO encounter_row (sheet_id, row, redacted, failed, event_date) "
         "SELECT 3, r, 0, 0, DATE '2019-01-02' FROM range(2, 5) AS v (r)",
         "SELECT row, duplicate_drop_row, reason FROM encounter_flag ORDER BY row"},
        {"removal", "departed_date",
         "INSERT INTO removal_row (sheet_id, row, redacted, failed, departed_date) "
         "SELECT 4, r, 0, 0, DATE '2019-01-02' FROM range(2, 5) AS v (r)",
         "SELECT row, duplicate_drop_row, reason FROM removal_flag ORDER BY row"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_run(&study, "INSERT INTO term VALUES (0, 'x'), (1, 'y')");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        study_sheet(&study, (int)i + 1, cases[i].table, "R1", cases[i].fields);
        study_run(&study, cases[i].insert);
    }
    study_build(&study);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = study_text(&study, cases[i].flags);
        if (strcmp(found, "2|no|no_id;3|no|no_id;4|no|no_id") != 0) {
            fail_msg("%s: %s", cases[i].table, found);
        }
    }
    study_close(&study);
}

/* One person with three arrest rows and two stays: a join by id gives six rows. */
static void oddity_29_a_reprocessed_arrest_and_an_id_that_fans_out_add_no_event(
    void **state)
{
    static const struct study_arrest arrests[] = {
        {1, 8, "a", "2026-01-01", "06:00", "CAP Local Incarceration", NULL},
        {1, 9, "a", "2026-01-01", "12:00", "ERO Reprocessed Arrest", NULL},
        {1, 10, "a", "2026-02-01", "06:00", "Located", NULL},
    };
    static const struct study_stint stints[] = {
        {2, 8, "a", "2026-01-01 10:00", "2026-01-03 10:00", "F", "2026-01-01 10:00",
         "2026-01-03 10:00"},
        {2, 9, "a", "2026-02-01 10:00", NULL, "F", "2026-02-01 10:00", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", ARREST_FIELDS);
    study_sheet(&study, 2, "stint", "R1", STINT_FIELDS);
    study_arrests(&study, arrests, COUNT_OF(arrests));
    study_stints(&study, stints, COUNT_OF(stints));
    study_build(&study);
    assert_string_equal(
        "8|no|kept;9|yes|reprocessed;10|no|alone",
        study_text(&study, "SELECT row, duplicate_drop_row, reason FROM arrest_flag "
                           "ORDER BY row"));
    assert_int_equal(6, study_count(&study, "SELECT count(*) FROM arrest_row AS a JOIN "
                                            "stint_row AS s ON s.unique_identifier = "
                                            "a.unique_identifier"));
    assert_string_equal("8|8;10|9",
                        study_text(&study, "SELECT l.row, s.row FROM arrest_stay AS l "
                                           "JOIN stay_row AS s ON s.stay_number = "
                                           "l.stay_number ORDER BY l.row"));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(oddity_19_dates_out_of_order_are_counted_and_a_lag_is_none),
        cmocka_unit_test(oddity_28_equal_rows_without_an_id_are_separate_events),
        cmocka_unit_test(
            oddity_29_a_reprocessed_arrest_and_an_id_that_fans_out_add_no_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
