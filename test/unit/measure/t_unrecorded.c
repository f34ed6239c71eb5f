/* What room measure says of the unrecorded, over a small study written by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>

#include "measure/answer.h"
#include "measure/requests.h"

#include "../script_study.h"

/* Two arrests say targeted or collateral; of the other three one has an earlier order and no
 * id, one an earlier request and a conviction, one surely nothing. */
static const char script[] =
    "INSERT INTO file VALUES (1, 'a.csv', 'a.csv', 'aa', 1, 'A', 'csv');"
    "INSERT INTO sheet (sheet_id, file_id, sheet, member, table_name, form, encoding,"
    " delimiter, recorded) VALUES (1, 1, 'a', '', 'arrest', 'csv', '', '', 1),"
    " (2, 1, 'd', '', 'detainer', 'csv', '', '', 1);"
    "INSERT INTO sheet_column VALUES"
    " (1, 0, 'Date', 'apprehension_date', 'public', true, 0, 0, 0, 0, 0),"
    " (1, 1, 'AOR', 'apprehension_aor', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 0, 'Date', 'detainer_prepare_date', 'public', true, 0, 0, 0, 0, 0),"
    " (2, 1, 'Lift', 'detainer_lift_reason', 'public', true, 0, 0, 0, 0, 0);"
    "INSERT INTO term VALUES (0, 'Boston Area of Responsibility'),"
    " (1, 'Dallas Area of Responsibility'), (2, 'Targeted'), (3, 'Collateral'),"
    " (4, '1 Convicted Criminal'), (5, '3 Other Immigration Violator'), (6, 'NO'),"
    " (7, 'CALIFORNIA'), (8, 'LOS ANGELES'), (9, 'I247A - Detainer'),"
    " (10, 'Detainer Declined by LEA'), (11, 'Booked into Detention');"
    "INSERT INTO arrest_row (sheet_id, \"row\", redacted, failed, apprehension_date,"
    " apprehension_aor, apprehension_type, final_order_date, final_order_yes_no,"
    " apprehension_criminality, unique_identifier) VALUES"
    " (1, 2, 0, 0, DATE '2019-01-10', 0, 2, NULL, NULL, NULL, NULL),"
    " (1, 3, 0, 0, DATE '2019-01-11', 0, 3, NULL, NULL, NULL, NULL),"
    " (1, 4, 0, 0, DATE '2019-02-01', 0, NULL, DATE '2018-01-01', NULL, NULL, NULL),"
    " (1, 5, 0, 0, DATE '2019-02-02', 1, NULL, NULL, 6, 4,"
    "  '00000000-0000-0000-0000-000000000001'),"
    " (1, 6, 0, 0, DATE '2019-02-03', 1, NULL, NULL, 6, 5,"
    "  '00000000-0000-0000-0000-000000000002');"
    "INSERT INTO detainer_row (sheet_id, \"row\", redacted, failed,"
    " detainer_prepare_date, facility_state, facility_city, detainer_type,"
    " detainer_lift_reason, unique_identifier) VALUES"
    " (2, 2, 0, 0, DATE '2019-01-01', 7, 8, 9, 10,"
    "  '00000000-0000-0000-0000-000000000001'),"
    " (2, 3, 0, 0, DATE '2019-01-01', 7, 8, 9, 11,"
    "  '00000000-0000-0000-0000-000000000003'),"
    " (2, 4, 0, 0, DATE '2019-01-02', NULL, NULL, 9, NULL, NULL),"
    " (2, 5, 0, 0, DATE '2019-06-02', 7, 8, 9, NULL, NULL);" /* not covered */
    "INSERT INTO coverage VALUES"
    " ('arrest', 'A', 'national', NULL, DATE '2019-01-01', DATE '2019-03-31',"
    "  DATE '2019-01-01', DATE '2019-03-31', 5),"
    " ('detainer', 'A', 'national', NULL, DATE '2019-01-01', DATE '2019-03-31',"
    "  DATE '2019-01-01', DATE '2019-03-31', 3);"
    "INSERT INTO study_place VALUES ('Boston', 'Boston', NULL, NULL, NULL);"
    "INSERT INTO study_campaign (name, first_day, last_day) VALUES"
    " ('c', DATE '2019-02-01', DATE '2019-02-28');"
    "INSERT INTO study_setting VALUES ('baseline_first', '2019-01-01'),"
    " ('baseline_last', '2019-01-31');"
    "INSERT INTO study_effort VALUES (1, 'all places together', 'agents',"
    " DATE '2019-01-01', DATE '2019-01-01', DATE '2019-01-31', DATE '2019-01-31',"
    " 10, 20, 8, 8, 5, 5, 2, 2, 'a test', NULL);";

