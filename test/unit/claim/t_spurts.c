/* Spurts in turn, on studies whose surges are planted by a timetable: in turn, together, too few,
 * and small ones that only all areas show. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "claim/claim.h"
#include "detect/study.h"

#include "../script_study.h"
#include "helper_claim.h"

/* Six areas, 100 weeks from Monday 2017-01-02; on working days some arrests at large, more of
 * them as a timetable says. Boston and Dallas are announced, Dallas as the city of Fort Worth. */
#define SCRIPT(table)                                                                  \
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"              \
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding," \
    " delimiter, recorded, rows_stored) VALUES (1, 1, 'a', '', 'arrest', 'csv', '',"   \
    " '', 2113, 1);"                                                                   \
    "INSERT INTO sheet_column VALUES"                                                  \
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"             \
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"               \
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0);"         \
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"                    \
    " (1, 'Dallas Area of Responsibility'), (2, 'Detroit Area of Responsibility'),"    \
    " (3, 'Denver Area of Responsibility'), (4, 'Miami Area of Responsibility'),"      \
    " (5, 'Newark Area of Responsibility'), (6, 'Located');"                           \
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"  \
    " apprehension_aor, apprehension_method)"                                          \
    " SELECT 1, row_number() OVER () + 1, 0, 0,"                                       \
    "  DATE '2017-01-02' + CAST(7 * week + d AS INTEGER), area, 6"                     \
    " FROM range(100) AS weeks(week), range(5) AS days(d), range(6) AS areas(area),"   \
    "  range(60) AS copies(k)"                                                         \
    " WHERE k < 3 + ((7 * week + d) * (7 * week + d) * 31 + d * 7 + area * 5) % 11 % " \
    "4"                                                                                \
    "  + CASE substr('" table "', CAST(week AS INTEGER) + 1, 1)"                       \
    "    WHEN CAST(area AS VARCHAR) THEN 25 WHEN '*' THEN 25 WHEN '+' THEN 4 ELSE 0 "  \
    "END;"                                                                             \
    "INSERT INTO coverage VALUES ('arrest', 'A', 'national', NULL, DATE '2017-01-02'," \
    " DATE '2018-12-02', DATE '2017-01-02', DATE '2018-12-02', 1);"                    \
    "INSERT INTO study_place VALUES ('Boston', 'Boston', 'Massachusetts', NULL, 't')," \
    " ('Fort Worth', 'Dallas', 'Texas', NULL, 't');"

/* Timetables of 100 weeks: a digit is an area that makes 25 more arrests a day, * all areas, + all
 * areas that make 4 more. In turn: each area four times, no two in the same week. */
#define IN_TURN                                                                        \
    "....44.33.00.22....11.22.00.33.55....44....33.55.."                               \
    ".....22.00.11.22.11....44.55.11.00.33.55.44......."
#define TOGETHER                                                                       \
    ".........*...........*...........*................"                               \
    "..........*...........*............*.............."
/* Two areas by themselves, and four times all by so little that no one of them shows. */
#define BOTH                                                                           \
    "....................+.........0............+......"                               \
    "..........1.........+..............+.............."
#define ONCE                                                                           \
    ".................................................."                               \
    "2................................................."
#define NEVER "."

static struct pal_store *open_script(const char *script)
{
    void *store = NULL;
    assert_int_equal(script_study_open(&store, script), 0);
    return store;
}

static void close_script(struct pal_store *store)
{
    void *state = store;
    (void)script_study_close(&state);
}

static void spurts_init(struct sample *sample, const char *first, const char *last)
{
    sample_init(sample, "arrests", PAL_TEST_SPURTS_IN_TURN);
    sample_days(sample, first, last);
}

static const struct pal_reading *find_choice(const struct pal_finding *finding,
                                             const char *choice)
{
    for (size_t i = 0; i < finding->reading_count; i++) {
        if (pal_view_is_equal(finding->readings[i].choice, pal_view_of(choice))) {
            return &finding->readings[i];
        }
    }
    return NULL;
}

