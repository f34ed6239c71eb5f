/* Bounds of targets, ranges of effort and ends of requests, worked out by hand; bounds cover
 * a known truth. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "measure/bounds.h"
#include "measure/effort.h"
#include "measure/outcomes.h"
#include "stat/random.h"

static void assert_near(double value, double want, double slack)
{
    if (!(fabs(value - want) <= slack)) {
        fail_msg("%.12g, wanted %.12g", value, want);
    }
}

/* ---- targets ---- */

enum { NO, YES, NOT_TOLD };

static size_t cell(size_t order, size_t request, size_t conviction)
{
    return order * 9 + request * 3 + conviction;
}

static void bounds_are_what_the_assumptions_leave(void **state)
{
    /* 10 targeted, 5 collateral; without a record of it: 20 with nothing on record, 7 with an
     * order, 8 convicted, 6 of whom nothing can be told, 4 with an order and a conviction. */
    struct pal_target_counts counts = {.targeted = 10, .collateral = 5};
    static const struct {
        uint32_t assumptions;
        int64_t at_least;
        int64_t at_most;
    } rows[] = {
        {0, 5, 50},
        {PAL_TARGETS_AMONG_ORDERS, 33, 50},      /* 20 + 8 surely without an order */
        {PAL_TARGETS_AMONG_CONVICTIONS, 32, 50}, /* 20 + 7 */
        {PAL_TARGETS_AMONG_ORDERS | PAL_TARGETS_AMONG_CONVICTIONS, 25, 50},
        {PAL_TARGETS_AMONG_REQUESTS, 44, 50}, /* all but the 6 */
        {PAL_ORDER_MEANS_TARGET, 5, 39},      /* 7 + 4 */
        {PAL_CONVICTION_MEANS_TARGET, 5, 38}, /* 8 + 4 */
        {PAL_ORDER_MEANS_TARGET | PAL_CONVICTION_MEANS_TARGET, 5, 31},
        {PAL_REQUEST_MEANS_TARGET, 5, 50},
        {PAL_TARGETS_AMONG_ORDERS | PAL_CONVICTION_MEANS_TARGET, 25, 38},
    };
    struct pal_target_bounds bounds;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    counts.unrecorded[cell(NO, NO, NO)] = 20;
    counts.unrecorded[cell(YES, NO, NO)] = 7;
    counts.unrecorded[cell(NO, NO, YES)] = 8;
    counts.unrecorded[cell(NOT_TOLD, NOT_TOLD, NOT_TOLD)] = 6;
    counts.unrecorded[cell(YES, NO, YES)] = 4;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(
            pal_target_bounds_of(&counts, rows[i].assumptions, &bounds, &err), PAL_OK);
        if (bounds.n != 60 || bounds.at_least != rows[i].at_least ||
            bounds.at_most != rows[i].at_most) {
            fail_msg("row %zu: %lld to %lld", i, (long long)bounds.at_least,
                     (long long)bounds.at_most);
        }
    }
    /* R: binom.test(5, 15)$conf.int */
    assert_true(bounds.has_share);
    assert_near(bounds.share, 1.0 / 3, 1e-12);
    assert_near(bounds.share_low, 0.1182411, 1e-6);
    assert_near(bounds.share_high, 0.6161963, 1e-6);
    assert_false(bounds.is_open);
}

static void without_a_record_nothing_tells(void **state)
{
    struct pal_target_counts counts = {.targeted = 0};
    struct pal_target_bounds bounds;
    struct pal_error err = {PAL_OK, ""};
    (void)state;
    assert_int_equal(pal_target_bounds_of(&counts, 0, &bounds, &err), PAL_OK);
    assert_false(bounds.has_bounds);
    counts.unrecorded[cell(NOT_TOLD, NOT_TOLD, NOT_TOLD)] = 9;
    for (uint32_t all = 0; all < 64; all++) {
        assert_int_equal(pal_target_bounds_of(&counts, all, &bounds, &err), PAL_OK);
        assert_true(bounds.is_open && !bounds.has_share);
        assert_int_equal(bounds.at_most, 9);
    }
}

static bool may_be_target(const size_t signs[3], uint32_t assumptions)
{
    bool is_limited = (assumptions & 7) != 0;
    bool has = false;
    for (int k = 0; k < 3; k++) {
        bool counts =
            ((assumptions >> k) & 1U) != 0 || ((assumptions >> (k + 3)) & 1U) != 0;
        has = has || (counts && signs[k] == YES);
    }
    return !is_limited || has;
}

/* One person: what is true is drawn so that the assumptions hold, then the record forgets some
 * of it. True when the person was collateral. */