static int open_study(void **state)
{
    return script_study_open(state, script);
}

static void assert_near(double value, double want)
{
    if (!(fabs(value - want) <= 1e-9)) {
        fail_msg("%.12g, wanted %.12g", value, want);
    }
}

static void assert_bounds(struct pal_store *store, uint32_t assumptions,
                          int64_t at_least, int64_t at_most)
{
    struct pal_bounds_request request = {
        .first = PAL_DAY_NONE, .last = PAL_DAY_NONE, .assumptions = assumptions};
    struct pal_bounds_row *rows = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    pal_arena_init(&arena, 1U << 24);
    if (pal_bounds_run(store, &request, &arena, &rows, &count, &err) != PAL_OK) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].bounds.n, 5);
    assert_int_equal(rows[0].bounds.recorded, 2);
    assert_int_equal(rows[0].bounds.at_least, at_least);
    assert_int_equal(rows[0].bounds.at_most, at_most);
    pal_arena_clear(&arena);
}

static void signs_are_told_where_the_record_has_them(void **state)
{
    assert_bounds(*state, 0, 1, 4);
    assert_bounds(*state, PAL_TARGETS_AMONG_REQUESTS, 2, 4);
    assert_bounds(*state, PAL_TARGETS_AMONG_ORDERS, 3, 4);
    assert_bounds(*state, PAL_TARGETS_AMONG_CONVICTIONS, 2, 4);
    assert_bounds(*state, PAL_ORDER_MEANS_TARGET, 1, 3);
    assert_bounds(*state, PAL_REQUEST_MEANS_TARGET | PAL_CONVICTION_MEANS_TARGET, 1, 3);
}

static void requests_are_counted_by_day_and_place(void **state)
{
    struct pal_request_count *counts = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    pal_arena_init(&arena, 1U << 24);
    assert_int_equal(pal_requests_count(*state, &arena, &counts, &count, &err), PAL_OK);
    assert_int_equal(count, 2);
    assert_int_equal(counts[0].day, pal_day_from_text("2019-01-01"));
    assert_true(pal_view_is_equal(counts[0].city, PAL_VIEW("LOS ANGELES")));
    assert_int_equal(counts[0].count, 2);
    assert_int_equal(counts[1].state.size, 0);
    assert_int_equal(counts[1].count, 1);
    pal_arena_clear(&arena);
}

static void outcomes_without_a_day_have_no_time(void **state)
{
    const struct pal_outcome_request request = {.by_count = 1,
                                                .by = {PAL_VIEW("year")},
                                                .first = PAL_DAY_NONE,
                                                .last = PAL_DAY_NONE};
    struct pal_outcome_row *rows = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    pal_arena_init(&arena, 1U << 24);
    assert_int_equal(pal_outcomes_run(*state, &request, &arena, &rows, &count, &err),
                     PAL_OK);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].n, 3);
    assert_int_equal(rows[0].count[PAL_TRANSFERRED], 1);
    assert_int_equal(rows[0].count[PAL_DECLINED], 1);
    assert_int_equal(rows[0].no_reason, 1);
    assert_int_equal(rows[0].by_day[0][PAL_DECLINED].status, PAL_FIGURE_NOT_RECORDED);
    pal_arena_clear(&arena);
}

