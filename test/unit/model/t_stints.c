#include "study.h"

#include <string.h>

#define FIELDS                                                                         \
    "unique_identifier stay_book_in_date_time stay_book_out_date_time "                \
    "book_in_date_time book_out_date_time detention_facility_code"
#define D1 "2026-01-01 "
#define D2 "2026-01-02 "
#define D3 "2026-01-03 "

static const char flags[] =
    "SELECT row, episode, duplicate_likely, duplicate_drop_row, "
    "reason FROM stint_flag ORDER BY sheet_id, row";

static const struct {
    const char *label;
    struct study_stint rows[4];
    const char *want; /* row|group|likely|drop|reason */
} cases[] = {
    {"who leaves and returns to the same facility on one day keeps both spells",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "G", D1 "11:00", D1 "12:00"},
      {1, 10, "a", D1 "06:00", NULL, "F", D1 "13:00", D1 "20:00"}},
     "8|1|no|no|alone;9|2|no|no|alone;10|3|no|no|alone"},
    {"who is back at the minute of leaving keeps both spells",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "10:00", D1 "20:00"}},
     "8|1|no|no|alone;9|2|no|no|alone"},
    {"of overlapping spells the one that ends last is kept",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "20:00"},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "13:00", D1 "18:00"}},
     "8|1|yes|no|kept;9|1|yes|yes|overlaps_same_day"},
    {"of an open and a closed spell that begin together the closed one is kept",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", NULL},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "09:00"}},
     "8|1|yes|yes|overlaps_same_day;9|1|yes|no|kept"},
    {"an open spell overlaps a later one of the day",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", NULL},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "12:00", D1 "19:00"}},
     "8|1|yes|yes|overlaps_same_day;9|1|yes|no|kept"},
    {"rows equal in all fields leave the first",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"}},
     "8|1|yes|no|kept;9|1|yes|yes|equal_but_bond"},
    {"two facilities at one time are two spells",
     {{1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "G", D1 "06:00", D1 "10:00"}},
     "8|1|no|no|alone;9|2|no|no|alone"},
    {"two stays are never merged",
     {{1, 8, "a", D1 "05:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"}},
     "8|1|no|no|alone;9|2|no|no|alone"},
    {"without a time of day a spell that ended on the day and one that goes on are two",
     {{1, 8, "a", "2026-01-01", NULL, "F", "2026-01-01", "2026-01-01"},
      {1, 9, "a", "2026-01-01", NULL, "F", "2026-01-01", "2026-01-04"}},
     "8|1|no|no|alone;9|2|no|no|alone"},
    {"equal rows without an id are separate spells",
     {{1, 8, NULL, D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
      {1, 9, NULL, D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"}},
     "8|1|-|no|no_id;9|1|-|no|no_id"},
    {"a spell with an id and no book-in is never merged",
     {{1, 8, "a", D1 "06:00", NULL, "F", NULL, D1 "10:00"},
      {1, 9, "a", D1 "06:00", NULL, "F", NULL, D1 "10:00"},
      {1, 10, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"}},
     "8|2|-|no|no_date;9|3|-|no|no_date;10|1|no|no|alone"},
};

static void fill(struct study *study, const struct study_stint *rows, size_t room)
{
    size_t count = 0;
    while (count < room && rows[count].row != 0) {
        count++;
    }
    study_open(study);
    study_sheet(study, 1, "stint", "R1", FIELDS);
    study_stints(study, rows, count);
    study_build(study);
}

static void spells_are_repeated_only_when_they_overlap_or_are_equal(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct study study;
        fill(&study, cases[i].rows, COUNT_OF(cases[i].rows));
        const char *found = study_text(&study, flags);
        if (strcmp(found, cases[i].want) != 0) {
            fail_msg("%s: %s", cases[i].label, found);
        }
        study_close(&study);
    }
}

static void rows_that_differ_only_in_bond_are_one_spell(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
        {1, 9, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
        {1, 10, "a", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS " bond_posted_amount gender");
    study_stints(&study, rows, COUNT_OF(rows));
    study_run(&study, "INSERT INTO term VALUES (90, 'Male'), (91, 'Female')");
    study_run(&study, "UPDATE stint_row SET bond_posted_amount = row, gender = 90");
    study_run(&study, "UPDATE stint_row SET gender = 91 WHERE row = 10");
    study_build(&study);
    assert_string_equal("8|1|yes|yes|overlaps_same_day;9|1|yes|yes|equal_but_bond;"
                        "10|1|yes|no|kept",
                        study_text(&study, flags));
    study_close(&study);
}

static void likely_and_drop_never_contradict_each_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct study study;
        fill(&study, cases[i].rows, COUNT_OF(cases[i].rows));
        assert_int_equal(0, study_count(&study, "SELECT count(*) FROM stint_flag WHERE "
                                                "duplicate_drop_row AND "
                                                "duplicate_likely IS NOT TRUE"));
        assert_int_equal(0, study_count(&study,
                                        "SELECT count(*) FROM (SELECT f.episode FROM "
                                        "stint_flag AS f WHERE f.duplicate_likely "
                                        "GROUP BY f.episode HAVING sum(CASE WHEN "
                                        "duplicate_drop_row THEN 0 ELSE 1 END) <> 1)"));
        study_close(&study);
    }
}

static void a_stay_holds_the_kept_spells_that_name_its_book_in(void **state)
{
    static const struct study_stint rows[] = {
        {1, 10, "a", D1 "06:00", D3 "06:00", "G", D2 "10:00", D3 "06:00"},
        {1, 8, "a", D1 "06:00", D3 "06:00", "F", D1 "06:00", D1 "10:00"},
        {1, 9, "a", D1 "06:00", D3 "06:00", "H", D1 "10:00", D2 "10:00"},
        {1, 11, "b", D1 "07:00", NULL, "F", D1 "07:00", NULL},
        {1, 12, "a", D3 "12:00", D3 "18:00", "F", D3 "12:00", D3 "18:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal(
        "1|8|3|2|2|F; H; G|no|no|2026-01-03;2|11|1|1|2.7083333333333335|F|no|yes|"
        "2026-01-03;3|12|1|2|0.25|F|no|no|2026-01-03",
        study_text(&study,
                   "SELECT stay_number, row, n_stints, n_stays, stay_length_days, "
                   "detention_facility_codes_all, stay_dates_differ, is_open, "
                   "cut_off FROM stay ORDER BY stay_number"));
    assert_string_equal(
        "F|2026-01-01 06:00:00|H|2026-01-01 10:00:00|G|2026-01-03 06:00:00",
        study_text(&study, "SELECT detention_facility_code_first, "
                           "CAST(book_in_date_time_first AS VARCHAR), "
                           "detention_facility_code_longest, "
                           "CAST(book_in_date_time_longest AS VARCHAR), "
                           "detention_facility_code_last, "
                           "CAST(book_out_date_time_last AS VARCHAR) FROM stay "
                           "WHERE stay_number = 1"));
    study_close(&study);
}

static void of_equally_long_spells_the_later_is_the_longest(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, "a", D1 "06:00", D1 "10:00", "F", D1 "06:00", D1 "08:00"},
        {1, 9, "a", D1 "06:00", D1 "10:00", "G", D1 "08:00", D1 "10:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("G",
                        study_text(&study, "SELECT detention_facility_code_longest "
                                           "FROM stay"));
    study_close(&study);
}

static void spells_without_an_id_form_a_stay_each_and_never_vanish(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, NULL, D1 "06:00", D1 "10:00", "F", D1 "06:00", D1 "10:00"},
        {1, 9, NULL, D1 "06:00", D1 "10:00", "F", D1 "06:00", D1 "10:00"},
        {1, 10, "a", NULL, NULL, "F", D1 "06:00", D1 "10:00"},
        {1, 11, "a", NULL, NULL, "G", D1 "10:00", D1 "12:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("8|1|-;9|1|-;10|1|2;11|1|2",
                        study_text(&study, "SELECT row, n_stints, n_stays FROM stay "
                                           "ORDER BY row"));
    study_close(&study);
}

static void a_spell_without_an_id_counts_its_own_days_and_not_those_of_its_stay(
    void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, NULL, D1 "06:00", D3 "06:00", "F", D1 "06:00", D2 "06:00"},
        {1, 9, NULL, D1 "06:00", D3 "06:00", "G", D2 "06:00", D3 "06:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("8|1|-;9|1|-",
                        study_text(&study, "SELECT row, stay_length_days, "
                                           "stay_dates_differ FROM stay ORDER BY row"));
    study_close(&study);
}

