/* Surges of a study's records: each kind is called what it is, and memory that runs out at any
 * point is told. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <string.h>

#include "detect/study.h"

#include "../script_study.h"

/* Two areas, 500 days from Monday 2018-01-01, on working days some arrests at large and some
 * from jails. Planted: from jails in Boston on the third day of all; then, each from a Monday: at
 * large in Boston in week 29; at work sites in Boston on the first day of week 47; administrative
 * re-arrests in Detroit in week 36; from jails in Detroit on one Wednesday of week 43, and two weeks
 * of nothing that are caught up in week 56. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 2113);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 2, 'Method', 'apprehension_method', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"
    " (1, 'Detroit Area of Responsibility'), (2, 'Located'),"
    " (3, 'CAP Local Incarceration'), (4, 'Worksite Enforcement'),"
    " (5, 'ERO Reprocessed Arrest');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_method)"
    " SELECT 1, row_number() OVER () + 1, 0, 0, DATE '2018-01-01' + CAST(d AS INTEGER),"
    " area, method"
    " FROM range(500) AS days(d), range(2) AS areas(area), range(2, 6) AS "
    "methods(method),"
    " range(90) AS copies(k)"
    " WHERE k < CASE"
    "  WHEN area = 1 AND d BETWEEN 378 AND 391 THEN 0"
    "  ELSE CASE WHEN d % 7 > 4 OR method > 3 THEN 0"
    "   WHEN method = 2 THEN 3 + (d * d * 31 + d * 7 + area * 5) % 11 % 4"
    "   ELSE 5 + (d * d * 17 + d * 3 + area * 2) % 13 % 5 END END"
    "  + CASE WHEN area = 0 AND method = 2 AND d BETWEEN 203 AND 207 THEN 25"
    "    WHEN area = 0 AND method = 3 AND d = 2 THEN 60"
    "    WHEN area = 0 AND method = 4 AND d = 329 THEN 40"
    "    WHEN area = 1 AND method = 5 AND d BETWEEN 252 AND 254 THEN 20"
    "    WHEN area = 1 AND method = 3 AND d = 303 THEN 60"
    "    WHEN area = 1 AND method = 3 AND d = 392 THEN 60 ELSE 0 END;"
    "INSERT INTO coverage VALUES ('arrest', 'A', 'national', NULL, DATE '2018-01-01',"
    " DATE '2019-05-15', DATE '2018-01-01', DATE '2019-05-15', 1);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static const struct {
    int day; /* of the planted surge's first */
    int last;
    const char *areas;
    const char *kind;
} planted[] = {
    {2, 2, "Boston", "recording artefact"},
    {203, 207, "Boston", "street operation"},
    {252, 254, "Detroit", "reprocessing or duplicates"},
    {303, 303, "Detroit", "release from prison or jail"},
    {329, 329, "Boston", "worksite"},
    {392, 392, "Detroit", "recording artefact"},
};
enum { PLANTED = sizeof planted / sizeof planted[0] };

static struct pal_surge_study *run(struct pal_store *store)
{
    struct pal_surge_request request;
    struct pal_surge_study *study = NULL;
    struct pal_error err = {PAL_OK, ""};
    assert_int_equal(pal_surge_request_default(&request, &err), PAL_OK);
    pal_status st = pal_surge_study_run(store, &request, &study, &err);
    if (st != PAL_OK) {
        print_error("%s\n", err.text);
    }
    assert_int_equal(st, PAL_OK);
    return study;
}

static void every_kind_is_called_what_it_is(void **state)
{
    struct pal_surge_study *study = run(*state);
    int32_t start = pal_day_from_text("2018-01-01");
    assert_int_equal(study->event_count, PLANTED);
    for (size_t i = 0; i < PLANTED; i++) {
        const struct pal_surge_event *event = &study->events[i];
        print_message("%.*s %.*s: %s, %.*s\n", PAL_VIEW_ARG(event->id),
                      PAL_VIEW_ARG(event->areas), pal_surge_kind_text(event->kind),
                      PAL_VIEW_ARG(event->reason));
        assert_int_equal(event->surge.first, start + planted[i].day);
        assert_int_equal(event->surge.last, start + planted[i].last);
        assert_true(pal_view_is_equal(event->areas, pal_view_of(planted[i].areas)));
        assert_string_equal(pal_surge_kind_text(event->kind), planted[i].kind);
        assert_true(pal_surge_find(study, event->id) == event);
    }
    assert_null(pal_surge_find(study, PAL_VIEW("20180101-000000")));
    pal_surge_study_free(study);
}

static void each_area_by_itself_is_the_same_searched_again_or_anew(void **state)
{
    struct pal_surge_study *study = run(*state);
    struct pal_surge_request request = study->request;
    struct pal_surge_study *again = NULL;
    struct pal_surge_study *anew = NULL;
    request.setting.is_each_alone = true;
    assert_int_equal(pal_surge_study_alone(*state, study, &again, NULL), PAL_OK);
    assert_int_equal(pal_surge_study_run(*state, &request, &anew, NULL), PAL_OK);
    assert_true(again->event_count > 0);
    assert_int_equal(again->event_count, anew->event_count);
    for (size_t i = 0; i < again->event_count; i++) {
        assert_true(pal_view_is_equal(again->events[i].id, anew->events[i].id));
        assert_int_equal(again->events[i].kind, anew->events[i].kind);
        assert_true(again->events[i].surge.excess_low ==
                    anew->events[i].surge.excess_low);
    }
    pal_surge_study_free(anew);
    pal_surge_study_free(again);
    pal_status st = PAL_MEMORY;
    for (size_t n = 1; st != PAL_OK; n += 1 + n / 16) {
        pal_alloc_fail_after(n);
        st = pal_surge_study_alone(*state, study, &again, NULL);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        pal_surge_study_free(again);
    }
    assert_int_equal(study->event_count, PLANTED);
    pal_surge_study_free(study);
}

static void memory_that_runs_out_is_told_and_nothing_leaks(void **state)
{
    struct pal_surge_request request;
    pal_status st = PAL_MEMORY;
    size_t tries = 0;
    assert_int_equal(pal_surge_request_default(&request, NULL), PAL_OK);
    /* Every one of the first, which open and read, then one in ten or so. */
    for (size_t n = 1; st != PAL_OK; n += 1 + n / 64) {
        struct pal_surge_study *study = NULL;
        struct pal_error err = {PAL_OK, ""};
        pal_alloc_fail_after(n);
        st = pal_surge_study_run(*state, &request, &study, &err);
        pal_alloc_fail_after(0);
        assert_true(st == PAL_OK || st == PAL_MEMORY);
        assert_true((study != NULL) == (st == PAL_OK));
        pal_surge_study_free(study);
        tries++;
        assert_true(n < 20000);
    }
    print_message("%zu places\n", tries);
    assert_true(tries > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_called_what_it_is),
        cmocka_unit_test(each_area_by_itself_is_the_same_searched_again_or_anew),
        cmocka_unit_test(memory_that_runs_out_is_told_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
