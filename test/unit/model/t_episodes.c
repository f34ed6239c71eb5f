#include "study.h"

#include <string.h>

#define FIELDS "unique_identifier apprehension_date apprehension_date_time"

static const char flags[] = "SELECT row, episode, duplicate_likely, "
                            "duplicate_episode_first, duplicate_drop_row, "
                            "reason FROM arrest_flag ORDER BY sheet_id, row";

static const struct {
    const char *label;
    struct study_arrest rows[6];
    const char *want; /* row|episode|likely|first|drop|reason */
} cases[] = {
    {"two arrests 24 hours apart are one episode, and the first is kept",
     {{1, 8, "a", "2026-01-01", "06:00", "Located", NULL},
      {1, 9, "a", "2026-01-02", "06:00", "Located", NULL}},
     "8|1|yes|yes|no|kept;9|1|yes|no|yes|within_24_hours"},
    {"a minute more and they are two",
     {{1, 8, "a", "2026-01-01", "06:00", "Located", NULL},
      {1, 9, "a", "2026-01-02", "06:01", "Located", NULL}},
     "8|1|no|yes|no|alone;9|2|no|yes|no|alone"},
    {"a chain of rows 20 hours apart does not become one episode of three days",
     {{1, 8, "a", "2026-01-01", "06:00", "Located", NULL},
      {1, 9, "a", "2026-01-02", "02:00", "Located", NULL},
      {1, 10, "a", "2026-01-02", "22:00", "Located", NULL},
      {1, 11, "a", "2026-01-03", "18:00", "Located", NULL}},
     "8|1|yes|yes|no|kept;9|1|yes|no|yes|within_24_hours;"
     "10|2|yes|yes|no|kept;11|2|yes|no|yes|within_24_hours"},
    {"bare dates are compared by day: the next day is within, the one after is not",
     {{1, 8, "a", "2026-01-01", NULL, "Located", NULL},
      {1, 9, "a", "2026-01-02", NULL, "Located", NULL},
      {1, 10, "a", "2026-01-03", NULL, "Located", NULL}},
     "8|1|yes|yes|no|kept;9|1|yes|no|yes|within_24_hours;10|2|no|yes|no|alone"},
    {"a time beside a bare date is compared by day",
     {{1, 8, "a", "2026-01-01", NULL, "Located", NULL},
      {1, 9, "a", "2026-01-02", "23:00", "Located", NULL}},
     "8|1|yes|yes|no|kept;9|1|yes|no|yes|within_24_hours"},
    {"the earlier time is first, wherever its row stands",
     {{1, 8, "a", "2026-01-01", "09:00", "Located", NULL},
      {1, 9, "a", "2026-01-01", "08:00", "Located", NULL}},
     "8|1|yes|no|yes|within_24_hours;9|1|yes|yes|no|kept"},
    {"a reprocessed arrest comes last among equal times and says so",
     {{1, 8, "a", "2026-01-01", NULL, "ERO Reprocessed Arrest", NULL},
      {1, 9, "a", "2026-01-01", NULL, "Located", NULL}},
     "8|1|yes|no|yes|reprocessed;9|1|yes|yes|no|kept"},
    {"a reprocessed arrest an hour before another stays before it",
     {{1, 8, "a", "2026-01-01", "07:00", "ERO Reprocessed Arrest", NULL},
      {1, 9, "a", "2026-01-01", "08:00", "Located", NULL}},
     "8|1|yes|yes|no|reprocessed;9|1|yes|no|yes|within_24_hours"},
    {"a reprocessed arrest alone is kept and says so, with and without an id",
     {{1, 8, "a", "2026-01-01", NULL, "ERO Reprocessed Arrest", NULL},
      {1, 9, NULL, "2026-01-01", NULL, "ERO Reprocessed Arrest", NULL}},
     "8|1|no|yes|no|reprocessed;9|1|-|yes|no|reprocessed"},
    {"equal rows without an id are separate events of which nothing is said",
     {{1, 8, NULL, "2026-01-01", NULL, "Located", NULL},
      {1, 9, NULL, "2026-01-01", NULL, "Located", NULL},
      {1, 10, NULL, "2026-01-01", NULL, "Located", NULL}},
     "8|1|-|yes|no|no_id;9|1|-|yes|no|no_id;10|1|-|yes|no|no_id"},
    {"rows with an id and no date are episodes of their own behind the dated ones",
     {{1, 8, "a", NULL, NULL, "Located", NULL},
      {1, 9, "a", "2026-01-01", NULL, "Located", NULL},
      {1, 10, "a", NULL, NULL, "Located", NULL}},
     "8|2|-|yes|no|no_date;9|1|no|yes|no|alone;10|3|-|yes|no|no_date"},
    {"equal times are ordered by file, sheet and row",
     {{1, 9, "a", "2026-01-01", "08:00", "Located", NULL},
      {1, 8, "a", "2026-01-01", "08:00", "Located", NULL}},
     "8|1|yes|yes|no|kept;9|1|yes|no|yes|within_24_hours"},
};