static void planted_surges_have_their_verdict(void **state)
{
    static const struct {
        const char *script;
        const char *areas;
        enum pal_verdict verdict;
        size_t surges;
        size_t areas_in_surge;
        double together; /* -1: not tested */
        const char *said;
    } rows[] = {
        {SCRIPT(IN_TURN), "all", PAL_VERDICT_SUPPORTED, 24, 6, 0,
         "24 surges of the kind street operation in all 6 areas, from 2017-01-02 to "
         "2018-12-02. They came in turn"},
        {SCRIPT(TOGETHER), "all", PAL_VERDICT_CONTRADICTED, 36, 6, 5,
         "They came together"},
        {SCRIPT(ONCE), "all", PAL_VERDICT_CANNOT_TELL, 1, 1, -1,
         "1 surge of the kind street operation"},
        {SCRIPT(NEVER), "all", PAL_VERDICT_CANNOT_TELL, 0, 0, -1,
         "no surge of the kind"},
        /* Four surges of two areas each in a hundred weeks seldom meet by chance. */
        {SCRIPT(IN_TURN), "announced", PAL_VERDICT_CANNOT_TELL, 8, 2, 0,
         "even no meeting at all"},
        {SCRIPT(TOGETHER), "Boston, Miami, fort worth", PAL_VERDICT_CONTRADICTED, 18, 3,
         2, "in all 3 areas"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pal_store *store = open_script(rows[i].script);
        struct sample sample;
        spurts_init(&sample, "2017-01-02", "2018-12-02");
        sample_where(&sample, "areas", rows[i].areas);
        const struct pal_finding *finding = sample_check(&sample, store);
        const struct pal_reading *main = &finding->readings[0];
        assert_int_equal(finding->verdict, rows[i].verdict);
        assert_non_null(main->turns);
        assert_int_equal(main->turns->surge_count, rows[i].surges);
        assert_int_equal(main->n, rows[i].surges);
        assert_int_equal(main->turns->area_count, rows[i].areas_in_surge);
        assert_said(finding->why, rows[i].said);
        assert_int_equal(finding->has_value, rows[i].together >= 0);
        if (rows[i].together >= 0) {
            /* A surge may be found a day shorter than it was planted. */
            assert_true(fabs(main->turns->together - rows[i].together) < 0.05);
            assert_true(fabs(finding->value -
                             main->turns->together / main->turns->by_chance) < 1e-12);
            assert_true(finding->low <= finding->value &&
                        finding->value <= finding->high);
        }
        assert_true(finding->file_count == 1);
        sample_clear(&sample);
        close_script(store);
    }
}

/* What shows only where areas are taken together says nothing of turns: by the list of surges
 * these areas come together in four weeks, and each area's own series has none of it. */
static void surges_that_only_all_areas_show_do_not_count(void **state)
{
    struct pal_store *store = open_script(SCRIPT(BOTH));
    struct pal_surge_request request;
    struct pal_surge_study *study = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct sample sample;
    (void)state;
    spurts_init(&sample, "2017-01-02", "2018-12-02");
    sample_where(&sample, "areas", "all");
    const struct pal_finding *finding = sample_check(&sample, store);
    assert_int_equal(finding->verdict, PAL_VERDICT_CANNOT_TELL);
    assert_int_equal(finding->readings[0].turns->surge_count, 2);
    sample_clear(&sample);
    assert_int_equal(pal_surge_request_default(&request, &err), PAL_OK);
    assert_int_equal(pal_surge_study_run(store, &request, &study, &err), PAL_OK);
    assert_int_equal(study->event_count, 6);
    pal_surge_study_free(study);
    close_script(store);
}

/* Without areas the announced are asked about, and all of them bear on the verdict too. */
static void areas_that_are_not_stated_are_a_choice(void **state)
{
    struct pal_store *store = open_script(SCRIPT(IN_TURN));
    struct sample sample;
    (void)state;
    spurts_init(&sample, "2017-01-02", "2018-12-02");
    const struct pal_finding *finding = sample_check(&sample, store);
    const struct pal_reading *areas = find_choice(finding, "areas");
    assert_int_equal(finding->verdict, PAL_VERDICT_DEPENDS);
    assert_int_equal(finding->readings[0].turns->area_count, 2);
    assert_non_null(areas);
    assert_true(areas->bears);
    assert_int_equal(areas->verdict, PAL_VERDICT_SUPPORTED);
    assert_int_equal(areas->turns->area_count, 6);
    assert_said(finding->place_note, "A city is not its area");
    sample_clear(&sample);
    /* Stated, they are not. */
    spurts_init(&sample, "2017-01-02", "2018-12-02");
    sample_where(&sample, "areas", "announced");
    finding = sample_check(&sample, store);
    assert_int_equal(finding->verdict, PAL_VERDICT_CANNOT_TELL);
    assert_false(find_choice(finding, "areas")->bears);
    sample_clear(&sample);
    close_script(store);
}

static void days_that_are_not_covered_are_not_searched(void **state)
{
    static const struct {
        const char *first;
        const char *last;
        enum pal_verdict verdict;
        const char *said;
    } rows[] = {
        {"2020-02-01", "2020-12-31", PAL_VERDICT_NOT_COVERED,
         "No loaded arrest records cover these dates"},
        {"2018-11-01", "2019-12-31", PAL_VERDICT_NOT_COVERED,
         "Only 32 of the 426 days are covered"},
        {"2018-01-01", "2018-02-24", PAL_VERDICT_CANNOT_TELL, "these are 55 days"},
    };
    struct pal_store *store = open_script(SCRIPT(IN_TURN));
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        spurts_init(&sample, rows[i].first, rows[i].last);
        const struct pal_finding *finding = sample_check(&sample, store);
        assert_int_equal(finding->verdict, rows[i].verdict);
        assert_false(finding->has_value);
        assert_true(isnan(finding->readings[0].value) != 0);
        assert_said(finding->why, rows[i].said);
        bool is_searched = finding->readings[0].turns != NULL;
        assert_int_equal(is_searched, rows[i].verdict == PAL_VERDICT_CANNOT_TELL);
        sample_clear(&sample);
    }
    close_script(store);
}