static bool add_person(struct pal_random *random, uint32_t assumptions,
                       struct pal_target_counts *counts)
{
    size_t signs[3];
    bool means = false;
    for (int k = 0; k < 3; k++) {
        signs[k] = (size_t)pal_random_below(random, 2);
        means = means || (signs[k] == YES && ((assumptions >> (k + 3)) & 1U) != 0);
    }
    bool may = may_be_target(signs, assumptions);
    bool is_target = means || (may && pal_random_below(random, 2) == 1);
    for (int k = 0; k < 3; k++) {
        signs[k] = pal_random_below(random, 5) == 0 ? NOT_TOLD : signs[k];
    }
    if (pal_random_below(random, 4) > 0) {
        counts->unrecorded[cell(signs[0], signs[1], signs[2])]++;
    } else if (is_target) {
        counts->targeted++;
    } else {
        counts->collateral++;
    }
    return !is_target;
}

/* Populations in which the assumptions hold: the bounds cover the true count, every time. */
static void bounds_cover_the_truth_where_the_assumptions_hold(void **state)
{
    (void)state;
    for (uint64_t run = 0; run < 2000; run++) {
        struct pal_target_counts counts = {.targeted = 0};
        struct pal_target_bounds bounds;
        struct pal_error err = {PAL_OK, ""};
        struct pal_random random;
        int64_t collateral = 0;
        pal_random_init(&random, 5, run);
        uint32_t assumptions = (uint32_t)pal_random_below(&random, 64);
        size_t people = (size_t)pal_random_below(&random, 300);
        for (size_t i = 0; i < people; i++) {
            collateral += add_person(&random, assumptions, &counts) ? 1 : 0;
        }
        assert_int_equal(pal_target_bounds_of(&counts, assumptions, &bounds, &err),
                         PAL_OK);
        if (collateral < bounds.at_least || collateral > bounds.at_most) {
            fail_msg("run %llu, assumptions %u: %lld is not in %lld to %lld",
                     (unsigned long long)run, assumptions, (long long)collateral,
                     (long long)bounds.at_least, (long long)bounds.at_most);
        }
    }
}

static void assumptions_have_names(void **state)
{
    enum pal_assumption bit = PAL_TARGETS_AMONG_ORDERS;
    uint32_t all = 0;
    (void)state;
    for (size_t i = 0; i < PAL_ASSUMPTION_COUNT; i++) {
        assert_true(pal_assumption_find(pal_view_of(pal_assumption_at(i)->name), &bit));
        all |= (uint32_t)bit;
    }
    assert_int_equal(all, 63);
    assert_null(pal_assumption_at(PAL_ASSUMPTION_COUNT));
    assert_false(pal_assumption_find(PAL_VIEW("proxy"), &bit));
}

/* ---- effort ---- */

static void days_worked_are_the_worst_and_the_best_turn(void **state)
{
    struct pal_effort effort = {.days_on = {10, 10, true}, .days_off = {4, 4, true}};
    struct pal_range days;
    (void)state;
    effort.first_earliest = effort.first_latest = 0;
    effort.last_earliest = effort.last_latest = 29;
    /* 30 days are two turns of 14 and 2 more: 20, and 0 to 2. */
    days = pal_effort_days_on(&effort, 0, 29);
    assert_near(days.low, 20, 0);
    assert_near(days.high, 22, 0);
    /* A week begins on and stays on, or holds all 4 days off. */
    days = pal_effort_days_on(&effort, 0, 6);
    assert_near(days.low, 3, 0);
    assert_near(days.high, 7, 0);
    /* Ten in a row or five, two off or four: the most is ten on and two off. */
    effort.days_on = pal_range_of(5, 10);
    effort.days_off = pal_range_of(2, 4);
    days = pal_effort_days_on(&effort, 0, 29);
    assert_near(days.low, 15, 0); /* three turns of 9, and 3 of which none need be on */
    assert_near(days.high, 26, 0); /* two turns of 12, and 6 */
    /* Not said how long they are off: perhaps to the end. */
    effort.days_off.has_high = false;
    assert_near(pal_effort_days_on(&effort, 0, 29).low, 0, 0);
    /* An uncertain beginning and end. */
    effort.days_off = pal_range_of(0, 0);
    effort.first_latest = 5;
    effort.last_earliest = 24;
    days = pal_effort_days_on(&effort, 0, 29);
    assert_near(days.low, 20, 0);
    assert_near(days.high, 30, 0);
    assert_near(pal_effort_days_on(&effort, 40, 50).high, 0, 0);
}

static void ranges_are_carried_through(void **state)
{
    struct pal_range open = {500, 0, false};
    struct pal_range product = pal_range_multiply(open, pal_range_of(2, 3));
    (void)state;
    assert_near(product.low, 1000, 0);
    assert_false(product.has_high);
    product = pal_range_multiply(open, pal_range_of(0, 0));
    assert_true(product.has_high);
    assert_near(product.high, 0, 0);
    product = pal_range_multiply(pal_range_of(100, 120), pal_range_of(8, 12));
    assert_near(product.low, 800, 0);
    assert_near(product.high, 1440, 0);
    product = pal_range_add(pal_range_of(1, 2), pal_range_of(3, 5));
    assert_near(product.high, 7, 0);
    assert_false(pal_range_add(open, product).has_high);
}