static void arrests_of_one_id_within_24_hours_of_the_first_are_one_episode(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct study study;
        size_t count = 0;
        while (count < COUNT_OF(cases[i].rows) && cases[i].rows[count].row != 0) {
            count++;
        }
        study_open(&study);
        study_sheet(&study, 1, "arrest", "R1", FIELDS);
        study_arrests(&study, cases[i].rows, count);
        study_build(&study);
        const char *found = study_text(&study, flags);
        if (strcmp(found, cases[i].want) != 0) {
            fail_msg("%s: %s", cases[i].label, found);
        }
        study_close(&study);
    }
}

static void ids_never_meet_across_releases(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, "a", "2026-01-01", NULL, "Located", NULL},
        {2, 8, "a", "2026-01-01", NULL, "Located", NULL},
        {3, 8, "a", "2026-01-01", NULL, "Located", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_sheet(&study, 2, "arrest", "R2", FIELDS);
    study_sheet(&study, 3, "arrest", "R1", FIELDS);
    study_arrests(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("1|kept;2|alone;3|within_24_hours",
                        study_text(&study, "SELECT sheet_id, reason FROM arrest_flag "
                                           "ORDER BY sheet_id"));
    study_close(&study);
}

/* Files come in any order; the order of their names decides. */
static void ties_go_by_file_name_not_by_order_of_import(void **state)
{
    static const struct study_arrest rows[] = {
        {1, 8, "a", "2026-01-01", NULL, "Located", NULL},
        {2, 8, "a", "2026-01-01", NULL, "Located", NULL},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", FIELDS);
    study_sheet(&study, 2, "arrest", "R1", FIELDS);
    study_run(&study, "UPDATE file SET file = 'z.csv' WHERE file_id = 1");
    study_arrests(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("1|within_24_hours;2|kept",
                        study_text(&study, "SELECT sheet_id, reason FROM arrest_flag "
                                           "ORDER BY sheet_id"));
    study_close(&study);
}

static void detainers_within_a_day_are_one_only_for_one_type_and_facility(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "detainer", "R1", "unique_identifier detainer_prepare_date");
    study_run(&study,
              "INSERT INTO term VALUES (0, 'I247A'), (1, 'I247G'), (2, 'JAIL A'), "
              "(3, 'JAIL B')");
    study_run(
        &study,
        "INSERT INTO detainer_row (sheet_id, row, redacted, failed, "
        "unique_identifier, detainer_prepare_date, detainer_type, "
        "detention_facility) "
        "SELECT 1, r, 0, 0, CAST(md5(i) AS UUID), CAST(d AS DATE), t, f FROM (VALUES "
        "(2, 'a', '2026-01-01', 0, 2), " /* kept */
        "(3, 'a', '2026-01-02', 0, 2), " /* same type and facility a day later */
        "(4, 'a', '2026-01-02', 0, 3), " /* another facility */
        "(5, 'a', '2026-01-01', 1, 2), " /* another type */
        "(6, 'a', '2026-01-03', 0, 2), " /* within a day of the last, not the first */
        "(7, 'b', '2026-01-01', 0, NULL), "
        "(8, 'b', '2026-01-01', 0, NULL), " /* nothing tells them apart */
        "(9, 'b', '2026-01-01', 0, 2), "    /* a facility is not a missing one */
        "(10, NULL, '2026-01-01', 0, 2), "
        "(11, NULL, '2026-01-01', 0, 2)) AS v (r, i, d, t, f)");
    study_build(&study);
    assert_string_equal(
        "2|1|yes|no|kept;3|1|yes|yes|within_a_day;4|1|no|no|alone;5|1|no|no|alone;"
        "6|2|no|no|alone;7|1|yes|no|kept;8|1|yes|yes|within_a_day;9|1|no|no|alone;"
        "10|1|-|no|no_id;11|1|-|no|no_id",
        study_text(&study, "SELECT row, episode, duplicate_likely, duplicate_drop_row, "
                           "reason FROM detainer_flag ORDER BY row"));
    study_close(&study);
}

static void encounters_of_one_id_and_day_are_one_and_the_first_is_kept(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "encounter", "R1", "unique_identifier event_date");
    study_run(&study, "INSERT INTO encounter_row (sheet_id, row, redacted, failed, "
                      "unique_identifier, event_date) "
                      "SELECT 1, r, 0, 0, CAST(md5(i) AS UUID), CAST(d AS DATE) FROM "
                      "(VALUES (8, 'a', '2026-01-01'), (9, 'a', '2026-01-01'), "
                      "(10, 'a', '2026-01-02'), (11, 'a', NULL), (12, 'a', NULL), "
                      "(13, NULL, '2026-01-01')) AS v (r, i, d)");
    study_build(&study);
    assert_string_equal(
        "8|1|yes|yes|no|kept;9|1|yes|no|yes|same_day;10|2|no|yes|no|alone;"
        "11|3|-|yes|no|no_date;12|4|-|yes|no|no_date;13|1|-|yes|no|no_id",
        study_text(&study, "SELECT row, episode, duplicate_likely, "
                           "duplicate_episode_first, duplicate_drop_row, reason "
                           "FROM encounter_flag ORDER BY row"));
    study_close(&study);
}

static void of_removals_with_one_departure_the_last_counted_is_kept(void **state)
{
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "removal", "R1",
                "unique_identifier departed_date removal_date");
    study_run(&study, "INSERT INTO removal_row (sheet_id, row, redacted, failed, "
                      "unique_identifier, departed_date, removal_date) "
                      "SELECT 1, r, 0, 0, CAST(md5(i) AS UUID), CAST(d AS DATE), "
                      "CAST(m AS DATE) FROM (VALUES "
                      "(8, 'a', '2026-01-01', '2026-02-01'), "
                      "(9, 'a', '2026-01-01', '2026-01-05'), "
                      "(10, 'b', '2026-01-01', NULL), (11, 'b', '2026-01-01', NULL), "
                      "(12, 'b', '2026-03-01', NULL), (13, 'b', NULL, '2026-03-01'), "
                      "(14, NULL, '2026-01-01', NULL)) AS v (r, i, d, m)");
    study_build(&study);
    assert_string_equal(
        "8|1|yes|no|kept;9|1|yes|yes|same_departure;10|1|yes|yes|same_departure;"
        "11|1|yes|no|kept;12|2|no|no|alone;13|3|-|no|no_date;14|1|-|no|no_id",
        study_text(&study, "SELECT row, episode, duplicate_likely, duplicate_drop_row, "
                           "reason FROM removal_flag ORDER BY row"));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            arrests_of_one_id_within_24_hours_of_the_first_are_one_episode),
        cmocka_unit_test(ids_never_meet_across_releases),
        cmocka_unit_test(ties_go_by_file_name_not_by_order_of_import),
        cmocka_unit_test(detainers_within_a_day_are_one_only_for_one_type_and_facility),
        cmocka_unit_test(encounters_of_one_id_and_day_are_one_and_the_first_is_kept),
        cmocka_unit_test(of_removals_with_one_departure_the_last_counted_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