static void what_is_wrong_is_said_with_the_nearest(void **state)
{
    static const struct {
        const char *dimension;
        const char *value;
        const char *measure;
        const char *said;
    } rows[] = {
        {"area", "Boston", "arrests", "did you mean areas?"},
        {"method", "Located", "arrests", "knows the conditions areas and kind"},
        {"areas", "Boston", "arrests", "two areas or more"},
        {"areas", "Boston, Boston", "arrests", "two areas or more"},
        {"areas", "Boston, Dallsa", "arrests", "did you mean \"Dallas\"?"},
        {"areas", "Boston,, Dallas", "arrests", "one of them is empty"},
        {"areas", "Boston, not stated", "arrests", "of no one area"},
        {"areas", "anounced", "arrests", "did you mean announced?"},
        {"kind", "work site", "arrests", "did you mean \"worksite\"?"},
        {"kind", "raid", "arrests", "it is one of: street operation, worksite"},
        {"areas", "all", "arests", "did you mean \"arrests\"?"},
        {"areas", "all", "at_large_share", "a count that is known by area"},
        {"areas", "all", "head_counts", "a count that is known by area"},
    };
    struct pal_store *store = open_script(SCRIPT(ONCE));
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct sample sample;
        /* Said though no record covers the dates. */
        spurts_init(&sample, "2020-02-01", "2020-12-31");
        sample_where(&sample, rows[i].dimension, rows[i].value);
        sample.claim.what.measure = pal_view_of(rows[i].measure);
        const struct pal_finding *finding = sample_check(&sample, store);
        assert_int_equal(finding->verdict, PAL_VERDICT_ERROR);
        assert_said(finding->why, rows[i].said);
        sample_clear(&sample);
    }
    for (int i = 0; i < 3; i++) {
        static const char *const said[] = {"needs from and to", "leave release out",
                                           "leave against out"};
        struct sample sample;
        spurts_init(&sample, "2018-01-01", "2018-12-02");
        sample.claim.what.first = i == 0 ? PAL_DAY_NONE : sample.claim.what.first;
        sample.claim.what.release = pal_view_of(i == 1 ? "A" : "");
        sample.claim.has_against = i == 2;
        const struct pal_finding *finding = sample_check(&sample, store);
        assert_int_equal(finding->verdict, PAL_VERDICT_ERROR);
        assert_said(finding->why, said[i]);
        sample_clear(&sample);
    }
    close_script(store);
}

static void checking_without_memory_is_said_and_leaks_nothing(void **state)
{
    struct pal_store *store = open_script(SCRIPT(TOGETHER));
    bool has_failed = true;
    (void)state;
    for (size_t n = 1; has_failed; n += 1 + n / 4) {
        struct sample sample;
        struct pal_error err = {PAL_OK, ""};
        spurts_init(&sample, "2017-01-02", "2018-12-02");
        pal_alloc_fail_after(n);
        pal_status st =
            pal_claims_check(store, &sample.claims, NULL, &sample.judgement, &err);
        has_failed = pal_alloc_has_failed();
        pal_alloc_fail_after(0);
        if (st != PAL_OK) {
            assert_true(has_failed);
            assert_null(sample.judgement);
            assert_true(err.text[0] != '\0');
        }
        sample_clear(&sample);
        assert_true(n < 100000);
    }
    close_script(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_surges_have_their_verdict),
        cmocka_unit_test(surges_that_only_all_areas_show_do_not_count),
        cmocka_unit_test(areas_that_are_not_stated_are_a_choice),
        cmocka_unit_test(days_that_are_not_covered_are_not_searched),
        cmocka_unit_test(what_is_wrong_is_said_with_the_nearest),
        cmocka_unit_test(checking_without_memory_is_said_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