/* ---- outcomes ---- */

static void ends_without_a_day_give_a_range(void **state)
{
    /* Transferred on days 10 and 20, one declined without a day, one unknown and followed for
     * 15 days, the others for 100. Declined at once: 1/4 declined, then 3/4 x 1/3 and, of
     * one left, all: 3/4 transferred. Declined at the end: 1/4, then 3/4 x 1/2: 5/8. */
    static const struct pal_outcome_record records[] = {
        {PAL_TRANSFERRED, true, 10, 100},
        {PAL_TRANSFERRED, true, 20, 100},
        {PAL_DECLINED, false, 0, 100},
        {PAL_UNKNOWN, false, 0, 15}};
    struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT][PAL_OUTCOME_STATE_COUNT];
    struct pal_error err = {PAL_OK, ""};
    struct pal_arena arena;
    (void)state;
    pal_arena_init(&arena, 1U << 24);
    assert_int_equal(pal_outcome_times(records, 4, &arena, out, &err), PAL_OK);
    for (size_t h = 0; h < 2; h++) {
        assert_near(out[h][PAL_TRANSFERRED].low, 0.625, 1e-12);
        assert_near(out[h][PAL_TRANSFERRED].high, 0.75, 1e-12);
        assert_near(out[h][PAL_DECLINED].low, 0, 1e-12);
        assert_near(out[h][PAL_DECLINED].high, 0.25, 1e-12);
        assert_near(out[h][PAL_UNKNOWN].low, 0, 1e-12);
        assert_near(out[h][PAL_UNKNOWN].high, 0.375, 1e-12);
        assert_true(out[h][PAL_TRANSFERRED].interval_low < 0.625);
        assert_true(out[h][PAL_TRANSFERRED].interval_high > 0.75);
    }
    /* Nobody was followed for a year. */
    assert_int_equal(out[2][PAL_TRANSFERRED].status, PAL_FIGURE_NOT_COVERED);
    /* Without any day, time is not recorded. */
    assert_int_equal(pal_outcome_times(records + 2, 2, &arena, out, &err), PAL_OK);
    assert_int_equal(out[0][PAL_DECLINED].status, PAL_FIGURE_NOT_RECORDED);
    pal_arena_clear(&arena);
}

/* Ends with a day, and then the same with the days of some taken away: the range holds what
 * the whole would have given. */
static void the_range_holds_what_was_forgotten(void **state)
{
    enum { PEOPLE = 400 };
    (void)state;
    for (uint64_t run = 0; run < 200; run++) {
        struct pal_outcome_record records[PEOPLE];
        int by_30[2] = {0, 0};
        struct pal_outcome_share out[PAL_OUTCOME_HORIZON_COUNT]
                                    [PAL_OUTCOME_STATE_COUNT];
        struct pal_error err = {PAL_OK, ""};
        struct pal_random random;
        struct pal_arena arena;
        pal_random_init(&random, 3, run);
        pal_arena_init(&arena, 1U << 24);
        for (size_t i = 0; i < PEOPLE; i++) {
            double days = floor(pal_random_uniform(&random) * 200);
            records[i] = (struct pal_outcome_record){
                (enum pal_outcome_state)pal_random_below(&random, 3), false, 0, 400};
            if (records[i].state != PAL_UNKNOWN && days <= 30) {
                by_30[records[i].state]++;
            }
            if (records[i].state == PAL_TRANSFERRED &&
                pal_random_below(&random, 2) == 0) {
                records[i].has_day = true;
                records[i].days = days;
            }
        }
        assert_int_equal(pal_outcome_times(records, PEOPLE, &arena, out, &err), PAL_OK);
        for (size_t s = 0; s < 2; s++) {
            double truth = (double)by_30[s] / PEOPLE;
            assert_true(out[0][s].low - 1e-9 <= truth &&
                        truth <= out[0][s].high + 1e-9);
            assert_true(out[0][s].interval_low <= out[0][s].low + 1e-12 &&
                        out[0][s].interval_high >= out[0][s].high - 1e-12);
        }
        pal_arena_clear(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_what_the_assumptions_leave),
        cmocka_unit_test(without_a_record_nothing_tells),
        cmocka_unit_test(bounds_cover_the_truth_where_the_assumptions_hold),
        cmocka_unit_test(assumptions_have_names),
        cmocka_unit_test(days_worked_are_the_worst_and_the_best_turn),
        cmocka_unit_test(ranges_are_carried_through),
        cmocka_unit_test(ends_without_a_day_give_a_range),
        cmocka_unit_test(the_range_holds_what_was_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