static void stay_dates_that_are_not_those_of_its_spells_are_kept_and_flagged(
    void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, "a", D1 "05:00", D1 "11:00", "F", D1 "06:00", D1 "10:00"},
        {1, 9, "b", D1 "06:00", D1 "10:00", "F", D1 "06:00", D1 "10:00"},
        {1, 10, "c", D1 "06:00", NULL, "F", D1 "06:00", D1 "10:00"},
    };
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal(
        "8|yes|0.25|05:00|06:00;9|no|0.16666666666666666|06:00|06:00;"
        "10|yes|0.16666666666666666|06:00|06:00",
        study_text(&study, "SELECT row, stay_dates_differ, stay_length_days, "
                           "strftime(stay_book_in_date_time, '%H:%M'), "
                           "strftime(book_in_date_time_first, '%H:%M') FROM stay "
                           "ORDER BY row"));
    study_close(&study);
}

static void where_a_release_records_no_book_out_a_stay_is_not_called_open(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, NULL, NULL, NULL, "F", D1 "06:00", NULL}};
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", "book_in_date_time detention_facility_code");
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal("-|-|-", study_text(&study, "SELECT is_open, stay_length_days, "
                                                    "stay_dates_differ FROM stay"));
    study_close(&study);
}

static void an_open_stay_ends_with_the_period_of_the_title(void **state)
{
    static const struct study_stint rows[] = {
        {1, 8, "a", D1 "12:00", NULL, "F", D1 "12:00", NULL}};
    struct study study;
    (void)state;
    study_open(&study);
    study_sheet(&study, 1, "stint", "R1", FIELDS);
    study_period(&study, 1, "Detentions", "2026-01-01", "2026-01-10");
    study_stints(&study, rows, COUNT_OF(rows));
    study_build(&study);
    assert_string_equal(
        "9.5|2026-01-10",
        study_text(&study, "SELECT stay_length_days, cut_off FROM stay"));
    study_close(&study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_are_repeated_only_when_they_overlap_or_are_equal),
        cmocka_unit_test(rows_that_differ_only_in_bond_are_one_spell),
        cmocka_unit_test(likely_and_drop_never_contradict_each_other),
        cmocka_unit_test(a_stay_holds_the_kept_spells_that_name_its_book_in),
        cmocka_unit_test(of_equally_long_spells_the_later_is_the_longest),
        cmocka_unit_test(spells_without_an_id_form_a_stay_each_and_never_vanish),
        cmocka_unit_test(
            a_spell_without_an_id_counts_its_own_days_and_not_those_of_its_stay),
        cmocka_unit_test(
            stay_dates_that_are_not_those_of_its_spells_are_kept_and_flagged),
        cmocka_unit_test(where_a_release_records_no_book_out_a_stay_is_not_called_open),
        cmocka_unit_test(an_open_stay_ends_with_the_period_of_the_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
