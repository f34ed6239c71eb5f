#include "study.h"

#include <string.h>

#define ARREST_FIELDS "unique_identifier apprehension_date apprehension_date_time"
#define STINT_FIELDS                                                                   \
    "unique_identifier stay_book_in_date_time stay_book_out_date_time "                \
    "book_in_date_time book_out_date_time detention_facility_code"
#define STAY(row, id, at)                                                              \
    {                                                                                  \
        2, row, id, at, NULL, "F", at, NULL                                            \
    }
#define ARREST(row, id, day, time)                                                     \
    {                                                                                  \
        1, row, id, day, time, "Located", NULL                                         \
    }

static const struct {
    const char *label;
    struct study_arrest arrests[4];
    struct study_stint stints[4];
    const char *want; /* arrest's row|stay's row|lag|reason */
} cases[] = {
    {"a stay is linked to the nearest arrest, and that arrest to it",
     {ARREST(8, "a", "2026-01-01", "06:00"), ARREST(9, "a", "2026-01-05", "06:00")},
     {STAY(8, "a", "2026-01-05 10:00")},
     "9|8|4|closest_both_ways"},
    {"a stay whose arrest goes to a nearer stay falls back to its next",
     {ARREST(8, "a", "2026-01-01", "00:30"), ARREST(9, "a", "2026-01-05", "10:00")},
     {STAY(8, "a", "2026-01-05 12:00"), STAY(9, "a", "2026-01-06 12:00")},
     "8|9|131.5|next_closest;9|8|2|closest_both_ways"},
    {"of two stays equally far the earlier is taken",
     {ARREST(8, "a", "2026-01-05", "12:00")},
     {STAY(8, "a", "2026-01-05 14:00"), STAY(9, "a", "2026-01-05 10:00")},
     "8|9|-2|closest_both_ways"},
    {"of two arrests equally far the one first in provenance is taken",
     {ARREST(8, "a", "2026-01-06", "14:00"), ARREST(9, "a", "2026-01-04", "10:00")},
     {STAY(8, "a", "2026-01-05 12:00")},
     "8|8|-26|closest_both_ways"},
    {"240 hours after the arrest is in the window, an hour more is not",
     {ARREST(8, "a", "2026-01-01", "06:00"), ARREST(9, "b", "2026-01-01", "06:00")},
     {STAY(8, "a", "2026-01-11 06:00"), STAY(9, "b", "2026-01-11 07:00")},
     "8|8|240|closest_both_ways"},
    {"120 hours before the arrest is in the window, an hour more is not",
     {ARREST(8, "a", "2026-01-06", "06:00"), ARREST(9, "b", "2026-01-06", "06:00")},
     {STAY(8, "a", "2026-01-01 06:00"), STAY(9, "b", "2026-01-01 05:00")},
     "8|8|-120|closest_both_ways"},
    {"a bare date counts whole days",
     {ARREST(8, "a", "2026-01-01", NULL)},
     {STAY(8, "a", "2026-01-02 23:00")},
     "8|8|24|closest_both_ways"},
    {"rows without an id are never linked",
     {ARREST(8, NULL, "2026-01-01", NULL)},
     {STAY(8, NULL, "2026-01-01 23:00")},
     ""},
    {"a dropped repetition of an arrest takes no part",
     {ARREST(8, "a", "2026-01-01", "06:00"), ARREST(9, "a", "2026-01-01", "10:00")},
     {STAY(8, "a", "2026-01-01 10:30")},
     "8|8|4.5|closest_both_ways"},
};

static const char links[] =
    "SELECT l.row, s.row, l.lag_hours, l.reason FROM arrest_stay AS l "
    "JOIN stay_row AS s ON s.stay_number = l.stay_number ORDER BY l.row";

static size_t arrest_count(const struct study_arrest *rows, size_t room)
{
    size_t count = 0;
    while (count < room && rows[count].row != 0) {
        count++;
    }
    return count;
}

static size_t stint_count(const struct study_stint *rows, size_t room)
{
    size_t count = 0;
    while (count < room && rows[count].row != 0) {
        count++;
    }
    return count;
}