static void effort_meets_the_arrests_of_its_days(void **state)
{
    struct pal_effort_row *rows = NULL;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    size_t count = 0;
    pal_arena_init(&arena, 1U << 24);
    assert_int_equal(pal_effort_run(*state, PAL_VIEW(""), &arena, &rows, &count, &err),
                     PAL_OK);
    assert_int_equal(count, 1);
    /* 31 days: four turns of five on and two off, and three more of which one to three. */
    assert_near(rows[0].days.low, 21);
    assert_near(rows[0].days.high, 23);
    assert_near(rows[0].agent_days.low, 210);
    assert_near(rows[0].agent_days.high, 460);
    assert_near(rows[0].agent_hours.high, 3680);
    assert_int_equal(rows[0].arrests, 2);
    assert_near(rows[0].rate.low, 2.0 / 460);
    assert_near(rows[0].rate.high, 2.0 / 210);
    pal_arena_clear(&arena);
}

static void areas_with_a_handful_of_arrests_are_not_compared(void **state)
{
    struct pal_comparison campaign;
    struct pal_comparison placebo;
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    pal_arena_init(&arena, 1U << 26);
    assert_int_equal(
        pal_compare_run(*state, PAL_DAY_NONE, &arena, &campaign, &placebo, &err),
        PAL_OK);
    assert_int_equal(campaign.status, PAL_COMPARE_TOO_FEW);
    assert_int_equal(campaign.small_count, 2);
    assert_int_equal(placebo.status, PAL_COMPARE_NO_DATE);
    pal_arena_clear(&arena);
}

static pal_status run_all(struct pal_store *store, struct pal_answer *answer,
                          struct pal_error *err)
{
    const struct pal_bounds_request bounds = {.first = PAL_DAY_NONE,
                                              .last = PAL_DAY_NONE};
    const struct pal_outcome_request outcomes = {.first = PAL_DAY_NONE,
                                                 .last = PAL_DAY_NONE};
    struct pal_comparison campaign;
    struct pal_comparison placebo;
    struct pal_bounds_row *targets = NULL;
    struct pal_outcome_row *ends = NULL;
    struct pal_effort_row *efforts = NULL;
    struct pal_request_count *requests = NULL;
    size_t count = 0;
    pal_status st = pal_requests_count(store, &answer->arena, &requests, &count, err);
    if (st == PAL_OK) {
        st = pal_outcomes_run(store, &outcomes, &answer->arena, &ends, &count, err);
    }
    if (st == PAL_OK) {
        st = pal_effort_run(store, PAL_VIEW("month"), &answer->arena, &efforts, &count,
                            err);
    }
    if (st == PAL_OK) {
        st = pal_compare_run(store, PAL_DAY_NONE, &answer->arena, &campaign, &placebo,
                             err);
    }
    if (st == PAL_OK) {
        st = pal_bounds_run(store, &bounds, &answer->arena, &targets, &count, err);
    }
    if (st == PAL_OK) {
        pal_answer_targets(&bounds, targets, count, answer);
        st = pal_answer_status(answer, err);
    }
    return st;
}

static void every_failing_allocation_is_reported_and_nothing_leaks(void **state)
{
    struct pal_error err = {PAL_OK, ""};
    pal_status st = PAL_MEMORY;
    /* Every place fails at first; later ones are sampled, as each run asks the store anew. */
    for (size_t n = 1; st != PAL_OK; n += 1 + n / 16) {
        struct pal_answer answer;
        pal_answer_init(&answer);
        pal_alloc_fail_after(n);
        st = run_all(*state, &answer, &err);
        pal_alloc_fail_after(0);
        if (st != PAL_OK) {
            assert_int_equal(st, PAL_MEMORY);
        }
        pal_answer_clear(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_are_told_where_the_record_has_them),
        cmocka_unit_test(requests_are_counted_by_day_and_place),
        cmocka_unit_test(outcomes_without_a_day_have_no_time),
        cmocka_unit_test(effort_meets_the_arrests_of_its_days),
        cmocka_unit_test(areas_with_a_handful_of_arrests_are_not_compared),
        cmocka_unit_test(every_failing_allocation_is_reported_and_nothing_leaks),
    };
    return cmocka_run_group_tests(tests, open_study, script_study_close);
}