static void arrests_and_stays_are_linked_one_to_one_by_least_distance(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct study study;
        study_open(&study);
        study_sheet(&study, 1, "arrest", "R1", ARREST_FIELDS);
        study_sheet(&study, 2, "stint", "R1", STINT_FIELDS);
        study_arrests(&study, cases[i].arrests,
                      arrest_count(cases[i].arrests, COUNT_OF(cases[i].arrests)));
        study_stints(&study, cases[i].stints,
                     stint_count(cases[i].stints, COUNT_OF(cases[i].stints)));
        study_build(&study);
        const char *found = study_text(&study, links);
        if (strcmp(found, cases[i].want) != 0) {
            fail_msg("%s: %s", cases[i].label, found);
        }
        study_close(&study);
    }
}

static void no_link_crosses_from_one_release_to_another(void **state)
{
    static const struct study_arrest arrests[] = {
        ARREST(8, "a", "2026-01-01", "06:00")};
    static const struct study_stint stints[] = {STAY(8, "a", "2026-01-01 08:00")};
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "arrest", "R1", ARREST_FIELDS);
    study_sheet(&study, 2, "stint", "R2", STINT_FIELDS);
    study_arrests(&study, arrests, COUNT_OF(arrests));
    study_stints(&study, stints, COUNT_OF(stints));
    study_build(&study);
    assert_int_equal(0, study_count(&study, "SELECT count(*) FROM arrest_stay"));
    study_close(&study);
}

/* 400 arrests and 400 stays of 40 ids, an hour apart in all sorts of distances. */
static void fill_many(struct study *study)
{
    study_open(study);
    study_sheet(study, 1, "arrest", "R1", ARREST_FIELDS);
    study_sheet(study, 2, "stint", "R1", STINT_FIELDS);
    study_run(study,
              "INSERT INTO arrest_row (sheet_id, row, redacted, failed, "
              "unique_identifier, apprehension_date, apprehension_date_time) "
              "SELECT 1, i, 0, 0, CAST(md5(CAST(i % 40 AS VARCHAR)) AS UUID), "
              "CAST(t AS DATE), t FROM (SELECT i, TIMESTAMP '2026-01-01 00:30:00' + "
              "to_hours(CAST((i * 7919) % 1009 AS INTEGER)) AS t "
              "FROM range(400) AS r (i))");
    study_run(study,
              "INSERT INTO stint_row (sheet_id, row, redacted, failed, "
              "unique_identifier, stay_book_in_date_time, book_in_date_time) "
              "SELECT 2, i, 0, 0, CAST(md5(CAST(i % 40 AS VARCHAR)) AS UUID), t, t "
              "FROM (SELECT i, TIMESTAMP '2026-01-01 00:45:00' + "
              "to_hours(CAST((i * 104729) % 1013 AS INTEGER)) AS t "
              "FROM range(400) AS r (i))");
    study_build(study);
}

static void links_are_one_to_one_and_no_free_pair_would_be_nearer(void **state)
{
    struct study study;
    (void)state;
    fill_many(&study);
    int64_t count = study_count(&study, "SELECT count(*) FROM arrest_stay");
    assert_true(count > 100);
    assert_int_equal(count, study_count(&study, "SELECT count(DISTINCT row) "
                                                "FROM arrest_stay"));
    assert_int_equal(count, study_count(&study, "SELECT count(DISTINCT stay_number) "
                                                "FROM arrest_stay"));
    assert_true(
        study_count(&study, "SELECT count(*) FROM arrest_stay WHERE round > 1") > 0);
    /* stable: whoever is nearer to each other than to their partners is linked */
    assert_int_equal(
        0,
        study_count(
            &study,
            "SELECT count(*) FROM arrest_row AS a JOIN arrest_flag AS f "
            "ON f.row = a.row AND f.sheet_id = a.sheet_id AND NOT f.duplicate_drop_row "
            "JOIN stay_row AS s ON s.unique_identifier = a.unique_identifier "
            "LEFT JOIN arrest_stay AS l ON l.row = a.row "
            "LEFT JOIN arrest_stay AS m ON m.stay_number = s.stay_number "
            "WHERE epoch(s.stay_book_in_date_time - a.apprehension_date_time) / 3600 "
            "BETWEEN -120 AND 240 "
            "AND abs(epoch(s.stay_book_in_date_time - a.apprehension_date_time)) / "
            "3600 "
            "< least(coalesce(abs(l.lag_hours), 1e9), coalesce(abs(m.lag_hours), "
            "1e9))"));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrests_and_stays_are_linked_one_to_one_by_least_distance),
        cmocka_unit_test(no_link_crosses_from_one_release_to_another),
        cmocka_unit_test(links_are_one_to_one_and_no_free_pair_would_be_nearer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
